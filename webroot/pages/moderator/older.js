// @ts-check
/** Posts that wait beyond those in the stream: fetched a page at a time, and cards like any other then. */

import { call } from '../../live/api.js';
import { explain, redraw, store, toast } from '../../ui/page.js';
import { CARDS, desk, path } from './desk.js';

const PAGE = 100;
/** Pages that hold only what is there already are passed over, so many at most. */
const PASSED_MAX = 20;

const state = {
  /** How many wait beyond the stream, as the server last said. */
  waiting: 0,
  /** @type {Set<string>} */
  fetched: new Set(),
  /** @type {string|null} */
  next: null,
  busy: false,
};

/** @param {number} waiting */
export function waitBeyond(waiting) {
  state.waiting = waiting;
}

const there = () => [...state.fetched].filter((id) => store.get(`question/${id}`)?.status === 'incoming').length;

/** How many more may be fetched, and whether they are being. */
export function olderPosts() {
  return { n: Math.max(0, state.waiting - there()), busy: state.busy };
}

/** @param {() => void} then lets them into the column */
export async function loadOlder(then) {
  if (state.busy) return;
  // A stream that began anew has forgotten them.
  if (!there()) Object.assign(state, { fetched: new Set(), next: null });
  state.busy = true;
  redraw();
  try {
    let fresh = 0;
    let next = state.next ?? `${path()}/questions?status=incoming&limit=${PAGE}`;
    for (let passed = 0; next && !fresh && passed < PASSED_MAX; passed += 1) {
      /** @type {string|null} */
      let link = null;
      const answer = await call('GET', next, { onHeaders: (headers) => (link = headers.get('Link')) });
      next = /<([^>]+)>; rel="next"/.exec(link ?? '')?.[1] ?? '';
      fresh = take(answer.questions);
    }
    state.next = next || null;
    if (!next) state.waiting = there();
    desk.drawn.incoming = Math.max(desk.drawn.incoming ?? 0, CARDS) + fresh;
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  state.busy = false;
  then();
}

/** @param {any[]} questions @returns {number} how many the page did not have */
function take(questions) {
  const fresh = questions.filter((q) => !store.get(`question/${q.id}`));
  store.know(
    fresh.flatMap(({ triage, triageVersion, votes, ...question }) => [
      { key: `question/${question.id}`, version: triageVersion, body: question },
      { key: `triage/${question.id}`, version: triageVersion, body: triage },
      { key: `tally/${question.id}`, version: triageVersion, body: { votes } },
    ]),
  );
  for (const one of fresh) state.fetched.add(one.id);
  return fresh.length;
}
