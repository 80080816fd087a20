// @ts-check
/** One question as a card. It is drawn again only when something of it changed. */

import { html, nothing } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { icon } from '../../ui/icons.js';
import { redraw, store } from '../../ui/page.js';
import { age, number, t } from '../../ui/words.js';
import { goLive, move, shift } from './acts.js';
import { caution, isSerious } from './cautions.js';
import { alike, claim, desk, isMe, places, question, triage, votes } from './desk.js';
import { openMerge } from './dialogs.js';
import { go } from './focus.js';

/** @typedef {import('./desk.js').Column} Column */

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

/** @param {string} id @param {Column} column @param {boolean} ghost whether it has left the column under a pointer */
export function card(id, column, ghost) {
  const q = question(id);
  if (!q) return html`<li></li>`;
  const detail = triage(id);
  const near = column.id === 'done' ? undefined : alike(id)[0];
  const held = claim(id);
  const old = age(store.time() - Date.parse(q.askedAt));
  const state = [desk.at === id, desk.marked.has(id), desk.conflicts.get(id), ghost, desk.drag?.before === id, desk.drag?.ids.includes(id)];
  const parts = [q, detail, votes(id), near?.id, near?.score, held?.by, old, store.get('desk')?.cue === id, ...state];
  return html`<li>${guard(parts, () => article(q, detail, column, { near, held, old, ghost }))}</li>`;
}

/**
 * @param {any} q @param {any} detail @param {Column} column
 * @param {{near?: {id: string, score: number}, held: any, old: string, ghost: boolean}} more
 */
function article(q, detail, column, more) {
  const id = q.id;
  const at = desk.at === id;
  const trouble = desk.conflicts.get(id);
  const classes = [
    'card',
    at ? 'at' : '',
    desk.marked.has(id) ? 'marked' : '',
    trouble ? 'troubled' : '',
    more.ghost ? 'ghost' : '',
    desk.drag?.before === id ? 'drop-before' : '',
    desk.drag?.ids.includes(id) ? 'dragged' : '',
    `is-${q.status}`,
  ];
  return html`<article
    class=${classes.filter(Boolean).join(' ')}
    id=${`card-${id}`}
    draggable="true"
    tabindex=${at ? 0 : -1}
    aria-label=${label(q, detail, more)}
    @click=${(/** @type {MouseEvent} */ event) => pick(event, id)}
    @focus=${() => desk.at !== id && go(id)}
  >
    ${chips(q, detail, more)}
    <p class="text" dir="auto">${q.text}</p>
    ${detail.originalText && column.id !== 'done' ? html`<p class="was" dir="auto"><span>${t('edit.original')}</span> ${detail.originalText}</p>` : nothing}
    ${detail.note || detail.assignee ? html`<p class="note" dir="auto">${icon('speaker')}${detail.assignee ? html`<strong>${detail.assignee}</strong> ` : nothing}${detail.note ?? ''}</p>` : nothing}
    <div class="foot">
      <p class="meta">
        ${sourceMark(q)}
        <span class="who" dir="auto">${q.author?.name ?? detail.asker?.name ?? t('author.anonymous')}</span>
        ${handle(q, at)}
        ${record(detail.asker)}
        <span class="age">${more.old}</span>
      </p>
      ${column.id === 'incoming' ? nothing : html`<span class="votes">${icon('up')}${number(votes(id))}</span>`}
    </div>
    ${more.ghost ? html`<p class="gone">${t('ghost', { who: detail.by ?? t('somebody'), place: t(places[q.status] ?? 'status.withdrawn') })}</p>` : nothing}
    ${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : nothing}
    ${more.ghost || column.id === 'done' ? nothing : quick(id, column)}
  </article>`;
}

/** What screening says, but where the card leads to the other question itself. @param {any} detail @param {any} more @returns {string[]} */
function reasons(detail, more) {
  return (detail.reasons ?? []).filter((/** @type {string} */ reason) => !more.near || reason !== 'near-duplicate');
}

/** @param {any} q @param {any} detail @param {any} more */
function label(q, detail, more) {
  const parts = [q.text, t('votes', { n: votes(q.id) })];
  for (const reason of reasons(detail, more)) parts.push(caution(reason));
  if (more.near) parts.push(caution('near-duplicate'));
  if (more.held) parts.push(t('claim.by', { who: more.held.name }));
  return parts.join('. ');
}

