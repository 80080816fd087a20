// @ts-check
/** What the moderator's page holds beside the session: where they are, what is marked, what failed. */

import { first, session, store } from '../../ui/page.js';
import { Steady, byId, byRank } from '../../ui/steady.js';

/**
 * @typedef {'incoming'|'approved'|'queued'|'stage'|'done'} ColumnId
 * @typedef {{id: ColumnId, title: string, statuses: string[], to: string, empty: string}} Column
 */

/** @type {Column[]} */
export const columns = [
  { id: 'incoming', title: 'column.incoming', statuses: ['incoming'], to: 'incoming', empty: 'empty.incoming' },
  { id: 'approved', title: 'column.approved', statuses: ['approved'], to: 'approved', empty: 'empty.approved' },
  { id: 'queued', title: 'column.queued', statuses: ['queued'], to: 'queued', empty: 'empty.queued' },
  { id: 'stage', title: 'column.stage', statuses: ['stage'], to: 'stage', empty: 'empty.stage' },
  { id: 'done', title: 'column.done', statuses: ['answered', 'dismissed', 'merged'], to: 'answered', empty: 'empty.done' },
];

/** The five reasons, in the order of their keys. */
export const reasons = [
  { id: 'duplicate', words: 'reason.duplicate' },
  { id: 'off-topic', words: 'reason.off-topic' },
  { id: 'unclear', words: 'reason.unclear' },
  { id: 'unsuitable', words: 'reason.unsuitable' },
  { id: 'no-time', words: 'reason.no-time' },
];

/** Where a question is, in the words of the column heads. @type {Record<string, string>} */
export const places = {
  incoming: 'column.incoming',
  approved: 'column.approved',
  queued: 'column.queued',
  stage: 'column.stage',
  answered: 'status.answered',
  dismissed: 'status.dismissed',
  merged: 'status.merged',
  withdrawn: 'status.withdrawn',
};

/** Cards a column draws at once; the next ones follow when one gets near them. */
export const CARDS = 60;

export const desk = {
  /** The card the keys act on. @type {string|null} */
  at: null,
  /** @type {ColumnId} */
  column: 'incoming',
  /** @type {Set<string>} */
  marked: new Set(),
  search: '',
  /** `all`, one of the filters, or `label:` with a label. */
  filter: 'all',
  /** Whether the next key names the reason of a dismissal, and of which questions. */
  reasonAsked: false,
  /** @type {string[]} */
  reasonFor: [],
  /** What went differently than wanted, shown on the card. @type {Map<string, string>} */
  conflicts: new Map(),
  /** What this person moved a moment ago takes effect in held lists too. @type {Map<string, number>} */
  mine: new Map(),
  /** @type {{entry: string, text: string, ids: string[]}[]} */
  undoable: [],
  /** @type {'rail'|'history'} */
  side: 'rail',
  /** Whether the chat is in the place of the board. */
  chat: false,
  /** Columns that are slim: their head and count alone. @type {Set<ColumnId>} */
  folded: new Set(),
  /** On a phone the side is a tab of its own. */
  sideShown: false,
  /** @type {any[]} */
  history: [],
  historyMore: false,
  keysOn: true,
  approvedSort: 'votes',
  /** @type {{ids: string[], column: ColumnId|null, before: string|null}|null} */
  drag: null,
  /** @type {Record<string, Steady>} */
  steady: Object.fromEntries(columns.map((column) => [column.id, new Steady()])),
  /** @type {Record<string, number>} how many cards each column draws */
  drawn: {},
  /** @type {Record<string, string[]>} the ids each column shows, in order */
  shown: {},
};

/** @typedef {{all: any[], byId: Map<string, any>, alike: Map<string, {id: string, score: number}[]>}} Index */

/** @type {Index|null} */
let index = null;
store.subscribe(() => (index = null));

/** Everything of the session once per change of it, however often a drawing asks. @returns {Index} */
function known() {
  if (index) return index;
  const all = store.all('question/');
  const byId = new Map(all.map((q) => [q.id, q]));
  const alike = new Map();
  for (const q of all) {
    for (const hint of store.get(`triage/${q.id}`)?.similar ?? []) {
      if (!byId.has(hint.id)) continue;
      add(alike, q.id, hint);
      add(alike, hint.id, { id: q.id, score: hint.score });
    }
  }
  index = { all, byId, alike };
  return index;
}

