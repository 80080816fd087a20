// @ts-check
/**
 * The projector's page. It receives the screen's view alone, in which text that nobody approved
 * cannot occur. `?scene=join|stage|top|wall|prompt|black` pins a scene, `?transparent` is for overlays.
 */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { qr } from '../ui/icons.js';
import { awake } from '../ui/awake.js';
import { comeAgain, ended, followView, refused } from '../ui/ending.js';
import { fit, refit } from '../ui/fit.js';
import { Glide } from '../ui/glide.js';
import { ANSWERS, hall, wallPosts } from '../ui/hall.js';
import { afterEach, draw, drawNow, first, found, link, logo, mark, networkNames, session, store, zone } from '../ui/page.js';
import { Pace } from '../ui/pace.js';
import { number, t, time } from '../ui/words.js';

/** @typedef {import('../ui/hall.js').Shown} Shown */

const query = new URLSearchParams(location.search);
const pinned = ['join', 'stage', 'top', 'wall', 'prompt', 'black'].find((scene) => scene === query.get('scene')) ?? null;
const host = new URL(first.origin ?? location.origin).host;
const glide = new Glide('.top li');

/** So long the most wanted keep their places while the votes beside them already count. */
const ORDER_MS = 3000;
/** A new post every so often can be read; a flood cannot. */
const CALM_MS = 5000;
const CARDS = 4;
const pace = new Pace(CALM_MS, CARDS);
/** @type {Record<string, Pace>} */
const answerPaces = {};
/** @type {string[]} */
let order = [];
let orderedAt = 0;

const overlay = query.has('transparent');
document.documentElement.classList.toggle('transparent', overlay);

const hashtag = () => {
  const tags = session().hashtags?.length ? session().hashtags : (session().meeting?.hashtags ?? []);
  return tags.length ? `#${tags[0].replace(/^[#＃]/, '')}` : null;
};

/** @param {Shown} one */
function question(one) {
  return html`<section class="question" data-id=${one.id}>
    <div class="question-text" id="question-text" dir="auto">${one.text}</div>
    <p class="question-meta">
      <span class="question-author" dir="auto">${one.author?.name ?? t('author.anonymous')}</span>
      ${found(one)}${one.votes ? html`<span>${t('votes', { n: one.votes })}</span>` : nothing}
    </p>
  </section>`;
}

