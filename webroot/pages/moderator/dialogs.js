// @ts-check
/** The few things that need a box of their own; what each of them holds is in a module of its own. */

import { html, nothing } from 'lit-html';
import { drawNow } from '../../ui/page.js';
import { desk } from './desk.js';
import { go } from './focus.js';
import { ask, assign, edit, labels } from './forms.js';
import { help } from './help.js';
import { carry, handOver, loadTalks, merging, startMerge } from './lists.js';

/** @typedef {'edit'|'labels'|'assign'|'ask'|'merge'|'carry'|'hand'|'help'} Kind */

/** With what each box keeps as it was when it was opened. @type {{kind: Kind, id: string|null, was: Record<string, any>}|null} */
let open = null;

/** @param {Kind} kind @param {string|null} [id] */
function show(kind, id = null) {
  open = { kind, id, was: {} };
  // At once: what is typed right after the key is meant for the box and must never act on a card.
  drawNow();
  const dialog = /** @type {HTMLDialogElement|null} */ (document.getElementById('dialog'));
  if (dialog && !dialog.open) dialog.showModal();
  const field = /** @type {HTMLElement|null} */ (
    dialog?.querySelector('[data-first]:enabled') ?? dialog?.querySelector('textarea, input:enabled, button')
  );
  field?.focus();
}

export const openEdit = (/** @type {string} */ id) => show('edit', id);
export const openLabels = (/** @type {string} */ id) => show('labels', id);
export const openAssign = (/** @type {string} */ id) => show('assign', id);
export const openAsk = () => show('ask');
export const openHandOver = () => show('hand');
export const openHelp = () => show('help');

export function openMerge(/** @type {string} */ id) {
  startMerge(id);
  show('merge', id);
}

export function openCarry() {
  loadTalks();
  show('carry');
}

export function close() {
  /** @type {HTMLDialogElement|null} */ (document.getElementById('dialog'))?.close();
}

function closed() {
  open = null;
  go(desk.at);
}

/** @type {Record<Kind, (id: string, was: Record<string, any>) => any>} */
const contents = { edit, labels, assign, ask, merge: merging, carry, hand: handOver, help };

export function dialogs() {
  return html`<dialog id="dialog" aria-labelledby="dialog-title" @close=${closed}>
    ${open === null ? nothing : contents[open.kind](open.id ?? '', open.was)}
  </dialog>`;
}
