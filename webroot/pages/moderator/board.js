// @ts-check
/** The five columns. Nothing in them moves under a pointer: what others did shows when it has left. */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { icon } from '../../ui/icons.js';
import { redraw } from '../../ui/page.js';
import { number, t } from '../../ui/words.js';
import { card } from './card.js';
import { CARDS, columns, desk, isMine, wanted } from './desk.js';
import { dragEnd, dragLeave, dragOver, dragStart, drop } from './drag.js';
import { fold, isKept } from './focus.js';
import { loadOlder, olderPosts } from './older.js';
import { swiped } from './swipe.js';

/** @typedef {import('./desk.js').Column} Column */

const HELD_MS = 2500;
/** Until when a pointer is at a column. @type {Record<string, number>} */
const pointed = {};

for (const type of ['pointermove', 'pointerdown', 'wheel', 'dragover']) {
  document.addEventListener(
    type,
    (event) => {
      const column = event.target instanceof Element && event.target.closest('.column');
      if (column) pointed[column.id] = Date.now() + HELD_MS;
    },
    { passive: true, capture: true },
  );
}

/** What a person filters takes effect at once. */
export function release() {
  for (const column of columns) pointed[`column-${column.id}`] = 0;
  redraw();
}

export function board() {
  return html`<div
    class=${['board', ...[...desk.folded].map((id) => `slim-${id}`)].join(' ')}
    data-column=${desk.column}
    @dragstart=${dragStart}
    @dragover=${dragOver}
    @dragleave=${dragLeave}
    @drop=${drop}
    @dragend=${dragEnd}
    @touchstart=${swiped}
    @touchend=${swiped}
  >
    ${columns.map(columnView)}
  </div>`;
}

let again = 0;

/** A held list follows its person's own acts, and takes in what comes at its end. @param {Column} column */
function shownIn(column) {
  const kept = desk.column === column.id && isKept();
  const held = kept || Date.now() < (pointed[`column-${column.id}`] ?? 0);
  const shown = desk.steady[column.id].show(wanted(column), held, isMine, true);
  if (held && (shown.fresh || shown.ghosts.size)) {
    clearTimeout(again);
    again = setTimeout(redraw, HELD_MS + 100);
  }
  const most = Math.max(desk.drawn[column.id] ?? CARDS, CARDS);
  const live = shown.ids.filter((id) => !shown.ghosts.has(id));
  desk.shown[column.id] = live.slice(0, most);
  return { ids: shown.ids.slice(0, most), ghosts: shown.ghosts, fresh: shown.fresh, count: live.length };
}

/** @param {Column} column */
function columnView(column) {
  const shown = shownIn(column);
  const more = shown.count - (desk.shown[column.id] ?? []).length;
  const dropped = desk.drag?.column === column.id;
  const slim = desk.folded.has(column.id);
  return html`<section class="column column-${column.id} ${slim ? 'slim' : ''} ${dropped ? 'drop-here' : ''}" id=${`column-${column.id}`} tabindex="-1" aria-labelledby=${`title-${column.id}`}>
    <header>
      <h2 id=${`title-${column.id}`}>${t(column.title)}</h2>
      <span class="count">${number(shown.count)}</span>
      ${column.id === 'approved' ? sortButton() : nothing} ${foldButton(column)}
    </header>
    <div class="scroll">
      ${column.id === 'incoming' ? olderButton() : nothing}
      ${shown.fresh
        ? html`<button type="button" class="fresh" @click=${() => ((pointed[`column-${column.id}`] = 0), redraw())}>${t('fresh', { n: shown.fresh })}</button>`
        : nothing}
      ${shown.ids.length === 0 ? html`<p class="empty">${t(desk.search || desk.filter !== 'all' ? 'empty.search' : column.empty)}</p>` : nothing}
      <ol>${repeat(shown.ids, (id) => id, (id) => card(id, column, shown.ghosts.has(id)))}</ol>
      ${more > 0 ? html`<button type="button" class="more" @click=${() => drawMore(column.id)}>${t('more', { n: more })}</button>` : nothing}
    </div>
  </section>`;
}

/** Posts that the stream does not carry, older than all it does. */
function olderButton() {
  const { n, busy } = olderPosts();
  if (!n) return nothing;
  return html`<button type="button" class="fresh older" aria-disabled=${busy} @click=${() => loadOlder(release)}>${busy ? t('older.loading') : t('older.posts', { n })}</button>`;
}

/** @param {string} id */
export function drawMore(id) {
  desk.drawn[id] = (desk.drawn[id] ?? CARDS) + CARDS;
  redraw();
}

/** The last open one stays open. @param {Column} column */
function foldButton(column) {
  const slim = desk.folded.has(column.id);
  if (!slim && desk.folded.size === columns.length - 1) return nothing;
  const words = t(slim ? 'column.show' : 'column.hide', { column: t(column.title) });
  return html`<button type="button" class="fold" aria-expanded=${!slim} aria-label=${words} title=${words} @click=${() => fold(column.id)}>${icon('down')}</button>`;
}

function sortButton() {
  const next = desk.approvedSort === 'votes' ? 'time' : 'votes';
  return html`<button type="button" class="sort" @click=${() => ((desk.approvedSort = next), redraw())}>
    ${t(desk.approvedSort === 'votes' ? 'sort.votes' : 'sort.time')}
  </button>`;
}
