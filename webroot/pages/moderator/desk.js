// @ts-check
/** What the moderator's page holds beside the session: where they are, what is marked, what failed. */

import { store } from '../../ui/page.js';
import { Steady, byId, byRank } from '../../ui/steady.js';

/**
 * @typedef {'incoming'|'approved'|'queued'|'stage'|'done'} ColumnId
 * @typedef {{id: ColumnId, title: string, statuses: string[], empty: string}} Column
 */

/** @type {Column[]} */
export const columns = [
  { id: 'incoming', title: 'column.incoming', statuses: ['incoming'], empty: 'empty.incoming' },
  { id: 'approved', title: 'column.approved', statuses: ['approved'], empty: 'empty.approved' },
  { id: 'queued', title: 'column.queued', statuses: ['queued'], empty: 'empty.queued' },
  { id: 'stage', title: 'column.stage', statuses: ['stage'], empty: 'empty.stage' },
  {
    id: 'done',
    title: 'column.done',
    statuses: ['answered', 'dismissed', 'merged'],
    empty: 'empty.done',
  },
];

/** The five reasons, in the order of their keys. */
export const reasons = [
  { id: 'duplicate', words: 'reason.duplicate' },
  { id: 'off-topic', words: 'reason.off-topic' },
  { id: 'unclear', words: 'reason.unclear' },
  { id: 'unsuitable', words: 'reason.unsuitable' },
  { id: 'no-time', words: 'reason.no-time' },
];

export const desk = {
  /** The card the keys act on. @type {string|null} */
  at: null,
  /** @type {ColumnId} */
  column: 'incoming',
  /** @type {Set<string>} */
  marked: new Set(),
  search: '',
  /** Whether the next key names the reason of a dismissal. */
  reasonAsked: false,
  /** What went differently than wanted, shown on the card. @type {Map<string, string>} */
  conflicts: new Map(),
  /** What this person moved a moment ago takes effect in held lists too. @type {Map<string, number>} */
  mine: new Map(),
  /** @type {{entry: string, text: string, ids: string[]}[]} */
  undoable: [],
  /** @type {'rail'|'history'} */
  side: 'rail',
  /** @type {any[]} */
  history: [],
  keysOn: true,
  approvedSort: 'votes',
  /** @type {Record<string, Steady>} */
  steady: Object.fromEntries(columns.map((column) => [column.id, new Steady()])),
  /** @type {Record<string, string[]>} the ids each column shows, in order */
  shown: {},
};

export const question = (/** @type {string} */ id) => store.get(`question/${id}`);
export const triage = (/** @type {string} */ id) => store.get(`triage/${id}`) ?? {};
export const votes = (/** @type {string} */ id) => store.get(`tally/${id}`)?.votes ?? 0;

/** What the column should show, filtered by the search. @param {Column} column */
export function wanted(column) {
  const all = store.all('question/').filter((q) => column.statuses.includes(q.status));
  return all.filter(matches).sort(orderOf(column.id)).map((q) => q.id);
}

/** @param {any} q */
function matches(q) {
  if (!desk.search) return true;
  const text = [q.text, q.author?.name, ...(q.labels ?? [])].join(' ').toLocaleLowerCase();
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

/** Names a moment in which held lists follow this person's own act. @param {string} id */
export function touched(id) {
  desk.mine.set(id, Date.now() + 3000);
}

export function isMine(/** @type {string} */ id) {
  return (desk.mine.get(id) ?? 0) > Date.now();
}
