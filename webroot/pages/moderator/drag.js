// @ts-check
/** Drag and drop, the second way: what it does is what the keys do. */

import { redraw } from '../../ui/page.js';
import { move } from './acts.js';
import { columns, desk, question } from './desk.js';

/** @param {EventTarget|null} target @param {string} selector */
const closest = (target, selector) => (target instanceof Element ? target.closest(selector) : null);

/** @param {DragEvent} event */
export function dragStart(event) {
  const id = closest(event.target, '.card')?.id.replace('card-', '');
  if (!id || !event.dataTransfer) return;
  const ids = desk.marked.has(id) ? [...desk.marked] : [id];
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', question(id)?.text ?? '');
  // The browser takes its picture of the card first.
  requestAnimationFrame(() => ((desk.drag = { ids, column: null, before: null }), redraw()));
}

/** @param {DragEvent} event */
export function dragOver(event) {
  const over = closest(event.target, '.column');
  const column = columns.find((one) => `column-${one.id}` === over?.id);
  if (!desk.drag || !column || !over) return;
  event.preventDefault();
  const before = column.id === 'queued' ? below(over, event.clientY, desk.drag.ids) : null;
  if (desk.drag.column === column.id && desk.drag.before === before) return;
  desk.drag = { ...desk.drag, column: column.id, before };
  redraw();
}

/** The card of the queue that would come right after. @param {Element} column @param {number} y @param {string[]} ids */
function below(column, y, ids) {
  for (const card of column.querySelectorAll('.card:not(.ghost)')) {
    const id = card.id.replace('card-', '');
    const box = card.getBoundingClientRect();
    if (!ids.includes(id) && y < box.top + box.height / 2) return id;
  }
  return null;
}

/** @param {DragEvent} event */
export function dragLeave(event) {
  if (!desk.drag || closest(event.relatedTarget, '.board')) return;
  desk.drag = { ...desk.drag, column: null, before: null };
  redraw();
}

/** @param {DragEvent} event */
export function drop(event) {
  const dropped = desk.drag;
  const column = columns.find((one) => one.id === dropped?.column);
  dragEnd();
  if (!dropped || !column) return;
  event.preventDefault();
  const { ids, before } = dropped;
  if (column.id !== 'queued') move(ids, column.to);
  else if (before) move(ids, 'queued', { before, stay: true });
  else {
    const last = (desk.shown.queued ?? []).filter((id) => !ids.includes(id)).at(-1);
    move(ids, 'queued', last ? { after: last, stay: true } : { stay: true });
  }
}

export function dragEnd() {
  desk.drag = null;
  redraw();
}
