// @ts-check
/** What is said under the session's hashtags on the networks, as the server counts it. */

import { html, nothing } from 'lit-html';
import { call } from '../../live/api.js';
import { plot } from '../../ui/plot.js';
import { redraw, session } from '../../ui/page.js';
import { number, t } from '../../ui/words.js';

const EVERY_MS = 10_000;
const MINUTES = 60;
const LISTED = 5;

/** @type {{figures: any, late: boolean}} */
const said = { figures: null, late: false };

const follows = () => Boolean(session().hashtags?.length || session().meeting?.hashtags?.length);

/** Asks now, and again every {@link EVERY_MS} while somebody looks and there is a hashtag. */
export function followHashtags() {
  look();
  setInterval(look, EVERY_MS);
  document.addEventListener('visibilitychange', look);
}

async function look() {
  if (document.hidden || !follows()) return;
  try {
    const figures = await call('GET', `/api/sessions/${session().id}/hashtags?window=${MINUTES}`, { timeoutMs: 8_000 });
    Object.assign(said, { figures, late: false });
  } catch {
    said.late = true;
  }
  redraw();
}

/** Posts and reposts of each minute, nothing left out. @param {any} figures */
function perMinute({ series, until }) {
  const end = Math.floor(Date.parse(until) / 60_000);
  const posts = new Array(MINUTES).fill(0);
  const all = new Array(MINUTES).fill(0);
  for (const point of series) {
    const i = MINUTES - 1 - (end - Math.floor(Date.parse(point.at) / 60_000));
    if (i < 0 || i >= MINUTES) continue;
    posts[i] = point.posts;
    all[i] = point.posts + point.reposts;
  }
  return { posts, all };
}

/** @param {string} title @param {any[]} tags @param {string} [column] what is counted beside people */
function table(title, tags, column) {
  if (!tags.length) return nothing;
  return html`<table class="tagged">
    <caption>${title}</caption>
    <thead><tr><th scope="col"><span class="sr">${t('said.tag')}</span></th>${column ? html`<th scope="col">${column}</th>` : nothing}<th scope="col">${t('said.people')}</th></tr></thead>
    <tbody>
      ${tags.slice(0, LISTED).map(
        (one) => html`<tr><th scope="row"><bdi>#${one.tag}</bdi></th>${column ? html`<td>${number(one.posts)}</td>` : nothing}<td>${number(one.people)}</td></tr>`,
      )}
    </tbody>
  </table>`;
}

/** The section; nothing while no hashtag is followed. */
export function hashtags() {
  if (!follows()) return nothing;
  const { figures, late } = said;
  const { posts, all } = figures ? perMinute(figures) : { posts: [0], all: [0] };
  return html`<section class="numbers" aria-labelledby="said-title">
    <h2 id="said-title">${t('said.title')}</h2>
    ${late ? html`<p class="meta">${t('said.late')}</p>` : nothing}
    ${figures
      ? html`<div class="plot" role="img" aria-label=${t('said.plot', { n: MINUTES })}>
            <strong>${number(all.at(-2) ?? 0)}</strong>${plot({ series: [{ kind: 'bars', values: all, tone: '--accent-soft' }, { kind: 'bars', values: posts }] })}<span>${t('said.perMinute')}</span>
          </div>
          <dl class="said-sum">
            <div><dt>${t('said.posts')}</dt><dd>${number(figures.totals.posts)}</dd></div>
            <div><dt>${t('said.reposts')}</dt><dd>${number(figures.totals.reposts)}</dd></div>
            <div><dt>${t('said.people')}</dt><dd>${number(figures.totals.people)}</dd></div>
          </dl>
          ${table(t('said.rising'), figures.rising)} ${table(t('said.top'), figures.top, t('said.posts'))}`
      : nothing}
  </section>`;
}
