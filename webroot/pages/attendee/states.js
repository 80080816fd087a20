// @ts-check
/** What is drawn when there is nothing to ask: each state with its own sentence and a way on. */

import { html, nothing } from 'lit-html';
import { call } from '../../live/api.js';
import { forgetState, wasHere } from '../../live/keep.js';
import { explain, first, notice, session, store, toast, zone } from '../../ui/page.js';
import { away, t, time } from '../../ui/words.js';
import { code, fill, isPassing, shelf, visit } from './asking.js';

/** Phones that wait for a session look again so often, and not all in the same second. */
const LOOK_MS = 30_000;
const OPENING_SPREAD_MS = 5_000;
const RELOAD_MS = 6_000;
const LONGEST_TIMER_MS = 3_600_000;

const remembered = wasHere(shelf, code);

const wayOut = () => html`<a href="/">${t('otherCode')}</a>`;

const again = () =>
  html`<p class="ways">
    <button type="button" class="primary" @click=${() => location.reload()}>${t('again')}</button> ${wayOut()}
  </p>`;

/** The server could not give the page its session. @param {any} problem */
export function refusedPage(problem) {
  if (problem.status === 404 && remembered) return gone();
  if (problem.status === 404) {
    return notice(
      t('code.wrong'),
      t('code.wrongWhy', { code }),
      html`<p class="ways"><a class="primary" href="/">${t('otherCode')}</a></p>`,
    );
  }
  if (isPassing(problem)) return notice(t('full.title'), t('full.why'), again());
  return notice(t('join.refused'), explain(problem), again());
}

/** A page that was turned away comes again by itself. @param {any} problem */
export function comeAgain(problem) {
  if (isPassing(problem)) setTimeout(() => location.reload(), RELOAD_MS * (1 + Math.random()));
}

/** The door said no, and waiting does not help. @param {any} error */
export function refusedDoor(error) {
  return notice(t('join.refused'), explain(error), again());
}

/** Somebody ended this sign-in. */
export function signedOut() {
  return notice(t('ended.revoked'), t('ended.revokedWhy'), again());
}

/** Too many at once: one reads and writes meanwhile. */
export function waiting() {
  const error = visit.refused;
  const words = error?.status ? t('full.waiting') : t('join.noAnswer');
  return html`<p class="banner" role="status">${words}</p>`;
}

/** Not open yet: when, and how long that is. */
export function notYet() {
  const now = session();
  const at = first.opensAt ?? now.startsAt;
  const day = { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' };
  const left = at ? Date.parse(at) - store.time() : 0;
  return html`<section class="panel ahead">
    <h2>${t('notYet.title')}</h2>
    <p>${at ? t('notYet.at', { time: time(at, zone(), /** @type {any} */ (day)) }) : t('notYet.undated')}</p>
    ${at && left > 0 ? html`<p class="count-down" role="timer">${away(left)}</p>` : nothing}
    ${now.startsAt && now.startsAt !== at
      ? html`<p class="hint">${t('notYet.starts', { time: time(now.startsAt, zone(), /** @type {any} */ (day)) })}</p>`
      : nothing}
    <p class="hint">${t('notYet.stay')}</p>
  </section>`;
}

/** Looks whether the session has opened, above all when it should. */
export function waitForOpening() {
  const left = first.opensAt ? Date.parse(first.opensAt) - store.time() : NaN;
  const wait = left > 0 && left < LONGEST_TIMER_MS ? Math.min(left, LOOK_MS) : LOOK_MS;
  setTimeout(async () => {
    try {
      const target = await call('GET', `/api/join/${code}`);
      if (target.session?.state !== 'scheduled') return location.reload();
    } catch {
      // Nobody answers: the next look will tell.
    }
    waitForOpening();
  }, wait + OPENING_SPREAD_MS * Math.random());
}

/** Whether the last day of the whole meeting has passed where it takes place. */
export function meetingIsOver() {
  const { endsOn } = session().meeting ?? first.meeting ?? {};
  // Sweden writes days as the server does.
  return Boolean(endsOn) && new Date(store.time()).toLocaleDateString('sv', { timeZone: zone() }) > endsOn;
}

/** Above what can still be read. */
export function closedBanner() {
  return meetingIsOver() ? thanks(html`<p>${t('closed.read')}</p>`) : html`<p class="banner">${t('closed.long')}</p>`;
}

/** The meeting is over. @param {any} [more] */
export function thanks(more = nothing) {
  return html`<section class="panel thanks"><h2>${t('closed.meeting')}</h2><p>${t('closed.thanks')}</p>${more}</section>`;
}

/** The meeting was erased, and so is what this phone kept of it. */
export function gone() {
  forgetState(shelf, code);
  return notice(
    t('gone.title'),
    t('gone.why'),
    html`${leftOver()}
      <p class="ways"><a class="primary" href="/">${t('otherCode')}</a></p>`,
  );
}

/** Over: what was written and not asked is not thrown away. */
export function over() {
  const words = meetingIsOver() ? t('closed.meeting') : t('closed.short');
  return html`<section class="compose compose-shut" aria-label=${words}>
    <p>${words} ${wayOut()}</p>
    ${leftOver()}
  </section>`;
}

function leftOver() {
  const draft = visit.draft.trim();
  return draft
    ? html`<div class="left-over">
        <p class="hint">${t('closed.draft')}</p>
        <p class="left-over-text" dir="auto">${draft}</p>
        <p class="row">
          <button type="button" class="quiet-button" @click=${() => copy(draft)}>${t('closed.copy')}</button>
          <button type="button" class="quiet-button" @click=${() => fill('')}>${t('fate.discard')}</button>
        </p>
      </div>`
    : nothing;
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t('closed.copied'));
  } catch {
    // Plain http, or forbidden: the text is there to be marked by hand.
    getSelection()?.selectAllChildren(/** @type {Element} */ (document.querySelector('.left-over-text')));
  }
}
