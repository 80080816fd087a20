// @ts-check
/** How busy it is, as small plots: questions a minute, people, and what most people want. */

import { html, nothing } from 'lit-html';
import { plot } from '../../ui/plot.js';
import { store } from '../../ui/page.js';
import { number, t } from '../../ui/words.js';
import { questions, votes } from './desk.js';

const MINUTES = 20;
const SAMPLE_MS = 15_000;
const SAMPLES = (MINUTES * 60_000) / SAMPLE_MS;
/** People in the room, as this page has heard it. @type {number[]} */
const people = [];

/** Notes how many people are here; every {@link SAMPLE_MS}. */
export function sample() {
  people.push(store.live);
  if (people.length > SAMPLES) people.shift();
}

export function plots() {
  const counts = perMinute();
  return html`<section class="numbers" aria-label=${t('numbers.title')}>
    <div class="plot" role="img" aria-label=${t('numbers.peopleNow', { n: store.live })}>
      <strong>${number(store.live)}</strong>${plot(line())}<span>${t('numbers.people')}</span>
    </div>
    <div class="plot" role="img" aria-label=${t('numbers.plot', { n: MINUTES })}>
      <strong>${number(counts.at(-1) ?? 0)}</strong>${plot({ series: [{ kind: 'bars', values: counts }] })}<span>${t('numbers.perMinute')}</span>
    </div>
    ${tallies()}
  </section>`;
}

/** Questions asked in each of the last minutes. */
function perMinute() {
  const counts = new Array(MINUTES).fill(0);
  for (const q of questions()) {
    const ago = Math.floor((store.time() - Date.parse(q.askedAt)) / 60_000);
    if (ago >= 0 && ago < MINUTES) counts[MINUTES - 1 - ago] += 1;
  }
  return counts;
}

/** People over as many minutes as there can be, with nothing where this page was not open yet. */
function line() {
  /** @type {null[]} */
  const unknown = new Array(SAMPLES - people.length).fill(null);
  return { series: [{ values: [...unknown, ...people], fill: '--accent-soft' }] };
}

/** The public questions with most votes, as bars with their numbers. */
function tallies() {
  const top = questions()
    .filter((q) => ['approved', 'queued', 'stage'].includes(q.status) && votes(q.id) > 0)
    .sort((a, b) => votes(b.id) - votes(a.id))
    .slice(0, 5);
  if (!top.length) return nothing;
  return html`<div class="tallies">
    ${plot({ series: [{ kind: 'rows', values: top.map((q) => votes(q.id)), tone: '--accent-soft' }] })}
    <ol aria-label=${t('numbers.tallies')}>
      ${top.map((q) => html`<li><span dir="auto">${q.text}</span><strong>${number(votes(q.id))}</strong></li>`)}
    </ol>
  </div>`;
}
