// @ts-check
/** How busy it is, as small plots: questions a minute, people, and what most people want. */

import { html, nothing, svg } from 'lit-html';
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
      <strong>${number(store.live)}</strong>${line(people)}<span>${t('numbers.people')}</span>
    </div>
    <div class="plot" role="img" aria-label=${t('numbers.plot', { n: MINUTES })}>
      <strong>${number(counts.at(-1) ?? 0)}</strong>${bars(counts)}<span>${t('numbers.perMinute')}</span>
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

/** @param {number[]} counts */
function bars(counts) {
  const most = Math.max(1, ...counts);
  return html`<svg viewBox="0 0 ${MINUTES * 5} 30" preserveAspectRatio="none" aria-hidden="true">
    ${counts.map((n, i) => svg`<rect x=${i * 5} width="3.6" y=${29 - (28 * n) / most} height=${1 + (28 * n) / most} rx="0.8"></rect>`)}
  </svg>`;
}

/** @param {number[]} values */
function line(values) {
  const most = Math.max(1, ...values);
  // A single value is a short line, not nothing.
  const all = values.length === 1 ? [values[0], values[0]] : values;
  const points = all.map((n, i) => `${((i + SAMPLES - all.length + 1) * 100) / SAMPLES},${29 - (27 * n) / most}`);
  return html`<svg viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<polyline class="line" points=${points.join(' ')} vector-effect="non-scaling-stroke"></polyline>`}
  </svg>`;
}

/** The public questions with most votes, as bars with their numbers. */
function tallies() {
  const top = questions()
    .filter((q) => ['approved', 'queued', 'stage'].includes(q.status) && votes(q.id) > 0)
    .sort((a, b) => votes(b.id) - votes(a.id))
    .slice(0, 5);
  if (!top.length) return nothing;
  const most = votes(top[0].id);
  return html`<ol class="tallies" aria-label=${t('numbers.tallies')}>
    ${top.map(
      (q) => html`<li>
        <span dir="auto">${q.text}</span><strong>${number(votes(q.id))}</strong>
        <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${svg`<rect width=${(100 * votes(q.id)) / most} height="4" rx="1"></rect>`}</svg>
      </li>`,
    )}
  </ol>`;
}
