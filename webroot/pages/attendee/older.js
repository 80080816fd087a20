// @ts-check
/** Questions beyond what the stream carries, a page at a time, as they were when they were fetched. */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { call } from '../../live/api.js';
import { explain, redraw, session, store, toast, zone } from '../../ui/page.js';
import { t, time } from '../../ui/words.js';

const PAGE = 50;
/** Pages that hold only what is shown already are passed over, so many at most. */
const PASSED_MAX = 20;

const state = {
  sort: '',
  /** @type {any[]} */
  questions: [],
  /** @type {string|null} */
  next: null,
  asOf: 0,
  busy: false,
  done: false,
};

/** One question from here, for whoever votes for it. @param {string} id */
export function fetched(id) {
  return state.questions.find((one) => one.id === id);
}

/** @param {string} sort `top` or `new`, as the list above */
export async function more(sort) {
  if (state.busy) return;
  if (state.sort !== sort) {
    const first = `/api/sessions/${session().id}/questions?limit=${PAGE}&sort=${sort === 'top' ? 'votes' : 'newest'}`;
    Object.assign(state, { sort, questions: [], next: first, done: false });
  }
  state.busy = true;
  redraw();
  try {
    for (let passed = 0; state.next && passed < PASSED_MAX; passed += 1) {
      /** @type {string|null} */
      let next = null;
      const answer = await call('GET', state.next, {
        onHeaders: (headers) => (next = headers.get('Link')?.match(/<([^>]+)>; rel="next"/)?.[1] ?? null),
      });
      const known = new Set(state.questions.map((one) => one.id));
      const fresh = answer.questions.filter((/** @type {any} */ one) => isOpen(one) && !known.has(one.id));
      state.next = next;
      state.asOf = store.time();
      state.questions = [...state.questions, ...fresh];
      if (fresh.length) break;
    }
    state.done = state.next === null;
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  state.busy = false;
  redraw();
}

/** What the stream carries is above and alive. @param {any} one */
function isOpen(one) {
  return (one.status === 'approved' || one.status === 'queued') && !store.get(`question/${one.id}`);
}

/**
 * @param {string} sort
 * @param {(q: any) => any} card
 */
export function olderList(sort, card) {
  const same = state.sort === sort;
  const shown = same ? state.questions.filter(isOpen) : [];
  return html`${shown.length
      ? html`<section class="older" aria-label=${t('older.title')}>
          <p class="hint">${t('older.asOf', { time: time(state.asOf, zone()) })}</p>
          <ol class="cards">
            ${repeat(shown, (q) => q.id, card)}
          </ol>
        </section>`
      : nothing}
    ${same && state.done
      ? html`<p class="hint">${t('older.all')}</p>`
      : html`<button type="button" class="quiet-button wide" ?disabled=${state.busy} @click=${() => more(sort)}>
          ${state.busy ? t('older.loading') : t('older.more')}
        </button>`}`;
}
