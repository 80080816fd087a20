// @ts-check
/** What is typed about a question: its wording, labels, for whom it is, and one from the hall. */

import { html, nothing } from 'lit-html';
import { call } from '../../live/api.js';
import { redraw, session, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { patch, remember, told } from './acts.js';
import { knownLabels, path, question, triage } from './desk.js';
import { close } from './dialogs.js';
import { deliver } from './send.js';

/**
 * A form whose Ctrl+Enter sends it.
 *
 * @param {string} title @param {any} fields @param {string} save @param {(form: FormData) => void} done
 */
function form(title, fields, save, done) {
  return html`<form
    @submit=${(/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
      close();
      done(data);
    }}
    @keydown=${(/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        /** @type {HTMLFormElement} */ (event.currentTarget).requestSubmit();
      }
    }}
  >
    <h2 id="dialog-title">${title}</h2>
    ${fields}
    <div class="row-end">
      <button type="button" class="quiet-button" @click=${close}>${t('cancel')}</button>
      <button class="primary">${save} <kbd>Ctrl ↵</kbd></button>
    </div>
  </form>`;
}

const text = (/** @type {FormData} */ data, /** @type {string} */ name) => String(data.get(name) ?? '').trim();

/** @param {string} id */
export function edit(id) {
  const q = question(id);
  const original = triage(id).originalText;
  const fields = html`<label>${t('edit.text')}<textarea name="text" rows="5" dir="auto" maxlength="2000" .value=${q?.text ?? ''}></textarea></label>
    ${original ? html`<div class="original"><strong>${t('edit.original')}</strong><p dir="auto">${original}</p></div>` : html`<p class="hint">${t('edit.kept')}</p>`}`;
  return form(t('edit.title'), fields, t('edit.save'), (data) => {
    const wording = text(data, 'text');
    if (wording && wording !== q?.text) patch(id, { text: wording });
  });
}

/** @param {string} id */
export function labels(id) {
  const has = /** @type {string[]} */ (question(id)?.labels ?? []);
  const fields = html`<div class="choices">
      ${knownLabels().map(
        (label) =>
          html`<label class="choice"><input type="checkbox" name="label" .value=${label} .checked=${has.includes(label)} /><span dir="auto">${label}</span></label>`,
      )}
    </div>
    <label>${t('labels.more')}<input name="more" maxlength="120" autocomplete="off" dir="auto" data-first /></label>`;
  return form(t('labels.title'), fields, t('edit.save'), (data) => {
    const more = text(data, 'more').split(/[,،]/).map((one) => one.trim()).filter(Boolean);
    patch(id, { labels: [...new Set([...data.getAll('label').map(String), ...more])].slice(0, 10) });
  });
}

/** Who shall answer, and a note for them that the hall never sees. @param {string} id */
export function assign(id) {
  const detail = triage(id);
  const fields = html`<label>${t('assign.who')}<input name="assignee" list="speakers" maxlength="60" autocomplete="off" dir="auto" .value=${detail.assignee ?? ''} /></label>
    <datalist id="speakers">${(session().speakers ?? []).map((/** @type {string} */ one) => html`<option value=${one}></option>`)}</datalist>
    <label>${t('assign.note')}<textarea name="note" rows="3" dir="auto" maxlength="1000" .value=${detail.note ?? ''}></textarea></label>
    <p class="hint">${t('assign.private')}</p>`;
  return form(t('assign.title'), fields, t('edit.save'), (data) => {
    patch(id, { assignee: text(data, 'assignee') || null, note: text(data, 'note') || null });
  });
}

/** What is like the text for the hall's microphone, as it is typed. @type {any[]} */
let asked = [];
let lookUp = 0;

/** @param {Event} event */
function look(event) {
  const wording = /** @type {HTMLTextAreaElement} */ (event.target).value.trim();
  clearTimeout(lookUp);
  if (wording.length < 8) {
    asked = [];
    return redraw();
  }
  lookUp = setTimeout(async () => {
    asked = await call('POST', `${path()}/questions/similar`, { body: { text: wording } })
      .then((found) => found.questions ?? [])
      .catch(() => []);
    redraw();
  }, 350);
}

/** For somebody at the hall's microphone: public at once. */
export function ask() {
  const named = session().anonymity !== 'anonymous';
  const fields = html`<label>${t('ask.text')}<textarea name="text" rows="3" dir="auto" required maxlength=${session().questionLength ?? 500} @input=${look}></textarea></label>
    <div class="asked" aria-live="polite">
      ${asked.map((one) => html`<p><span dir="auto">${one.text}</span> <span class="count">${t('votes', { n: one.votes })}</span></p>`)}
    </div>
    ${named ? html`<label>${t('ask.name')}<input name="name" maxlength="60" autocomplete="off" dir="auto" /></label>` : nothing}
    <p class="hint">${t('ask.public')}</p>`;
  return form(t('ask.title'), fields, t('ask.send'), async (data) => {
    asked = [];
    const name = text(data, 'name');
    try {
      const body = { text: text(data, 'text'), author: name ? { name } : {} };
      const answer = await deliver({ method: 'POST', path: `${path()}/questions`, body });
      remember(answer.entry, t('did.asked'), [answer.id]);
    } catch (error) {
      toast(told(error), { tone: 'bad' });
    }
  });
}

