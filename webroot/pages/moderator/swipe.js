// @ts-check
/** On a phone one column is drawn; a swipe goes to the next one, as the tabs do. */

import { columns, desk } from './desk.js';
import { go } from './focus.js';

const FAR = 70;
const STEEP = 45;
/** @type {{x: number, y: number}|null} */
let from = null;

/** @param {TouchEvent} event */
export function swiped(event) {
  const touch = event.changedTouches[0];
  if (event.type === 'touchstart') {
    from = event.touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null;
    return;
  }
  if (!from || !matchMedia('(max-width: 52rem)').matches) return;
  const [dx, dy] = [touch.clientX - from.x, touch.clientY - from.y];
  from = null;
  if (Math.abs(dx) < FAR || Math.abs(dy) > STEEP) return;
  const backwards = document.documentElement.dir === 'rtl' ? dx < 0 : dx > 0;
  const to = columns[columns.findIndex((column) => column.id === desk.column) + (backwards ? -1 : 1)];
  if (to) showColumn(to.id);
}

/** @param {import('./desk.js').ColumnId} id */
export function showColumn(id) {
  desk.column = id;
  desk.folded.delete(id);
  desk.sideShown = false;
  go((desk.shown[id] ?? [])[0] ?? null);
}
