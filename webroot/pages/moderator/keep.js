// @ts-check
/** What survives a reload: where one was in this session, and how this device's keys are set. */

import { session } from '../../ui/page.js';
import { columnOf, columns, desk, question } from './desk.js';

const place = () => `plenary.desk.${session().id}`;
/** @type {Record<string, number>} */
let scrolled = {};

/** @param {Storage} shelf @param {string} name @returns {any} */
export function read(shelf, name) {
  try {
    return JSON.parse(shelf.getItem(name) ?? 'null');
  } catch {
    return null;
  }
}

/** @param {Storage} shelf @param {string} name @param {any} value */
export function write(shelf, name, value) {
  try {
    if (value === null) shelf.removeItem(name);
    else shelf.setItem(name, JSON.stringify(value));
  } catch {
    // Full or forbidden storage: it is not kept over a reload then.
  }
}

/** Before the first drawing. */
export function restore() {
  desk.keysOn = read(localStorage, 'plenary.keys') !== 'off';
  const was = read(sessionStorage, place());
  if (!was) return;
  if (columns.some((column) => column.id === was.column)) desk.column = was.column;
  desk.folded = new Set(columns.map((column) => column.id).filter((id) => (was.folded ?? []).includes(id)));
  desk.at = was.at ?? null;
  desk.marked = new Set((was.marked ?? []).filter((/** @type {string} */ id) => question(id)));
  desk.search = String(was.search ?? '');
  desk.filter = String(was.filter ?? 'all');
  desk.approvedSort = was.sort === 'time' ? 'time' : 'votes';
  desk.side = was.side === 'history' ? 'history' : 'rail';
  desk.undoable = was.undoable ?? [];
  desk.drawn = was.drawn ?? {};
  // What others have moved into a slim column meanwhile does not open it.
  if (desk.at && desk.folded.has(/** @type {any} */ (columnOf(desk.at)?.id))) desk.at = null;
  scrolled = was.scrolled ?? {};
}

/** After the first drawing: every column where it was, and from now on whatever happens is kept. */
export function keep() {
  for (const column of columns) {
    const list = document.querySelector(`#column-${column.id} .scroll`);
    if (list) list.scrollTop = scrolled[column.id] ?? 0;
  }
  document.addEventListener(
    'scroll',
    (event) => {
      const column = event.target instanceof Element && event.target.closest('.column');
      if (column) scrolled[column.id.replace('column-', '')] = /** @type {Element} */ (event.target).scrollTop;
    },
    { capture: true, passive: true },
  );
  addEventListener('pagehide', save);
  document.addEventListener('visibilitychange', save);
}

function save() {
  const { at, column, folded, search, filter, approvedSort, side, undoable, drawn } = desk;
  write(sessionStorage, place(), {
    at, column, search, filter, sort: approvedSort, side, undoable, drawn, scrolled,
    marked: [...desk.marked],
    folded: [...folded],
  });
}

export function keepKeys() {
  write(localStorage, 'plenary.keys', desk.keysOn ? null : 'off');
}
