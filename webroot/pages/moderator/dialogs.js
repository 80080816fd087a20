// @ts-check
/** Edit, labels, help: the few things that need a box of their own. */

import { html, nothing } from 'lit-html';
import { redraw, store } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { patch } from './acts.js';
import { desk, question, triage } from './desk.js';
import { go } from './focus.js';
import { acts, keyName } from './keys.js';

/** @type {{kind: 'edit'|'labels'|'help', id: string|null}|null} */
let open = null;

/** @param {'edit'|'labels'|'help'} kind @param {string|null} id */
function show(kind, id) {
  open = { kind, id };
  redraw();
  requestAnimationFrame(() => {
    const dialog = /** @type {HTMLDialogElement|null} */ (document.getElementById('dialog'));
    if (dialog && !dialog.open) dialog.showModal();
    const field = /** @type {HTMLElement|null} */ (dialog?.querySelector('textarea, input'));
    field?.focus();
  });
}

export const openEdit = (/** @type {string} */ id) => show('edit', id);
export const openLabels = (/** @type {string} */ id) => show('labels', id);
export const openHelp = () => show('help', null);

function close() {
  /** @type {HTMLDialogElement|null} */ (document.getElementById('dialog'))?.close();
}

function closed() {
  open = null;
  go(desk.at);
}

export function dialogs() {
  return html`<dialog id="dialog" aria-labelledby="dialog-title" @close=${closed}>
    ${open === null
      ? nothing
      : open.kind === 'edit'
        ? editForm(/** @type {string} */ (open.id))
        : open.kind === 'labels'
          ? labelForm(/** @type {string} */ (open.id))
          : help()}
  </dialog>`;
}

/** @param {string} id */
function editForm(id) {
  const q = question(id);
  const original = triage(id).originalText;
  return html`<form
    @submit=${(/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const text = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('text')).trim();
      close();
      if (text && text !== q?.text) patch(id, { text });
    }}
    @keydown=${(/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        /** @type {HTMLFormElement} */ (event.currentTarget).requestSubmit();
      }
    }}
  >
    <h2 id="dialog-title">${t('edit.title')}</h2>
    <label>${t('edit.text')}<textarea name="text" rows="5" dir="auto" maxlength="2000" .value=${q?.text ?? ''}></textarea></label>
    ${original ? html`<div class="original"><strong>${t('edit.original')}</strong><p dir="auto">${original}</p></div>` : html`<p class="hint">${t('edit.kept')}</p>`}
    <div class="row-end">
      <button type="button" class="quiet-button" @click=${close}>${t('cancel')}</button>
      <button class="primary">${t('edit.save')} <kbd>Ctrl ↵</kbd></button>
    </div>
  </form>`;
}

function knownLabels() {
  const all = store.all('question/').flatMap((q) => q.labels ?? []);
  return [...new Set(all)].sort((a, b) => a.localeCompare(b));
}

/** @param {string} id */
function labelForm(id) {
  const labels = /** @type {string[]} */ (question(id)?.labels ?? []);
  return html`<form
    @submit=${(/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
      const more = String(form.get('more')).split(',').map((one) => one.trim()).filter(Boolean);
      const wanted = [...new Set([...form.getAll('label').map(String), ...more])].slice(0, 10);
      close();
      patch(id, { labels: wanted });
    }}
  >
    <h2 id="dialog-title">${t('labels.title')}</h2>
    <div class="choices">
      ${knownLabels().map(
        (label) =>
          html`<label class="choice"><input type="checkbox" name="label" .value=${label} .checked=${labels.includes(label)} /><span dir="auto">${label}</span></label>`,
      )}
    </div>
    <label>${t('labels.more')}<input name="more" maxlength="120" autocomplete="off" dir="auto" /></label>
    <div class="row-end">
      <button type="button" class="quiet-button" @click=${close}>${t('cancel')}</button>
      <button class="primary">${t('labels.save')} <kbd>↵</kbd></button>
    </div>
  </form>`;
}

/** @param {Event} event */
function switchKeys(event) {
  desk.keysOn = /** @type {HTMLInputElement} */ (event.target).checked;
  try {
    localStorage.setItem('plenary.keys', desk.keysOn ? 'on' : 'off');
  } catch {
    // Not kept over a reload where storage is forbidden.
  }
  redraw();
}

function help() {
  return html`<div class="help">
    <h2 id="dialog-title">${t('help.title')}</h2>
    <label class="choice"><input type="checkbox" .checked=${desk.keysOn} @change=${switchKeys} /><span>${t('help.switch')}</span></label>
    <dl>
      ${acts.map((act) => html`<div><dt>${act.keys.map((key) => html`<kbd>${keyName(key)}</kbd>`)}</dt><dd>${t(act.words)}</dd></div>`)}
      <div><dt><kbd>X</kbd><kbd>1</kbd>–<kbd>5</kbd></dt><dd>${t('help.reasons')}</dd></div>
      <div><dt><kbd>Esc</kbd></dt><dd>${t('help.escape')}</dd></div>
    </dl>
    <div class="row-end"><button type="button" class="primary" @click=${close}>${t('close')}</button></div>
  </div>`;
}
