// @ts-check
/** The keys. Each is one entry here, and each entry is a button, a line of help and a key at once. */

import { redraw, store } from '../../ui/page.js';
import { dismiss, merge, move, shift, undoLast } from './acts.js';
import { desk, question, reasons, targets } from './desk.js';
import { openEdit, openHelp, openLabels } from './dialogs.js';
import { go, step, stepColumn } from './focus.js';

/**
 * @typedef {{
 *   id: string, keys: string[], words: string, icon?: string, bar?: boolean,
 *   can?: () => boolean, run: () => void
 * }} Act
 */

const some = () => targets().length > 0;
const one = () => targets().length === 1;
const inColumn = (/** @type {string[]} */ ...statuses) =>
  targets().some((id) => statuses.includes(question(id)?.status));

/** @type {Act[]} */
export const acts = [
  { id: 'approve', keys: ['A'], words: 'act.approve', icon: 'check', bar: true, can: some, run: () => move(targets(), 'approved') },
  { id: 'dismiss', keys: ['X'], words: 'act.dismiss', icon: 'cross', bar: true, can: some, run: askReason },
  { id: 'queue', keys: ['Q'], words: 'act.queue', icon: 'queue', bar: true, can: some, run: () => move(targets(), 'queued') },
  { id: 'stage', keys: ['Enter'], words: 'act.stage', icon: 'stage', bar: true, can: one, run: () => move(targets().slice(0, 1), 'stage') },
  { id: 'answered', keys: ['D'], words: 'act.done', icon: 'done', bar: true, can: some, run: () => move(targets(), 'answered') },
  { id: 'restore', keys: ['R'], words: 'act.restore', icon: 'back', bar: true, can: () => inColumn('dismissed', 'answered', 'approved', 'queued', 'stage'), run: () => move(targets(), 'incoming') },
  { id: 'edit', keys: ['E'], words: 'act.edit', icon: 'edit', bar: true, can: one, run: () => openEdit(targets()[0]) },
  { id: 'label', keys: ['L'], words: 'act.label', icon: 'label', bar: true, can: one, run: () => openLabels(targets()[0]) },
  { id: 'mark', keys: [' '], words: 'act.mark', icon: 'plus', bar: true, can: () => desk.at !== null, run: mark },
  { id: 'merge', keys: ['M'], words: 'act.merge', icon: 'merge', bar: true, can: () => desk.marked.size > 1, run: () => merge([...desk.marked]) },
  { id: 'undo', keys: ['Z'], words: 'act.undo', icon: 'history', bar: true, can: () => desk.undoable.length > 0, run: undoLast },
  { id: 'next', keys: ['J', 'ArrowDown'], words: 'act.next', run: () => step(1) },
  { id: 'previous', keys: ['K', 'ArrowUp'], words: 'act.previous', run: () => step(-1) },
  { id: 'right', keys: ['ArrowRight'], words: 'act.right', run: () => stepColumn(1) },
  { id: 'left', keys: ['ArrowLeft'], words: 'act.left', run: () => stepColumn(-1) },
  { id: 'up', keys: ['Shift+K', 'Shift+ArrowUp'], words: 'act.up', run: () => desk.at && shift(desk.at, -1) },
  { id: 'down', keys: ['Shift+J', 'Shift+ArrowDown'], words: 'act.down', run: () => desk.at && shift(desk.at, 1) },
  { id: 'search', keys: ['/'], words: 'act.search', run: () => document.getElementById('search')?.focus() },
  { id: 'help', keys: ['?'], words: 'act.help', run: () => openHelp() },
];

function askReason() {
  desk.reasonAsked = true;
  redraw();
}

function mark() {
  const id = desk.at;
  if (!id) return;
  if (desk.marked.has(id)) desk.marked.delete(id);
  else desk.marked.add(id);
  redraw();
}

/** @param {string} key as written in the table @returns {string} as printed on a key */
export function keyName(key) {
  return { ' ': 'Space', Enter: '↵', ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', 'Shift+ArrowUp': '⇧↑', 'Shift+ArrowDown': '⇧↓', 'Shift+J': '⇧J', 'Shift+K': '⇧K' }[key] ?? key;
}

/** @param {KeyboardEvent} event */
function nameOf(event) {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const shifted = event.shiftKey && (/^[A-Z]$/.test(key) || key.startsWith('Arrow'));
  return shifted ? `Shift+${key}` : key;
}

/** @param {EventTarget|null} target */
function isTyping(target) {
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
}

export function listen() {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape') return escape(event);
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const isCard = event.target instanceof Element && event.target.matches('.card, body, .column');
    if (!isCard && (event.key === 'Enter' || event.key === ' ')) return;
    if (!desk.keysOn && !['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight'].includes(event.key)) return;
    if (desk.reasonAsked && /^[1-9]$/.test(event.key)) {
      event.preventDefault();
      if (reasons[Number(event.key) - 1]) dismiss(targets(), Number(event.key));
      return;
    }
    const name = nameOf(event);
    const act = acts.find((each) => each.keys.includes(name));
    if (!act) return;
    event.preventDefault();
    if (event.repeat && act.bar) return;
    desk.reasonAsked = false;
    if (act.can?.() ?? true) act.run();
    else redraw();
  });
  store.subscribe(() => {
    for (const id of desk.marked) if (!question(id)) desk.marked.delete(id);
  });
}

/** @param {KeyboardEvent} event */
function escape(event) {
  const search = /** @type {HTMLInputElement|null} */ (document.getElementById('search'));
  if (event.target === search && search) {
    search.value = '';
    desk.search = '';
    search.blur();
    go(desk.at);
  } else if (desk.reasonAsked) {
    desk.reasonAsked = false;
  } else {
    desk.marked.clear();
  }
  redraw();
}
