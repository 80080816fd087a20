// @ts-check
/** The keys. Each is one entry here, and each entry is a button, a line of help and a key at once. */

import { redraw, store } from '../../ui/page.js';
import { load as loadChat } from './chat.js';
import { claimOrRelease, dismiss, goLive, merge, move, shift, tooLate } from './acts.js';
import { cued, desk, isLost, question, reasons, targets } from './desk.js';
import { openAsk, openAssign, openEdit, openHelp, openLabels, openMerge } from './dialogs.js';
import { go, step, stepColumn } from './focus.js';
import { switchHistory, undoLast } from './history.js';
import { chosen } from './keymap.js';
import { cueOrNot, switchBlackout, switchFreeze } from './stage.js';

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
const cueable = () => one() && inColumn('incoming', 'approved', 'queued', 'answered');

/** @type {Act[]} */
export const acts = [
  { id: 'approve', keys: ['A'], words: 'act.approve', icon: 'check', bar: true, can: some, run: () => move(targets(), 'approved') },
  { id: 'dismiss', keys: ['X'], words: 'act.dismiss', icon: 'cross', bar: true, can: some, run: askReason },
  { id: 'queue', keys: ['Q'], words: 'act.queue', icon: 'queue', bar: true, can: some, run: () => move(targets(), 'queued') },
  { id: 'cue', keys: ['S'], words: 'act.cue', icon: 'cue', bar: true, can: cueable, run: () => cueOrNot(targets()[0]) },
  { id: 'stage', keys: ['Enter'], words: 'act.stage', icon: 'stage', bar: true, can: () => one() || cued() !== undefined, run: goOn },
  { id: 'answered', keys: ['D'], words: 'act.done', icon: 'done', bar: true, can: some, run: () => move(targets(), 'answered') },
  { id: 'restore', keys: ['R'], words: 'act.restore', icon: 'back', bar: true, can: () => inColumn('dismissed', 'answered', 'approved', 'queued', 'stage', 'merged'), run: () => move(targets(), 'incoming') },
  { id: 'claim', keys: ['C'], words: 'act.claim', icon: 'hand', bar: true, can: one, run: () => claimOrRelease(targets()[0]) },
  { id: 'mark', keys: [' '], words: 'act.mark', icon: 'plus', bar: true, can: () => desk.at !== null, run: mark },
  { id: 'merge', keys: ['M'], words: 'act.merge', icon: 'merge', bar: true, can: some, run: mergeOrSuggest },
  { id: 'edit', keys: ['E'], words: 'act.edit', icon: 'edit', bar: true, can: one, run: () => openEdit(targets()[0]) },
  { id: 'label', keys: ['L'], words: 'act.label', icon: 'label', bar: true, can: one, run: () => openLabels(targets()[0]) },
  { id: 'assign', keys: ['P'], words: 'act.assign', icon: 'speaker', bar: true, can: one, run: () => openAssign(targets()[0]) },
  { id: 'ask', keys: ['O'], words: 'act.ask', icon: 'mic', bar: true, run: () => openAsk() },
  { id: 'undo', keys: ['Z'], words: 'act.undo', icon: 'history', bar: true, run: undoLast },
  { id: 'freeze', keys: ['F'], words: 'act.freeze', run: switchFreeze },
  { id: 'blackout', keys: ['B'], words: 'act.blackout', run: switchBlackout },
  { id: 'next', keys: ['J', 'ArrowDown'], words: 'act.next', run: () => step(1) },
  { id: 'previous', keys: ['K', 'ArrowUp'], words: 'act.previous', run: () => step(-1) },
  { id: 'right', keys: ['ArrowRight'], words: 'act.right', run: () => stepColumn(ahead()) },
  { id: 'left', keys: ['ArrowLeft'], words: 'act.left', run: () => stepColumn(-ahead()) },
  { id: 'up', keys: ['Shift+K', 'Shift+ArrowUp'], words: 'act.up', run: () => desk.at && shift(desk.at, -1) },
  { id: 'down', keys: ['Shift+J', 'Shift+ArrowDown'], words: 'act.down', run: () => desk.at && shift(desk.at, 1) },
  { id: 'search', keys: ['/'], words: 'act.search', run: () => document.getElementById('search')?.focus() },
  { id: 'history', keys: ['H'], words: 'history.title', run: switchHistory },
  { id: 'chat', keys: ['T'], words: 'chat.switch', run: switchChat },
  { id: 'help', keys: ['?'], words: 'act.help', run: () => openHelp() },
];

/** Columns follow the line of reading: in Arabic the next one is to the left. */
function ahead() {
  return document.documentElement.dir === 'rtl' ? -1 : 1;
}

/** What acts on no card. */
const FREE = ['ask', 'undo'];
/** What acts while the board is not there to be seen. */
const BESIDE_BOARD = ['ask', 'undo', 'freeze', 'blackout', 'chat', 'help'];

/** The chat in the place of the board, and back. */
export function switchChat() {
  desk.chat = !desk.chat;
  if (desk.chat) loadChat();
  redraw();
  if (!desk.chat) go(desk.at);
}

function askReason() {
  desk.reasonAsked = true;
  desk.reasonFor = targets();
  redraw();
}

/** What one is at goes on stage; where that is there already, or nothing is, what was cued. */
function goOn() {
  const ready = cued();
  const at = targets()[0];
  const id = at && question(at)?.status !== 'stage' ? at : ready?.id;
  if (id) goLive(id);
}

function mark() {
  const id = desk.at;
  if (!id) return;
  if (desk.marked.has(id)) desk.marked.delete(id);
  else desk.marked.add(id);
  redraw();
}

/** Two or more that are marked at once; for a single one what it is like. */
function mergeOrSuggest() {
  if (desk.marked.size > 1) merge([...desk.marked]);
  else openMerge(targets()[0]);
}

/** @param {string} key as written in the table @returns {string} as printed on a key */
export function keyName(key) {
  return { ' ': 'Space', Enter: '↵', ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', 'Shift+ArrowUp': '⇧↑', 'Shift+ArrowDown': '⇧↓', 'Shift+J': '⇧J', 'Shift+K': '⇧K' }[key] ?? key;
}

/** @param {KeyboardEvent} event */
export function nameOf(event) {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const shifted = event.shiftKey && (/^[A-Z]$/.test(key) || key.startsWith('Arrow'));
  return shifted ? `Shift+${key}` : key;
}

/** @param {EventTarget|null} target */
function isTyping(target) {
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
}

/** The act of a key, as this device has it. @param {string} name */
const actOf = (name) => acts.find((act) => chosen(act).includes(name));

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
      if (!reasons[Number(event.key) - 1]) return;
      if (isLost() && desk.reasonFor.includes(desk.at ?? '')) tooLate();
      else dismiss(desk.reasonFor, Number(event.key));
      return;
    }
    const act = actOf(nameOf(event));
    if (!act || (desk.chat && !BESIDE_BOARD.includes(act.id))) return;
    event.preventDefault();
    if (event.repeat && act.bar) return;
    desk.reasonAsked = false;
    if (act.bar && !FREE.includes(act.id) && desk.marked.size === 0 && isLost()) return tooLate();
    if (act.can?.() ?? true) act.run();
    else redraw();
  });
  store.subscribe(() => {
    for (const id of desk.marked) if (!store.get(`question/${id}`)) desk.marked.delete(id);
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
