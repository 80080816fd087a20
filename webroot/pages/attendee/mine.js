// @ts-check
/** My questions with their fate in words, and those that are still on their way. */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { command } from '../../live/api.js';
import { explain, redraw, session, store, toast } from '../../ui/page.js';
import { byId } from '../../ui/steady.js';
import { t } from '../../ui/words.js';
import { fill, signedIn, visit } from './asking.js';

/** @type {Record<string, {words: string, tone: string}>} */
const fates = {
  incoming: { words: 'fate.incoming', tone: 'wait' },
  approved: { words: 'fate.approved', tone: 'good' },
  queued: { words: 'fate.queued', tone: 'queued' },
  stage: { words: 'fate.stage', tone: 'stage' },
  answered: { words: 'fate.answered', tone: 'good' },
  dismissed: { words: 'fate.dismissed', tone: 'bad' },
  merged: { words: 'fate.merged', tone: 'queued' },
};

/** @type {Record<string, string>} */
const reasons = {
  duplicate: 'reason.duplicate',
  'off-topic': 'reason.off-topic',
  unclear: 'reason.unclear',
  unsuitable: 'reason.unsuitable',
  'no-time': 'reason.no-time',
};

export function mySection() {
  const mine = store.all('mine/').filter((one) => one.status !== 'withdrawn').sort((a, b) => byId(b, a));
  // The stream may tell of a question before the answer to it is here: it is shown once.
  const here = new Set(mine.map((one) => one.text));
  const waiting = (visit.outbox?.items ?? []).filter((item) => item.state !== 'sending' || !here.has(item.text));
  if (!mine.length && !waiting.length) return nothing;
  return html`<section class="mine" aria-labelledby="mine-title">
    <h2 id="mine-title">${t('mine.title')}</h2>
    <ul>
      ${repeat(waiting, (item) => item.key, onItsWay)}
      ${repeat(mine, (one) => one.id, mineItem)}
    </ul>
  </section>`;
}

/** @param {any} one */
function mineItem(one) {
  const over = one.status === 'stage' && session().state === 'closed';
  const fate = fates[over ? 'answered' : one.status] ?? fates.incoming;
  const why = one.reason ? (reasons[one.reason] ? t(reasons[one.reason]) : one.reason) : null;
  return html`<li class="fate fate-${fate.tone}">
    <p dir="auto">${one.text}</p>
    <p class="meta">
      <strong>${t(fate.words)}</strong>
      ${why ? html`<span dir="auto">${why}</span>` : nothing}
      ${one.mergedInto
        ? html`<a href=${`#q-${one.mergedInto}`}>${t('mine.mergedLink')}</a>`
        : nothing}
      ${one.status === 'incoming'
        ? html`<button type="button" class="link" @click=${() => withdraw(one.id)}>${t('mine.withdraw')}</button>`
        : nothing}
    </p>
  </li>`;
}

/** @param {string} id */
async function withdraw(id) {
  try {
    await signedIn(() => command('DELETE', `/api/sessions/${session().id}/questions/${id}`));
    store.own.delete(`mine/${id}`);
    redraw();
    toast(t('mine.withdrawn'));
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
}

/** A refused one back into the box. @param {string} key */
function reword(key) {
  const item = visit.outbox?.take(key);
  if (item) fill(item.text);
}

/** One that is not sent yet, or was refused. @param {any} item */
function onItsWay(item) {
  const words = {
    refused: t('fate.refused'),
    stale: t('fate.stale'),
    sending: t('fate.sending'),
    waiting: t('fate.waiting'),
  }[/** @type {'waiting'} */ (item.state)];
  const stuck = item.state === 'refused' || item.state === 'stale';
  return html`<li class="fate ${stuck ? 'fate-bad' : 'fate-wait'}">
    <p dir="auto">${item.text}</p>
    <p class="meta">
      <strong>${words}</strong>
      ${item.state === 'refused' ? html`<span dir="auto">${item.why}</span>` : nothing}
    </p>
    ${item.state === 'waiting'
      ? html`<button type="button" class="quiet-button" @click=${() => visit.outbox?.flush()}>${t('fate.retry')}</button>`
      : nothing}
    ${stuck
      ? html`<p class="row">
          <button type="button" class="quiet-button" @click=${() => reword(item.key)}>${t('fate.reword')}</button>
          <button type="button" class="quiet-button" @click=${() => visit.outbox?.take(item.key)}>${t('fate.discard')}</button>
        </p>`
      : nothing}
  </li>`;
}
