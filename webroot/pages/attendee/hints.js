// @ts-check
/** While one writes: who asks the same already, and whether the text tells who a patient is. */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { call } from '../../live/api.js';
import { redraw, session, store, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { fill, visit } from './asking.js';
import { identifies } from './patient.js';

const PAUSE_MS = 400;
const SHORTEST = 12;
const MOST = 3;

/** @type {Record<string, string>} */
const warnings = {
  email: 'patient.email',
  phone: 'patient.phone',
  record: 'patient.record',
  date: 'patient.date',
  age: 'patient.age',
};

const state = {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  timer: undefined,
  asked: 0,
  /** @type {any[]} */
  similar: [],
  /** @type {string|null} */
  tells: null,
  /** @type {(id: string) => Promise<boolean>} */
  vote: async () => false,
  /** @type {(id: string) => boolean} */
  voted: () => false,
};

/** @param {{vote: (id: string) => Promise<boolean>, voted: (id: string) => boolean}} how */
export function use(how) {
  Object.assign(state, how);
  if (visit.draft) typed(visit.draft);
}

/** @param {string} text */
export function typed(text) {
  state.tells = identifies(text);
  clearTimeout(state.timer);
  state.asked += 1;
  // What may tell who a patient is is not sent around while it is being written.
  if (text.trim().length < SHORTEST || state.tells) {
    state.similar = [];
    return;
  }
  state.timer = setTimeout(look, PAUSE_MS);
}

/** Never in the way: what does not answer in time is not missed. */
async function look() {
  const asked = state.asked;
  const text = visit.draft.trim().slice(0, 2000);
  try {
    const path = `/api/sessions/${session().id}/questions/similar`;
    const answer = await call('POST', path, { body: { text }, timeoutMs: 5_000 });
    if (asked !== state.asked) return;
    const own = (/** @type {any} */ one) => store.get(`mine/${one.id}`) !== undefined;
    state.similar = answer.questions
      .filter((/** @type {any} */ one) => !own(one) && !['answered', 'stage'].includes(one.status))
      .slice(0, MOST);
  } catch {
    if (asked === state.asked) state.similar = [];
  }
  redraw();
}

/** The text stays until the vote is counted, and comes back on request after that. @param {any} one */
async function instead(one) {
  const text = visit.draft;
  if (!state.voted(one.id) && !(await state.vote(one.id))) return;
  state.similar = [];
  fill('');
  toast(t('similar.voted'), { label: t('similar.keep'), action: () => fill(text) });
}

export function panel() {
  const keep = (/** @type {Event} */ event) => event.preventDefault();
  return html`
    ${state.tells
      ? html`<p class="caution" role="status">${t('patient.title')} ${t(warnings[state.tells])}</p>`
      : nothing}
    ${state.similar.length
      ? html`<section class="similar" aria-label=${t('similar.title')}>
          <h2>${t('similar.title')}</h2>
          <ul>
            ${repeat(
              state.similar,
              (one) => one.id,
              (one) => html`<li>
                <span class="similar-text" dir="auto">${one.text}</span>
                <button type="button" class="quiet-button" @mousedown=${keep} @click=${() => instead(one)}>
                  ${t('similar.instead', { n: votesOf(one) })}
                </button>
              </li>`,
            )}
          </ul>
        </section>`
      : nothing}
  `;
}

/** The asker is one of those who ask it. @param {any} one */
function votesOf(one) {
  return 1 + (store.get(`tally/${one.id}`)?.votes ?? one.votes);
}
