// @ts-check
/** The five columns and their cards. */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { icon } from '../../ui/icons.js';
import { Hold, redraw, store } from '../../ui/page.js';
import { age, number, t } from '../../ui/words.js';
import { move, shift } from './acts.js';
import { caution, isSerious } from './cautions.js';
import { columns, desk, isMine, question, triage, votes, wanted } from './desk.js';
import { go } from './focus.js';

/** @typedef {import('./desk.js').Column} Column */

const holds = Object.fromEntries(columns.map((column) => [column.id, new Hold(`#column-${column.id}`, 2500)]));

/** @type {Record<string, {words: string, icon: any}>} */
const sources = {
  phone: { words: 'source.phone', icon: 'phone' },
  chair: { words: 'source.chair', icon: 'mic' },
  mic: { words: 'source.chair', icon: 'mic' },
  mastodon: { words: 'source.mastodon', icon: 'globe' },
  bluesky: { words: 'source.bluesky', icon: 'globe' },
  x: { words: 'source.x', icon: 'globe' },
};

/** @type {Record<string, string>} */
const reasonWords = {
  duplicate: 'reason.duplicate',
  'off-topic': 'reason.off-topic',
  unclear: 'reason.unclear',
  unsuitable: 'reason.unsuitable',
  'no-time': 'reason.no-time',
};

export function board() {
  return html`<div class="board" data-column=${desk.column}>${columns.map(columnView)}</div>`;
}

/** A held list follows its person's own acts, and its order stays as it is. @param {Column} column */
function shownIn(column) {
  const order = wanted(column);
  const sorted = column.id === 'approved' && desk.approvedSort === 'votes';
  // Arrival order and rank only ever add below or follow a person's own hand: nothing to hold.
  const held = sorted && holds[column.id].held;
  const shown = desk.steady[column.id].show(order, held, (id) => isMine(id) || question(id)?.status !== 'approved');
  desk.shown[column.id] = shown.ids.filter((id) => !shown.ghosts.has(id));
  return shown;
}

/** @param {Column} column */
function columnView(column) {
  const shown = shownIn(column);
  const count = shown.ids.length - shown.ghosts.size;
  return html`<section class="column column-${column.id}" id=${`column-${column.id}`} tabindex="-1" aria-labelledby=${`title-${column.id}`}>
    <header>
      <h2 id=${`title-${column.id}`}>${t(column.title)}</h2>
      <span class="count">${number(count)}</span>
      ${column.id === 'approved' ? sortButton() : nothing}
    </header>
    <div class="scroll">
      ${shown.fresh
        ? html`<button type="button" class="fresh" @click=${() => (holds[column.id].release(), redraw())}>${t('fresh', { n: shown.fresh })}</button>`
        : nothing}
      ${shown.ids.length === 0 ? html`<p class="empty">${t(desk.search ? 'empty.search' : column.empty)}</p>` : nothing}
      <ol>${repeat(shown.ids, (id) => id, (id) => card(id, column))}</ol>
    </div>
  </section>`;
}

function sortButton() {
  const next = desk.approvedSort === 'votes' ? 'time' : 'votes';
  return html`<button type="button" class="sort" @click=${() => ((desk.approvedSort = next), redraw())}>
    ${t(desk.approvedSort === 'votes' ? 'sort.votes' : 'sort.time')}
  </button>`;
}

/** @param {string} id @param {Column} column */
function card(id, column) {
  const q = question(id);
  if (!q) return html`<li></li>`;
  const detail = triage(id);
  const at = desk.at === id;
  const marked = desk.marked.has(id);
  const trouble = desk.conflicts.get(id);
  return html`<li>
    <article
      class="card ${at ? 'at' : ''} ${marked ? 'marked' : ''} ${trouble ? 'troubled' : ''} is-${q.status}"
      id=${`card-${id}`}
      tabindex=${at ? 0 : -1}
      aria-label=${label(q, detail)}
      @click=${(/** @type {MouseEvent} */ event) => pick(event, id)}
      @focus=${() => desk.at !== id && go(id)}
    >
      ${chips(q, detail)}
      <p class="text" dir="auto">${q.text}</p>
      <div class="foot">
        <p class="meta">
          ${sourceMark(q)}
          <span class="who" dir="auto">${q.author?.name ?? detail.asker?.name ?? t('author.anonymous')}</span>
          ${record(detail.asker)}
          <span class="age">${age(store.time() - Date.parse(q.askedAt))}</span>
        </p>
        ${column.id === 'incoming' ? nothing : html`<span class="votes">${icon('up')}${number(votes(id))}</span>`}
      </div>
      ${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : nothing}
      ${column.id === 'incoming' || column.id === 'approved' || column.id === 'queued' ? quick(id, column) : nothing}
    </article>
  </li>`;
}

