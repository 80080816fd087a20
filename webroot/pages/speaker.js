// @ts-check
/** The podium's page: the question being answered, the next three, the clock. Read from 2 m away. */

import { html, nothing } from 'lit-html';
import { afterEach, draw, drawNow, first, follow, link, mark, notice, redraw, say, session, store, zone } from '../ui/page.js';
import { fit, refit } from '../ui/fit.js';
import { logo } from '../ui/look.js';
import { byId, byRank } from '../ui/steady.js';
import { number, t, time } from '../ui/words.js';

const AMBER_MS = 2 * 60_000;
const votes = (/** @type {string} */ id) => store.get(`tally/${id}`)?.votes ?? 0;

/** What is left of the slot, as a clock that counts into the red. */
function clock() {
  const now = session();
  const wall = time(store.time(), zone());
  if (!now.endsAt || now.state === 'scheduled') return html`<div class="clock"><strong>${wall}</strong></div>`;
  const left = Date.parse(now.endsAt) - store.time();
  const tone = left <= 0 ? 'over' : left <= AMBER_MS ? 'soon' : 'calm';
  const size = Math.abs(left);
  const minutes = Math.floor(size / 60_000);
  const seconds = String(Math.floor((size % 60_000) / 1000)).padStart(2, '0');
  const words = minutes < 100 ? `${left < 0 ? '−' : ''}${minutes}:${seconds}` : wall;
  return html`<div class="clock clock-${tone}" role="timer" aria-label=${t(tone === 'over' ? 'clock.over' : 'clock.left', { n: minutes })}>
    <strong>${words}</strong>
    <span>${minutes < 100 ? t(tone === 'over' ? 'clock.overWords' : 'clock.leftWords') : nothing}</span>
  </div>`;
}

function stage() {
  const q = store.all('question/').find((one) => one.status === 'stage');
  if (!q) return html`<section class="stage stage-free"><h2>${t('stage.free')}</h2><p>${queue().length ? t('stage.freeNext') : t('stage.freeTop')}</p></section>`;
  return html`<section class="stage" aria-live="polite">
    <h2><i></i>${t('stage.now')}</h2>
    <div class="stage-text" id="stage-text" dir="auto">${q.text}</div>
    <p class="stage-meta"><span dir="auto">${q.author?.name ?? t('author.anonymous')}</span><span>${t('votes', { n: votes(q.id) })}</span></p>
  </section>`;
}

const queue = () => store.all('question/').filter((q) => q.status === 'queued').sort(byRank);

const top = () =>
  store
    .all('question/')
    .filter((q) => q.status === 'approved')
    .sort((a, b) => votes(b.id) - votes(a.id) || byId(a, b));

/** The next three; with nobody in line, what the hall wants most. */
function next() {
  const line = queue();
  const list = line.length ? line : top();
  if (!list.length) return html`<section class="next"><h2>${t('next.title')}</h2><p class="next-none">${t('next.none')}</p></section>`;
  const more = list.length - 3;
  return html`<section class="next">
    <h2>${t(line.length ? 'next.title' : 'next.top')}${more > 0 ? html`<span>${t('next.more', { n: more })}</span>` : nothing}</h2>
    <ol>
      ${list.slice(0, 3).map(
        (q, i) =>
          html`<li>
            <span class="place">${number(i + 1)}</span>
            <p dir="auto">${q.text}</p>
            <p class="next-meta"><span dir="auto">${q.author?.name ?? t('author.anonymous')}</span><span>${t('votes', { n: votes(q.id) })}</span></p>
          </li>`,
      )}
    </ol>
  </section>`;
}

function page() {
  if (link.mark === 'ended' && link.reason !== 'closed') return notice(t('ended.title'), t('ended.why'));
  return html`<header class="head">
      <div>${logo(session().meeting)}<h1 class="over" dir="auto">${session().title}</h1>${mark()}</div>
      ${clock()}
    </header>
    ${stage()} ${next()}`;
}

/** Keeps the tablet awake, where the browser lets a page do that: over https alone. */
async function stayAwake() {
  try {
    await /** @type {any} */ (navigator).wakeLock?.request('screen');
  } catch {
    // Low battery or a policy: the tablet's own setting decides.
  }
}

/** @param {any} frame */
function onFrame(frame) {
  if (frame.type !== 'change') return;
  const staged = (frame.put ?? []).find((/** @type {any} */ one) => one.key.startsWith('question/') && one.body.status === 'stage');
  if (staged) say(staged.body.text);
}

if (first.problem) {
  draw(() => notice(t(first.problem.status === 404 ? 'problem.unknown' : 'problem.forbidden'), t('problem.why')));
} else {
  afterEach(() => {
    const box = document.getElementById('stage-text');
    if (box) fit(box, 22, 132);
  });
  draw(page);
  refit(drawNow);
  follow('speaker', { onFrame });
  setInterval(redraw, 1000);
  stayAwake();
  document.addEventListener('visibilitychange', () => !document.hidden && stayAwake());
}
