// @ts-check
/**
 * The projector's page. It receives the screen's view alone, in which text that nobody approved
 * cannot occur. `?scene=join|stage|top|black` pins a scene, `?transparent` is for overlays.
 */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { qr } from '../ui/icons.js';
import { afterEach, draw, drawNow, first, follow, link, mark, notice, session, store } from '../ui/page.js';
import { fit, refit } from '../ui/fit.js';
import { logo } from '../ui/look.js';
import { byId } from '../ui/steady.js';
import { number, t } from '../ui/words.js';

const query = new URLSearchParams(location.search);
const pinned = query.get('scene');
const host = new URL(first.origin ?? location.origin).host;
const votes = (/** @type {string} */ id) => store.get(`tally/${id}`)?.votes ?? 0;

document.documentElement.classList.toggle('transparent', query.has('transparent'));

const staged = () => store.all('question/').find((q) => q.status === 'stage');

const top = () =>
  store
    .all('question/')
    .filter((q) => q.status === 'approved' || q.status === 'queued')
    .sort((a, b) => votes(b.id) - votes(a.id) || byId(a, b))
    .slice(0, 5);

/** What is shown: what the address pins, what the moderator chose, else what there is. */
function scene() {
  const chosen = store.get('stage');
  if (pinned) return pinned;
  if (chosen?.blackout) return 'black';
  if (chosen?.scene) return chosen.scene;
  if (staged()) return 'stage';
  return top().length ? 'top' : 'join';
}

const hashtags = () => (session().hashtags?.length ? session().hashtags : (session().meeting?.hashtags ?? [])).map((/** @type {string} */ tag) => `#${tag.replace(/^[#＃]/, '')}`);

function question() {
  const q = staged();
  if (!q) return joinCard();
  return repeat([q], (one) => one.id, (one) => html`<section class="question">
    <div class="question-text" id="question-text" dir="auto">${one.text}</div>
    <p class="question-meta"><span dir="auto">${one.author?.name ?? t('author.anonymous')}</span><span>${t('votes', { n: votes(one.id) })}</span></p>
  </section>`);
}

function topList() {
  const list = top();
  if (!list.length) return joinCard();
  return html`<section class="top" aria-labelledby="top-title">
    <h2 id="top-title">${t('top.title')}</h2>
    <ol>
      ${repeat(list, (q) => q.id, (q) => html`<li><span class="top-votes">${number(votes(q.id))}</span><p dir="auto">${q.text}</p></li>`)}
    </ol>
  </section>`;
}

function joinCard() {
  return html`<section class="join">
    ${first.qr ? qr(first.qr, t('join.qr')) : nothing}
    <div>
      <h2>${t('join.title')}</h2>
      <p class="join-host">${host}</p>
      <p class="join-code">${session().joinCode}</p>
      <p class="join-tags">${hashtags()[0] ?? nothing}</p>
    </div>
  </section>`;
}

/** Always in the same corner: how to join. */
function corner() {
  return html`<footer class="corner">
    <div class="corner-title">${logo(session().meeting)}<h1 dir="auto">${session().title}</h1>${link.mark === 'live' ? nothing : mark()}</div>
    <div class="corner-join">
      <span>${host}</span><strong>${session().joinCode}</strong>
      ${hashtags()[0] ? html`<span class="corner-tag">${hashtags()[0]}</span>` : nothing}
    </div>
    ${first.qr ? qr(first.qr, t('join.qr')) : nothing}
  </footer>`;
}

function page() {
  const now = scene();
  if (now === 'black') return html`<div class="black"></div>`;
  const joining = now === 'join' || (now === 'stage' && !staged()) || (now === 'top' && !top().length);
  return html`<div class="scene">${now === 'stage' ? question() : now === 'top' ? topList() : joinCard()}</div>
    ${joining ? html`<footer class="corner"><div class="corner-title">${logo(session().meeting)}<h1 dir="auto">${session().title}</h1>${link.mark === 'live' ? nothing : mark()}</div></footer>` : corner()}`;
}

if (first.problem) {
  draw(() => notice(t(first.problem.status === 404 ? 'problem.unknown' : 'problem.forbidden'), t('problem.why')));
} else {
  afterEach(() => {
    const box = document.getElementById('question-text');
    if (box) fit(box, 28, Math.min(innerHeight * 0.15, innerWidth * 0.075));
    const list = /** @type {HTMLElement|null} */ (document.querySelector('.top ol'));
    if (list) fit(list, 18, innerHeight * 0.05);
  });
  draw(page);
  refit(drawNow);
  follow('screen');
  /** @type {any} */ (navigator).wakeLock?.request('screen').catch(() => undefined);
}