/** The order changes calmly, however fast the votes come. @param {Shown[]} list */
function steadied(list) {
  const ids = list.map((one) => one.id);
  const same = ids.length === order.length && ids.every((id) => order.includes(id));
  const now = Date.now();
  if (!same || now - orderedAt >= ORDER_MS) {
    if (ids.join() !== order.join()) orderedAt = now;
    order = ids;
  }
  return [...list].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

/** @param {Shown[]} top */
function topList(top) {
  return html`<section class="top" aria-labelledby="top-title">
    <h2 id="top-title">${t('top.title')}</h2>
    <ol>
      ${repeat(
        steadied(top),
        (one) => one.id,
        (one) => html`<li data-id=${one.id}><span class="top-votes"><span class="sr">${t('votes', { n: one.votes })}</span><span aria-hidden="true">${number(one.votes)}</span></span><p dir="auto">${one.text}</p></li>`,
      )}
    </ol>
  </section>`;
}

/** Who wrote it, and through what. @param {Shown} one */
function writer(one) {
  const through = one.source === 'phone' || one.source === 'chair' ? t('source.hall') : (networkNames[one.source] ?? one.source);
  const who = one.origin?.handle ? `@${one.origin.handle}` : (one.author?.name ?? t('author.anonymous'));
  return html`<p class="writer"><span class="writer-name" dir="auto">${who}</span><span>${through}</span></p>`;
}

/** @param {Shown[]} list @param {string} kind */
function cards(list, kind) {
  return html`<ol class=${`cards ${kind}`}>
    ${repeat(list, (one) => one.id, (one) => html`<li data-id=${one.id}><p class="card-text" dir="auto">${one.text}</p>${writer(one)}</li>`)}
  </ol>`;
}

/**
 * Approved posts, a new one every few seconds at most. What is kept counts for a screen that is
 * opened while nothing may change; one that was there keeps what it shows.
 *
 * @param {Shown[]} kept @param {boolean} frozen
 */
function wall(kept, frozen) {
  const paused = store.get('chat')?.wallPaused === true;
  const byIds = new Map([...kept, ...wallPosts(store)].map((one) => [one.id, one]));
  const ids = [...byIds.keys()].sort().reverse();
  const first = frozen ? kept.map((one) => one.id) : paused ? store.get('chat').wall : undefined;
  const shown = pace.show(ids, frozen || paused, first);
  return html`<section class="wall" aria-labelledby="wall-title">
    <h2 id="wall-title" dir="auto">${hashtag() ?? t('wall.title')}</h2>
    ${cards(shown.map((id) => /** @type {Shown} */ (byIds.get(id))), 'wall-cards')}
  </section>`;
}

/** The prompt that people answer now, and what they say. @param {any} now @param {Shown[]} answers @param {boolean} frozen */
function prompt(now, answers, frozen) {
  answerPaces[now.id] ??= new Pace(CALM_MS, ANSWERS);
  const newest = [...answers].sort((a, b) => (a.id < b.id ? 1 : -1));
  const shown = new Set(answerPaces[now.id].show(newest.map((one) => one.id), frozen));
  return html`<section class="prompt" aria-labelledby="prompt-text">
    <div class="prompt-head">
      <span class="prompt-number" aria-hidden="true">Q${number(now.number)}</span>
      <h2 id="prompt-text" dir="auto">${now.text}</h2>
    </div>
    ${answers.length
      ? cards(newest.filter((one) => shown.has(one.id)), 'prompt-cards')
      : html`<p class="prompt-how">${t('prompt.how', { label: `A${now.number}` })}</p>`}
  </section>`;
}

/** What a session says that takes no questions now. */
function standing() {
  const now = session();
  if (now.state === 'closed') return html`<section class="still"><h2>${t('over.title')}</h2><p>${t('over.thanks')}</p></section>`;
  if (now.state !== 'scheduled') return null;
  const starts = now.startsAt ? time(now.startsAt, zone()) : null;
  return html`<section class="still"><h2>${starts ? t('ahead.at', { time: starts }) : t('ahead.soon')}</h2><p dir="auto">${now.title}</p></section>`;
}

function joinWords() {
  return html`<section class="join">
    <h2>${t('join.title')}</h2>
    <ol>
      <li>${t('join.scan')}</li>
      <li>${t('join.open')} <strong class="join-host" dir="ltr">${host}</strong></li>
    </ol>
  </section>`;
}

/** How to join: always in the same corner, large while nothing else is shown. @param {boolean} large */
function corner(large) {
  return html`<footer class="corner ${large ? 'corner-large' : ''}">
    <div class="corner-title">${logo(session().meeting)}<h1 dir="auto">${session().title}</h1>${link.mark === 'live' ? nothing : mark()}</div>
    ${session().state === 'closed'
      ? nothing
      : html`<div class="corner-join">
          ${large ? nothing : html`<span class="corner-host" dir="ltr">${host}</span>`}
          <strong class="join-code" dir="ltr">${session().joinCode}</strong>
          ${hashtag() ? html`<span class="corner-tag" dir="auto">${hashtag()}</span>` : nothing}
        </div>
        ${first.qr ? qr(first.qr, t('join.qr')) : nothing}`}
  </footer>`;
}

function page() {
  const over = ended(false);
  if (over) return over;
  const shown = hall(store, pinned);
  if (shown.scene === 'black') return html`<div class="black"></div>`;
  const still = shown.scene === 'join' ? standing() : null;
  const joining = shown.scene === 'join' && !still;
  const key = shown.scene === 'stage' ? (shown.question?.id ?? '') : shown.scene;
  return html`<div class="scene scene-${shown.scene}">
      ${repeat([key], (one) => one, () => {
        if (shown.scene === 'stage' && shown.question) return question(shown.question);
        if (shown.scene === 'wall') return wall(shown.wall, shown.frozen);
        if (shown.scene === 'prompt') return prompt(shown.prompt, shown.answers, shown.frozen);
        return shown.scene === 'top' ? topList(shown.top) : (still ?? joinWords());
      })}
    </div>
    ${corner(joining && !overlay)}`;
}

if (first.problem) {
  draw(() => refused(false));
  comeAgain();
} else {
  afterEach(() => {
    const box = document.getElementById('question-text');
    if (box) fit(box, 24, overlay ? innerHeight * 0.065 : Math.min(innerHeight * 0.16, innerWidth * 0.09));
    const list = /** @type {HTMLElement|null} */ (document.querySelector('.top ol'));
    if (list) fit(list, 16, innerHeight * (overlay ? 0.036 : 0.066));
    const posts = /** @type {HTMLElement|null} */ (document.querySelector('.cards'));
    if (posts) fit(posts, 14, innerHeight * (overlay ? 0.03 : 0.044));
    glide.settle();
  });
  draw(page);
  refit(drawNow);
  followView('screen');
  // The order may change, and a post come on the wall, after its rest though nothing comes any more.
  setInterval(() => ['top', 'wall', 'prompt'].includes(hall(store, pinned).scene) && drawNow(), 1000);
  awake();
}
