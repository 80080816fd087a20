// @ts-check
/** What is said under the meeting's hashtags on the networks: plots, tables, gaps. */

import { html, nothing } from 'lit-html';
import { call } from '../../live/api.js';
import { plot } from '../../ui/plot.js';
import { redraw } from '../../ui/page.js';
import { list, number, t, time } from '../../ui/words.js';
import { guard, loadGuard } from './guard.js';
import { networks, tryOut } from './tryout.js';
import { work } from './work.js';

const EVERY_MS = 10_000;
const LISTED = 10;
const WHEN = /** @type {const} */ ({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });

const spans = [
  { query: '?window=60', words: 'tags.hour' },
  { query: '?window=1440', words: 'tags.day' },
  { query: '?', words: 'tags.all' },
];

/** @type {{of: string|null, span: string, seen: any, late: boolean, timer: number}} */
const now = { of: null, span: '?window=60', seen: null, late: false, timer: 0 };

const looking = () => work.tab === 'hashtags' && !work.creating && work.meeting?.id === now.of;

async function look() {
  clearTimeout(now.timer);
  if (!looking()) {
    now.of = null;
    return;
  }
  if (!document.hidden) {
    const { of, span } = now;
    try {
      const seen = await call('GET', `/api/meetings/${of}/hashtags${span}`, { timeoutMs: 8_000 });
      if (of === now.of && span === now.span) Object.assign(now, { seen, late: false });
    } catch {
      now.late = true;
    }
    redraw();
  }
  clearTimeout(now.timer);
  now.timer = setTimeout(look, EVERY_MS);
}

document.addEventListener('visibilitychange', () => !document.hidden && now.of && look());

/** @param {string} span */
function choose(span) {
  now.span = span;
  look();
  redraw();
}

/** Every point of the time, with zeros where nobody wrote. @param {any} figures */
function points({ series, from, until, step }) {
  const width = step * 1000;
  const first = series.length ? Date.parse(series[0].at) : Date.parse(from);
  const start = first - Math.floor((first - Date.parse(from)) / width) * width;
  const at = [];
  for (let time = start; time < Date.parse(until); time += width) at.push(time);
  const known = new Map(series.map((/** @type {any} */ point) => [Date.parse(point.at), point]));
  /** @param {(point: any) => number} value */
  const values = (value) => at.map((time) => (known.has(time) ? value(known.get(time)) : 0));
  return { at, values };
}

/** @param {any} figures */
function plots(figures) {
  const zone = work.meeting.timeZone;
  const { at, values } = points(figures);
  const posts = { kind: /** @type {const} */ ('bars'), values: values((point) => point.posts) };
  const all = { kind: /** @type {const} */ ('bars'), values: values((point) => point.posts + point.reposts), tone: '--accent-soft' };
  return html`<figure class="tag-plot">
      <figcaption><span>${t('tags.plotPosts')}</span><span class="key key-posts">${t('tags.posts')}</span><span class="key key-reposts">${t('tags.reposts')}</span></figcaption>
      ${plot({ series: [all, posts], at, axes: true, zone }, t('tags.plotPosts'))}
    </figure>
    <figure class="tag-plot">
      <figcaption><span>${t('tags.plotPeople')}</span></figcaption>
      ${plot({ series: [{ values: values((point) => point.people), fill: '--accent-soft' }], at, axes: true, zone }, t('tags.plotPeople'))}
    </figure>`;
}

/** @param {any} figures */
function totals({ totals, peak, first }) {
  const zone = work.meeting.timeZone;
  const counts = [
    ['tags.posts', totals.posts],
    ['tags.reposts', totals.reposts],
    ['tags.people', totals.people],
    ['tags.strays', totals.strays],
  ];
  return html`<dl class="tallies">${counts.map(([words, n]) => html`<div><dt>${t(words)}</dt><dd>${number(n)}</dd></div>`)}</dl>
    ${peak ? html`<p class="hint">${t('tags.peak', { time: time(peak.at, zone, WHEN), n: peak.posts + peak.reposts })}</p>` : nothing}
    ${first ? html`<p class="hint">${t('tags.first', { time: time(first.at, zone, WHEN), who: first.handle ?? networks[first.network] })}</p>` : nothing}`;
}

