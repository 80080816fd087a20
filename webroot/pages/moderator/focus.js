// @ts-check
/** Where the keys act. The focus is never lost: who acts on a card is put on the next one. */

import { afterEach, redraw } from '../../ui/page.js';
import { CARDS, columnOf, columns, desk, isLost } from './desk.js';

const KEPT_MS = 1500;

let wantFocus = false;
/** Where in its column the card was that one was at. */
let index = 0;
/** @type {{id: string, until: number}|null} */
let following = null;

/** @param {string|null} id */
export function go(id) {
  desk.at = id;
  const column = id && columnOf(id);
  if (column) stand(column.id);
  wantFocus = true;
  redraw();
}

/** A slim column opens when one is led into it. @param {import('./desk.js').ColumnId} column */
function stand(column) {
  desk.column = column;
  desk.folded.delete(column);
}

/** Makes a column slim, so that the others have its room, or opens it. @param {import('./desk.js').ColumnId} id */
export function fold(id) {
  if (!desk.folded.delete(id)) desk.folded.add(id);
  const open = columns.find((column) => !desk.folded.has(column.id));
  if (open && desk.folded.has(desk.column)) {
    desk.column = open.id;
    desk.at = (desk.shown[open.id] ?? [])[0] ?? null;
  }
  redraw();
}

/** Within the column. @param {-1|1} step */
export function step(step) {
  const order = desk.shown[desk.column] ?? [];
  const at = desk.at ? order.indexOf(desk.at) : -1;
  const next = at >= 0 ? at + step : step > 0 ? index : index - 1;
  if (order[next]) go(order[next]);
  // Further cards are drawn before one gets to the end of those that are.
  if (next > order.length - 5 && order.length >= (desk.drawn[desk.column] ?? CARDS)) {
    desk.drawn[desk.column] = order.length + CARDS;
    redraw();
  }
}

/** To the next column that has something in it, at about the same height. @param {-1|1} step */
export function stepColumn(step) {
  const from = columns.findIndex((column) => column.id === desk.column);
  const height = Math.max(0, (desk.shown[desk.column] ?? []).indexOf(desk.at ?? ''));
  for (let to = from + step; to >= 0 && to < columns.length; to += step) {
    const order = desk.shown[columns[to].id] ?? [];
    if (order.length && !desk.folded.has(columns[to].id)) return go(order[Math.min(height, order.length - 1)]);
  }
}

/** Before cards leave their column: on to the one that follows them. @param {string[]} leaving */
export function focusNextOf(leaving) {
  if (!desk.at || !leaving.includes(desk.at)) return;
  const order = desk.shown[desk.column] ?? [];
  const from = order.indexOf(desk.at);
  const stays = (/** @type {string} */ id) => !leaving.includes(id);
  const next = order.slice(from + 1).find(stays) ?? order.slice(0, from).reverse().find(stays);
  desk.at = next ?? null;
  wantFocus = true;
}

/** After an undo: the card is followed to where it reappears. @param {string} id */
export function follow(id) {
  following = { id, until: Date.now() + 3000 };
  go(id);
}

/**
 * Puts the browser's focus where the page says one is. A card that somebody else took away hands
 * over to the one that is in its place now.
 */
export function keepFocus() {
  afterEach(() => {
    settle();
    if (document.querySelector('dialog[open]')) return;
    const active = document.activeElement;
    const idle = active === null || active === document.body || active.matches('.column');
    if (!wantFocus && !idle) return;
    const card = desk.at && document.getElementById(`card-${desk.at}`);
    const place = card || document.getElementById(`column-${desk.column}`);
    if (place && place !== active) {
      place.focus({ preventScroll: true });
      if (card) card.scrollIntoView({ block: 'nearest' });
    }
    wantFocus = false;
  });
}

/** Since when somebody else has the card that one was at. @type {{id: string, since: number}|null} */
let lost = null;

/** On from a card that somebody else took. */
export function giveUp() {
  lost = null;
  desk.at = null;
  wantFocus = true;
  redraw();
}

/** A card that is taken away stays a moment where it was, so that no key meant for it meets another. */
export function isKept() {
  if (!isLost() || !desk.at) {
    lost = null;
    return false;
  }
  if (lost?.id !== desk.at) {
    lost = { id: desk.at, since: Date.now() };
    setTimeout(redraw, KEPT_MS + 20);
  }
  return Date.now() - lost.since < KEPT_MS;
}

/** Where the keys act, after whatever was drawn. */
function settle() {
  const before = desk.at;
  if (following && following.id === desk.at && Date.now() < following.until) {
    stand(columnOf(following.id)?.id ?? desk.column);
  }
  if (isKept()) return;
  const order = desk.shown[desk.column] ?? [];
  const at = desk.at ? order.indexOf(desk.at) : -1;
  if (at >= 0) index = at;
  else desk.at = order[Math.min(index, order.length - 1)] ?? null;
  if (desk.at !== before) redraw();
}