/** @param {any} q @param {any} detail @param {any} more */
function chips(q, detail, more) {
  const done = q.status === 'dismissed' ? (detail.reason && reasonWords[detail.reason] ? t(reasonWords[detail.reason]) : t('status.dismissed')) : null;
  const all = [
    more.held ? face(more.held) : nothing,
    store.get('desk')?.cue === q.id ? html`<span class="chip chip-cue">${icon('cue')}${t('status.cued')}</span>` : nothing,
    placeChip(q, detail),
    ...reasons(detail, more).map((reason) => html`<span class="chip ${isSerious(reason) ? 'chip-bad' : 'chip-warn'}">${caution(reason)}</span>`),
    more.near ? nearChip(q.id, more.near) : nothing,
    done ? html`<span class="chip">${done}</span>` : nothing,
    q.status === 'answered' ? html`<span class="chip chip-good">${t('status.answered')}</span>` : nothing,
    q.status === 'merged' ? html`<span class="chip chip-queued">${t('status.merged')}</span>` : nothing,
    q.pinned ? html`<span class="chip">${icon('pin')}${t('status.pinned')}</span>` : nothing,
    detail.originalText ? html`<span class="chip">${t('status.edited')}</span>` : nothing,
    detail.carriedFrom ? html`<span class="chip">${t('status.carried')}</span>` : nothing,
    ...(q.labels ?? []).map((/** @type {string} */ one) => html`<span class="chip chip-label" dir="auto">${one}</span>`),
  ].filter((chip) => chip !== nothing);
  return all.length ? html`<p class="chips">${all}</p>` : nothing;
}

/** Where it is to be shown, when not among the questions; a guess says so by its tone. @param {any} q @param {any} detail */
function placeChip(q, detail) {
  if (!q.place) return nothing;
  if (q.place === 'wall') return html`<span class="chip">${t('chat.wall')}</span>`;
  const prompt = q.prompt && store.get(`prompt/${q.prompt}`);
  const guessed = detail.matched === 'time';
  const words = prompt?.number ? t('place.answerTo', { label: `Q${number(prompt.number)}` }) : t('place.answer');
  return html`<span class="chip ${guessed ? 'chip-warn' : ''}" title=${guessed ? t('chat.matched.time') : words}>${words}</span>`;
}

/** Opens the merge with what it is like. @param {string} id @param {{id: string, score: number}} near */
function nearChip(id, near) {
  return html`<button type="button" tabindex="-1" class="chip chip-near" title=${question(near.id)?.text ?? ''} @click=${(/** @type {Event} */ e) => (e.stopPropagation(), go(id), openMerge(id))}>
    ${icon('merge')}${t('near', { score: near.score })}
  </button>`;
}

/** Who is at it: two letters, the name on demand. @param {any} held */
function face(held) {
  return html`<span class="face ${isMe(held.by) ? 'face-mine' : ''}" title=${t('claim.by', { who: held.name })}>${initials(held.name)}</span>`;
}

/** @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '').join('').toLocaleUpperCase();
}

/** @param {any} q */
function sourceMark(q) {
  const source = sources[q.source];
  if (!source || q.source === 'phone') return nothing;
  return html`<span class="source">${icon(source.icon)}${t(source.words)}</span>`;
}

/** The post itself is a link away; keys reach it from its card. @param {any} q @param {boolean} at */
function handle(q, at) {
  if (!q.origin) return nothing;
  const name = `@${q.origin.handle}`;
  const host = hostOf(q.origin.url);
  if (!host) return html`<bdi>${name}</bdi>`;
  const where = q.origin.handle.endsWith(host) ? nothing : html`<span>${host}</span>`;
  return html`<a class="handle" href=${q.origin.url} target="_blank" rel="noopener noreferrer" tabindex=${at ? 0 : -1} draggable="false" title=${t('nets.open', { handle: name, host })} @click=${(/** @type {Event} */ e) => e.stopPropagation()}><bdi>${name}</bdi>${where}</a>`;
}

/** Of an address that may be followed; nothing of any other. @param {string|undefined} url */
function hostOf(url) {
  try {
    const { protocol, host } = new URL(url ?? '');
    return /^https?:$/.test(protocol) ? host : '';
  } catch {
    return '';
  }
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
  const dismiss = () => ((desk.marked = new Set()), go(id), (desk.reasonAsked = true), (desk.reasonFor = [id]), redraw());
  const acts = {
    incoming: () => [
      act('act.approve', 'check', () => move([id], 'approved')),
      act('act.queue', 'queue', () => move([id], 'queued')),
      act('act.dismiss', 'cross', dismiss),
    ],
    approved: () => [act('act.queue', 'queue', () => move([id], 'queued')), act('act.dismiss', 'cross', dismiss)],
    queued: () => [
      act('act.up', 'up', () => shift(id, -1)),
      act('act.down', 'down', () => shift(id, 1)),
      act('act.stage', 'stage', () => goLive(id)),
    ],
    stage: () => [act('act.done', 'done', () => move([id], 'answered'))],
    done: () => [],
  };
  return html`<div class="quick">${acts[column.id]()}</div>`;
}

/** @param {MouseEvent} event @param {string} id */
function pick(event, id) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) {
    if (desk.marked.has(id)) desk.marked.delete(id);
    else desk.marked.add(id);
  }
  go(id);
}
