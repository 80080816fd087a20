// @ts-check
/** The slim side: what the hall sees, how busy it is, and what was done by whom. */

import { html, nothing, svg } from 'lit-html';
import { icon, qr } from '../../ui/icons.js';
import { first, redraw, session, store, zone } from '../../ui/page.js';
import { byId } from '../../ui/steady.js';
import { list, number, t, time } from '../../ui/words.js';
import { loadHistory, undo } from './acts.js';
import { caution } from './cautions.js';
import { desk, question, votes } from './desk.js';

const MINUTES = 20;

export function side() {
  return html`<aside class="side">
    ${preview()} ${numbers()} ${desk.side === 'history' ? history() : joinCard()}
  </aside>`;
}

function preview() {
  const staged = store.all('question/').find((q) => q.status === 'stage');
  // As the screen's page does it: the stage, else what most people ask, else how to join.
  const top = store
    .all('question/')
    .filter((q) => q.status === 'approved' || q.status === 'queued')
    .sort((a, b) => votes(b.id) - votes(a.id) || byId(a, b))
    .slice(0, 5);
  return html`<section aria-labelledby="preview-title">
    <h2 id="preview-title">${icon('eye')}${t('preview.title')}</h2>
    <div class="preview">
      ${staged
        ? html`<p class="preview-text" dir="auto">${staged.text}</p>
            <p class="preview-meta"><span dir="auto">${staged.author?.name ?? t('author.anonymous')}</span><span>${t('votes', { n: votes(staged.id) })}</span></p>`
        : top.length
          ? html`<ol class="preview-top">${top.map((q) => html`<li dir="auto">${q.text}</li>`)}</ol>`
          : html`<p class="preview-empty">${t('preview.empty')}</p>`}
    </div>
  </section>`;
}

function numbers() {
  return html`<section class="numbers">
    <div><strong>${number(store.live)}</strong><span>${t('numbers.people')}</span></div>
    <div><strong>${number(store.all('question/').length)}</strong><span>${t('numbers.questions')}</span></div>
    <div class="plot" role="img" aria-label=${t('numbers.plot', { n: MINUTES })}>${perMinute()}<span>${t('numbers.perMinute')}</span></div>
  </section>`;
}

/** Questions asked in each of the last minutes, as bars. */
function perMinute() {
  const counts = new Array(MINUTES).fill(0);
  for (const q of store.all('question/')) {
    const ago = Math.floor((store.time() - Date.parse(q.askedAt)) / 60_000);
    if (ago >= 0 && ago < MINUTES) counts[MINUTES - 1 - ago] += 1;
  }
  const most = Math.max(1, ...counts);
  return html`<svg viewBox="0 0 ${MINUTES * 5} 30" preserveAspectRatio="none" aria-hidden="true">
    ${counts.map((n, i) => svg`<rect x=${i * 5} width="3.6" y=${29 - (28 * n) / most} height=${1 + (28 * n) / most} rx="0.8"></rect>`)}
  </svg>`;
}

function joinCard() {
  const now = session();
  if (!now.joinCode) return nothing;
  return html`<section class="join">
    ${first.qr ? qr(first.qr, t('join.qr', { code: now.joinCode })) : nothing}
    <div>
      <span class="over">${t('join.at', { host: new URL(first.origin ?? location.origin).host })}</span>
      <strong class="code">${now.joinCode}</strong>
      <a href=${`/s/${now.joinCode}`} target="_blank" rel="noopener">${t('join.attendee')}</a>
      <a href=${`/speak/${now.id}`} target="_blank" rel="noopener">${t('join.speaker')}</a>
      <a href=${`/screen/${now.id}`} target="_blank" rel="noopener">${t('join.screen')}</a>
    </div>
  </section>`;
}

export function switchHistory() {
  desk.side = desk.side === 'history' ? 'rail' : 'history';
  if (desk.side === 'history') loadHistory();
  redraw();
}

/** @type {Record<string, string>} */
const actions = { move: 'log.move', edit: 'log.edit', merge: 'log.merge', undo: 'log.undo', withdraw: 'log.withdraw' };

/** @type {Record<string, string>} */
const statuses = {
  incoming: 'column.incoming',
  approved: 'column.approved',
  queued: 'column.queued',
  stage: 'column.stage',
  answered: 'status.answered',
  dismissed: 'status.dismissed',
  merged: 'status.merged',
};

function history() {
  return html`<section class="history" aria-labelledby="history-title">
    <h2 id="history-title">${icon('history')}${t('history.title')}</h2>
    ${desk.history.length ? html`<ol>${desk.history.map(entry)}</ol>` : html`<p class="empty">${t('history.none')}</p>`}
  </section>`;
}

/** @param {any} one */
function entry(one) {
  const what = (one.questions ?? []).at(-1) ?? {};
  const to = what.to?.status;
  const said = to && statuses[to] ? t('log.movedTo', { to: t(statuses[to]) }) : t(actions[one.action] ?? 'log.edit');
  const undoable = !one.undoneBy && ['move', 'edit', 'merge'].includes(one.action);
  return html`<li class=${one.undoneBy ? 'undone' : ''}>
    <div>
      <p><strong dir="auto">${one.by?.name ?? one.by}</strong> ${said}</p>
      <p class="quote" dir="auto">${question(what.id)?.text ?? ''}</p>
      ${what.despite ? html`<p class="meta">${t('log.despite', { cautions: list(what.despite.map(caution)) })}</p>` : nothing}
      <p class="meta">${time(one.at, zone(), { hour: '2-digit', minute: '2-digit', second: '2-digit' })}</p>
    </div>
    ${undoable ? html`<button type="button" class="quiet-button small" @click=${() => undo(one.id, one.questions.map((/** @type {any} */ q) => q.id), said)}>${t('undo')}</button>` : nothing}
  </li>`;
}