/** @param {any} q @param {any} detail */
function label(q, detail) {
  const parts = [q.text, t('votes', { n: votes(q.id) })];
  for (const reason of detail.reasons ?? []) parts.push(caution(reason));
  return parts.join('. ');
}

/** @param {any} q @param {any} detail */
function chips(q, detail) {
  const done = q.status === 'dismissed' ? (detail.reason && reasonWords[detail.reason] ? t(reasonWords[detail.reason]) : t('status.dismissed')) : null;
  const all = [
    ...(detail.reasons ?? []).map((/** @type {string} */ reason) => html`<span class="chip ${isSerious(reason) ? 'chip-bad' : 'chip-warn'}">${caution(reason)}</span>`),
    done ? html`<span class="chip">${done}</span>` : nothing,
    q.status === 'answered' ? html`<span class="chip chip-good">${t('status.answered')}</span>` : nothing,
    q.status === 'merged' ? html`<span class="chip chip-queued">${t('status.merged')}</span>` : nothing,
    q.pinned ? html`<span class="chip">${icon('pin')}${t('status.pinned')}</span>` : nothing,
    detail.originalText ? html`<span class="chip">${t('status.edited')}</span>` : nothing,
    ...(q.labels ?? []).map((/** @type {string} */ one) => html`<span class="chip chip-label" dir="auto">${one}</span>`),
  ].filter((chip) => chip !== nothing);
  return all.length ? html`<p class="chips">${all}</p>` : nothing;
}

/** @param {any} q */
function sourceMark(q) {
  const source = sources[q.source];
  if (!source || q.source === 'phone') return nothing;
  return html`<span class="source">${icon(source.icon)}${t(source.words)}</span>`;
}

/** Asked, taken and dismissed in this meeting. @param {any} asker */
function record(asker) {
  if (!asker || asker.asked < 2) return nothing;
  return html`<span class="record" title=${t('record.long', { asked: asker.asked, taken: asker.taken, dismissed: asker.dismissed })}>${t('record.short', { asked: asker.asked, taken: asker.taken })}</span>`;
}

/** The pointer's way to the most frequent acts; it lies over the card and moves nothing. @param {string} id @param {Column} column */
function quick(id, column) {
  const act = (/** @type {string} */ words, /** @type {any} */ name, /** @type {() => any} */ run) =>
    html`<button type="button" tabindex="-1" title=${t(words)} aria-label=${t(words)} @click=${(/** @type {Event} */ e) => (e.stopPropagation(), run())}>${icon(name)}</button>`;
  return html`<div class="quick">
    ${column.id === 'incoming' ? act('act.approve', 'check', () => move([id], 'approved')) : nothing}
    ${column.id === 'queued'
      ? [act('act.up', 'up', () => shift(id, -1)), act('act.down', 'down', () => shift(id, 1)), act('act.stage', 'stage', () => move([id], 'stage'))]
      : act('act.queue', 'queue', () => move([id], 'queued'))}
    ${column.id === 'queued'
      ? nothing
      : act('act.dismiss', 'cross', () => ((desk.marked = new Set()), go(id), (desk.reasonAsked = true), redraw()))}
  </div>`;
}

/** @param {MouseEvent} event @param {string} id */
function pick(event, id) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) {
    if (desk.marked.has(id)) desk.marked.delete(id);
    else desk.marked.add(id);
  }
  go(id);
}
