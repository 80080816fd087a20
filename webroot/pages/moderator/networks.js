// @ts-check
/** How the networks stand that the meeting follows; nothing at all where it follows none. */

import { html, nothing } from 'lit-html';
import { call } from '../../live/api.js';
import { icon } from '../../ui/icons.js';
import { networkNames, redraw } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { path } from './desk.js';
import { waitBeyond } from './older.js';

const EVERY_MS = 10_000;
/** A delay that nobody needs to know of. */
const SOON_MS = 5_000;

/** @type {any[]} */
let seen = [];
let late = false;

async function look() {
  if (!document.hidden) {
    try {
      const answer = await call('GET', `${path()}/networks`, { timeoutMs: 8_000 });
      seen = answer.networks;
      late = false;
      waitBeyond(answer.waiting);
    } catch {
      late = true;
    }
    redraw();
  }
}

export function followNetworks() {
  look();
  setInterval(look, EVERY_MS);
  document.addEventListener('visibilitychange', look);
}

/** @type {Record<string, {words: string, mark: string}>} */
const states = {
  off: { words: 'nets.off', mark: 'ended' },
  connecting: { words: 'nets.connecting', mark: 'catching' },
  repairing: { words: 'nets.repairing', mark: 'catching' },
  live: { words: 'nets.live', mark: 'live' },
  waiting: { words: 'nets.waiting', mark: 'catching' },
  failed: { words: 'nets.failed', mark: 'offline' },
};

/** @param {any} one */
function row(one) {
  const state = states[one.state] ?? states.off;
  const host = one.server ? new URL(one.server).host : '';
  const slow = one.lagMs > SOON_MS && one.state === 'live';
  return html`<li>
    <p class="net-line"><strong>${networkNames[one.network]}</strong> <bdi class="net-host">${host}</bdi>
      <span class="mark mark-${late ? 'catching' : state.mark}"><i></i><span>${t(late ? 'nets.late' : state.words)}</span></span></p>
    ${one.problem ? html`<p class="net-problem" lang="en" dir="auto">${one.problem}</p>` : nothing}
    ${slow ? html`<p class="hint">${t('nets.lag', { n: Math.round(one.lagMs / 1_000) })}</p>` : nothing}
  </li>`;
}

export function networks() {
  if (!seen.length) return nothing;
  return html`<section class="nets" aria-labelledby="nets-title">
    <h2 id="nets-title">${icon('globe')}${t('nets.title')}</h2>
    <ul>${seen.map(row)}</ul>
  </section>`;
}