/**
 * @param {string} title
 * @param {string[]} heads of its columns
 * @param {any[][]} rows a name, then numbers or words
 * @param {boolean} [wide] across the page
 */
function table(title, heads, rows, wide = false) {
  return html`<section class="sheet tag-table ${wide ? 'whole' : ''}">
    <h2>${title}</h2>
    ${rows.length
      ? html`<table>
          <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
          <tbody>${rows.slice(0, LISTED).map(([name, ...values]) => html`<tr><th scope="row"><bdi>${name}</bdi></th>${values.map((value) => html`<td>${typeof value === 'number' ? number(value) : value}</td>`)}</tr>`)}</tbody>
        </table>`
      : html`<p class="hint">${t('tags.nothing')}</p>`}
  </section>`;
}

/** @param {string} code */
function language(code) {
  if (code === 'und') return t('tags.unknown');
  try {
    return new Intl.DisplayNames(document.documentElement.lang, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** @param {any} figures */
function tables(figures) {
  const counted = [t('tags.tag'), t('tags.posts'), t('tags.reposts'), t('tags.people')];
  /** @param {any} one */
  const row = (one) => [`#${one.tag}`, one.posts, one.reposts, one.people];
  const zone = work.meeting.timeZone;
  return html`<div class="tag-tables">
    ${table(t('tags.rising'), [t('tags.tag'), t('tags.people'), t('tags.expected')], figures.rising.map((/** @type {any} */ one) => [`#${one.tag}`, one.people, one.expected]))}
    ${table(t('tags.top'), counted, figures.top.map(row))}
    ${table(t('tags.together'), counted, figures.together.map(row))}
    ${table(t('tags.contributors'), [t('tags.who'), t('tags.posts'), t('tags.reposts')], figures.contributors.map((/** @type {any} */ one) => [one.name ?? one.handle ?? networks[one.network], one.posts, one.reposts]))}
    ${table(t('tags.mentions'), [t('tags.who'), t('tags.posts')], figures.mentions.map((/** @type {any} */ one) => [`@${one.handle}`, one.posts]))}
    ${table(t('tags.hosts'), [t('tags.host'), t('tags.posts')], figures.hosts.map((/** @type {any} */ one) => [one.host, one.posts]))}
    ${table(t('tags.languages'), [t('tags.language'), t('tags.posts')], figures.languages.map((/** @type {any} */ one) => [language(one.language), one.posts]))}
    ${table(t('tags.gaps'), [t('tags.network'), t('tags.from'), t('tags.until'), t('tags.why')], figures.gaps.map((/** @type {any} */ one) => [networks[one.network], time(one.since, zone, WHEN), time(one.until, zone, WHEN), one.why]), true)}
  </div>`;
}

/** @param {any} figures */
const untypable = ({ tags }) =>
  tags
    .filter((/** @type {any} */ one) => one.untypable.length)
    .map((/** @type {any} */ one) => html`<p class="warn" role="note">${t('tags.untypable', { tag: one.tag, networks: list(one.untypable.map((/** @type {string} */ id) => networks[id])) })}</p>`);

export function hashtags() {
  if (now.of !== work.meeting.id) {
    Object.assign(now, { of: work.meeting.id, seen: null, late: false });
    look();
    loadGuard();
  }
  const { seen, late, span } = now;
  const asOf = seen && time(seen.asOf, work.meeting.timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return html`<div class="rooms-head">
      <div class="segments" role="group" aria-label=${t('tags.span')}>
        ${spans.map((one) => html`<button type="button" aria-pressed=${one.query === span} @click=${() => choose(one.query)}>${t(one.words)}</button>`)}
      </div>
      ${seen ? html`<p class="mark ${late ? 'mark-offline' : 'mark-live'}"><i></i><span>${t('rooms.asOf', { time: asOf })}</span></p>` : nothing}
    </div>
    ${seen
      ? html`${seen.tags.length ? untypable(seen) : html`<p class="empty">${t('tags.none')}</p>`}
          <section class="sheet wide-sheet">${totals(seen)} ${plots(seen)}</section>
          ${tables(seen)}`
      : html`<p class="empty">${t(late ? 'tags.late' : 'tags.loading')}</p>`}
    <div class="two-sheets">${guard()} ${tryOut()}</div>`;
}
