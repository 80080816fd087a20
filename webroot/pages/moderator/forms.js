// @ts-check
/** What is typed about a question: its wording, labels, for whom it is, and one from the hall. */

import { html, nothing } from 'lit-html';
import { call } from '../../live/api.js';
import { redraw, session, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { patch, remember, told } from './acts.js';
import { knownLabels, path, question, triage } from './desk.js';
import { close, openAsk, openAssign, openEdit } from './dialogs.js';
import { deliver, versionOf } from './send.js';

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

/** What was written and refused: it comes back with its box. @type {Map<string, Record<string, string>>} */
const drafts = new Map();

/** @param {string} name @param {Record<string, string>} words @param {() => Promise<boolean>} act @param {() => void} again */
async function keepUntilDone(name, words, act, again) {
  drafts.set(name, words);
  if (await act()) drafts.delete(name);
  else toast(t('draft.kept'), { label: t('draft.open'), action: again, slot: 'draft' });
}

/** @param {string} id @param {Record<string, any>} was */
export function edit(id, was) {
  const q = question(id);
  const original = triage(id).originalText;
  was.text ??= q?.text ?? '';
  was.version ??= versionOf(id);
  was.draft ??= drafts.get(`edit ${id}`)?.text ?? was.text;
  const others = q && q.text !== was.draft && (q.text !== was.text || was.draft !== was.text);
  const fields = html`<label>${t('edit.text')}<textarea name="text" rows="5" dir="auto" maxlength="2000" .value=${was.draft}></textarea></label>
    ${others ? html`<div class="original" role="status"><strong>${t('edit.now')}</strong><p dir="auto">${q.text}</p></div>` : nothing}
    ${original ? html`<div class="original"><strong>${t('edit.original')}</strong><p dir="auto">${original}</p></div>` : html`<p class="hint">${t('edit.kept')}</p>`}`;
  return form(t('edit.title'), fields, t('edit.save'), (data) => {
    const wording = text(data, 'text');
    if (!wording || wording === question(id)?.text) return;
    // Who wrote meanwhile is not overwritten by somebody who has not read it.
    const version = question(id)?.text === was.text ? versionOf(id) : was.version;
    keepUntilDone(`edit ${id}`, { text: wording }, () => patch(id, { text: wording }, version), () => openEdit(id));
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

/** Who shall answer, and a note for them that the hall never sees. @param {string} id @param {Record<string, any>} was */
export function assign(id, was) {
  const detail = triage(id);
  const asItIs = () => [triage(id).assignee ?? '', triage(id).note ?? ''].join('\n');
  was.all ??= asItIs();
  was.version ??= versionOf(id);
  was.draft ??= drafts.get(`assign ${id}`) ?? { assignee: detail.assignee ?? '', note: detail.note ?? '' };
  const fields = html`<label>${t('assign.who')}<input name="assignee" list="speakers" maxlength="60" autocomplete="off" dir="auto" .value=${was.draft.assignee} /></label>
    <datalist id="speakers">${(session().speakers ?? []).map((/** @type {string} */ one) => html`<option value=${one}></option>`)}</datalist>
    <label>${t('assign.note')}<textarea name="note" rows="3" dir="auto" maxlength="1000" .value=${was.draft.note}></textarea></label>
    <p class="hint">${t('assign.private')}</p>`;
  return form(t('assign.title'), fields, t('edit.save'), (data) => {
    const words = { assignee: text(data, 'assignee'), note: text(data, 'note') };
    const version = asItIs() === was.all ? versionOf(id) : was.version;
    const change = { assignee: words.assignee || null, note: words.note || null };
    keepUntilDone(`assign ${id}`, words, () => patch(id, change, version), () => openAssign(id));
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
  const draft = drafts.get('ask');
  const named = session().anonymity !== 'anonymous';
  const fields = html`<label>${t('ask.text')}<textarea name="text" rows="3" dir="auto" required maxlength=${session().questionLength ?? 500} .value=${draft?.text ?? ''} @input=${look}></textarea></label>
    <div class="asked" aria-live="polite">
      ${asked.map((one) => html`<p><span dir="auto">${one.text}</span> <span class="count">${t('votes', { n: one.votes })}</span></p>`)}
    </div>
    ${named ? html`<label>${t('ask.name')}<input name="name" maxlength="60" autocomplete="off" dir="auto" .value=${draft?.name ?? ''} /></label>` : nothing}
    <p class="hint">${t('ask.public')}</p>`;
  return form(t('ask.title'), fields, t('ask.send'), (data) => {
    asked = [];
    const words = { text: text(data, 'text'), name: text(data, 'name') };
    keepUntilDone('ask', words, () => send(words), openAsk);
  });
}

/** @param {{text: string, name: string}} words @returns {Promise<boolean>} */
async function send({ text, name }) {
  try {
    const body = { text, author: name ? { name } : {} };
    const answer = await deliver({ method: 'POST', path: `${path()}/questions`, body });
    remember(answer.entry, t('did.asked'), [answer.id]);
    return true;
  } catch (error) {
    toast(told(error), { tone: 'bad' });
    return false;
  }
}