/** @param {Map<string, any[]>} map @param {string} id @param {any} hint */
function add(map, id, hint) {
  const there = map.get(id);
  if (there) there.push(hint);
  else map.set(id, [hint]);
}

export const questions = () => known().all;
export const question = (/** @type {string} */ id) => known().byId.get(id);
export const triage = (/** @type {string} */ id) => store.get(`triage/${id}`) ?? {};
export const votes = (/** @type {string} */ id) => store.get(`tally/${id}`)?.votes ?? 0;
export const claim = (/** @type {string} */ id) => store.get(`claim/${id}`);

/** Questions much like this one that may still be merged, the most similar first. @param {string} id */
export function alike(id) {
  const open = (known().alike.get(id) ?? []).filter((hint) => {
    const status = question(hint.id)?.status;
    return status !== undefined && status !== 'merged' && status !== 'withdrawn';
  });
  return open.sort((a, b) => b.score - a.score);
}

/** The grants in whose name this page may act here; a claim names one of them. */
export function isMe(/** @type {string} */ grant) {
  return (first.me?.grants ?? []).some((/** @type {any} */ one) => one.id === grant);
}

/** What the column should show, filtered. @param {Column} column */
export function wanted(column) {
  const all = questions().filter((q) => column.statuses.includes(q.status));
  return all.filter(matches).sort(orderOf(column.id)).map((q) => q.id);
}

/** @type {Record<string, (q: any) => boolean>} */
const filters = {
  all: () => true,
  caution: (q) => (triage(q.id).reasons ?? []).length > 0,
  alike: (q) => alike(q.id).length > 0,
  assigned: (q) => triage(q.id).assignee !== undefined,
  mine: (q) => isMe(claim(q.id)?.by),
  hall: (q) => q.source !== 'phone',
  here: (q) => q.origin === undefined,
  networks: (q) => q.origin !== undefined,
};

/** @param {any} q */
function matches(q) {
  const label = desk.filter.startsWith('label:') ? desk.filter.slice(6) : null;
  if (label !== null ? !(q.labels ?? []).includes(label) : !(filters[desk.filter] ?? filters.all)(q)) return false;
  if (!desk.search) return true;
  const detail = triage(q.id);
  const text = [q.text, q.author?.name, detail.asker?.name, detail.note, detail.assignee, ...(q.labels ?? [])].join(' ').toLocaleLowerCase();
  return desk.search
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** @param {ColumnId} id @returns {(a: any, b: any) => number} */
function orderOf(id) {
  if (id === 'queued') return byRank;
  if (id === 'done') {
    return (a, b) => (triage(b.id).at ?? '').localeCompare(triage(a.id).at ?? '') || byId(b, a);
  }
  if (id === 'approved' && desk.approvedSort === 'votes') {
    return (a, b) =>
      Number(b.pinned) - Number(a.pinned) || votes(b.id) - votes(a.id) || byId(a, b);
  }
  return byId;
}

/** Which column a question is drawn in now. @param {string} id @returns {Column|undefined} */
export function columnOf(id) {
  const status = question(id)?.status;
  return columns.find((column) => column.statuses.includes(status));
}

/** What the keys act on: what is marked, otherwise where one is. @returns {string[]} */
export function targets() {
  const marked = [...desk.marked].filter((id) => question(id));
  if (marked.length) return marked;
  return desk.at && question(desk.at) ? [desk.at] : [];
}

/** Whether somebody else has just taken the card away that the keys act on: nobody acts on another one by mistake. */
export function isLost() {
  return desk.at !== null && columnOf(desk.at)?.id !== desk.column && !isMine(desk.at);
}

/** Names a moment in which held lists follow this person's own act. @param {string} id */
export function touched(id) {
  desk.mine.set(id, Date.now() + 3000);
}

export function isMine(/** @type {string} */ id) {
  return (desk.mine.get(id) ?? 0) > Date.now();
}

export function knownLabels() {
  const all = questions().flatMap((q) => q.labels ?? []);
  return [...new Set(all)].sort((a, b) => a.localeCompare(b));
}

/** The stage as it is; untouched before anybody changed it. */
export function stage() {
  return store.get('stage') ?? { blackout: false, frozen: false, chair: false };
}

/** The question that is prepared to go, when it is still one that can. */
export function cued() {
  const id = store.get('desk')?.cue;
  return id ? question(id) : undefined;
}

export const path = () => `/api/sessions/${session().id}`;
