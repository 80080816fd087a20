// @ts-check
/** A meeting's code: what is live now, and what else there is to choose from. */

import { html, nothing } from 'lit-html';
import { legal } from '../../ui/legal.js';
import { first, zone } from '../../ui/page.js';
import { t, time } from '../../ui/words.js';
import { meetingIsOver, thanks } from './states.js';

const LATER_MAX = 50;

export function choose() {
  const list = first.sessions ?? [];
  const of = (/** @type {string} */ state) => list.filter((/** @type {any} */ one) => one.state === state);
  return html`<header class="head"><h1 dir="auto">${first.meeting?.name}</h1></header>
    <div class="column">
      ${part(t('choose.live'), of('live'), true)} ${part(t('choose.open'), of('open'), false)}
      ${part(t('choose.later'), of('scheduled').slice(0, LATER_MAX), false)}
      ${list.length ? nothing : meetingIsOver() ? thanks() : html`<p class="empty">${t('choose.none')}</p>`}
      <footer class="foot"><a href="/">${t('otherCode')}</a>${legal()}</footer>
    </div>`;
}

/** @param {string} title @param {any[]} list @param {boolean} hot */
function part(title, list, hot) {
  if (!list.length) return nothing;
  return html`<section class="choose">
    <h2>${hot ? html`<i></i>` : nothing}${title}</h2>
    <ul class="cards">
      ${list.map((one) => html`<li><a class="card ${hot ? 'hot' : ''}" href=${`/s/${one.joinCode}`}>${line(one)}</a></li>`)}
    </ul>
  </section>`;
}

/** @param {any} one */
function line(one) {
  const day = { weekday: 'short', hour: '2-digit', minute: '2-digit' };
  return html`<span class="card-text">
    <strong dir="auto">${one.title}</strong>
    <span class="meta">
      ${one.startsAt ? html`<span>${time(one.startsAt, zone(), /** @type {any} */ (day))}</span>` : nothing}
      ${one.room ? html`<span dir="auto">${one.room}</span>` : nothing}
    </span>
  </span>`;
}
