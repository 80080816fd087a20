// @ts-check
/** What was done by whom, and taking it back. */

import { html, nothing } from 'lit-html';
import { call } from '../../live/api.js';
import { icon } from '../../ui/icons.js';
import { explain, redraw, toast, zone } from '../../ui/page.js';
import { list, t, time } from '../../ui/words.js';
import { told } from './acts.js';
import { caution } from './cautions.js';
import { desk, path, places, question, touched } from './desk.js';
import { follow } from './focus.js';
import { confirm, deliver, settled } from './send.js';

const PAGE = 50;

/** The act before may still be on its way: what was done last is taken back all the same. */
export async function undoLast() {
  await settled();
  const last = desk.undoable.pop();
  if (!last) return toast(t('undo.nothing'), { slot: 'act' });
  await undo(last.entry, last.ids, last.text);
}

/** @param {string} entry @param {string[]} ids @param {string} text */
export async function undo(entry, ids, text) {
  desk.undoable = desk.undoable.filter((one) => one.entry !== entry);
  for (const id of ids) touched(id);
  try {
    const answer = await deliver({ method: 'POST', path: `${path()}/log/${entry}/undo` });
    for (const one of answer?.questions ?? []) confirm(one.id, answer.version);
    toast(t('undo.done', { text }), { slot: 'act' });
    if (ids[0]) follow(ids[0]);
  } catch (error) {
    toast(told(error), { tone: 'bad', slot: 'act' });
  }
  if (desk.side === 'history') await loadHistory();
  redraw();
}

export function switchHistory() {
  desk.side = desk.side === 'history' ? 'rail' : 'history';
  desk.sideShown = desk.side === 'history';
  if (desk.side === 'history') loadHistory();
  redraw();
}

/** The newest, or the page after the oldest there is. @param {boolean} [more] */
export async function loadHistory(more = false) {
  const after = more ? `&after=${desk.history.at(-1)?.id}` : '';
  try {
    const log = await call('GET', `${path()}/log?limit=${PAGE}${after}`);
    const entries = log.entries ?? [];
    desk.history = more ? [...desk.history, ...entries] : entries;
    desk.historyMore = entries.length === PAGE;
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  redraw();
}

let due = false;
/** Somebody did something: the open panel follows, at most once a second. */
export function refreshHistory() {
  if (due || desk.side !== 'history' || desk.history.length > PAGE) return;
  due = true;
  setTimeout(() => ((due = false), loadHistory()), 1000);
}

/** @type {Record<string, string>} */
const actions = {
  move: 'log.move',
  edit: 'log.edit',
  merge: 'log.merge',
  undo: 'log.undo',
  withdraw: 'log.withdraw',
  ask: 'log.ask',
  carry: 'log.carry',
};

export function history() {
  return html`<section class="history" aria-labelledby="history-title">
    <h2 id="history-title">${icon('history')}${t('history.title')}</h2>
    ${desk.history.length ? html`<ol>${desk.history.map(entry)}</ol>` : html`<p class="empty">${t('history.none')}</p>`}
    ${desk.historyMore ? html`<button type="button" class="quiet-button wide" @click=${() => loadHistory(true)}>${t('history.more')}</button>` : nothing}
  </section>`;
}

/** @param {any} one */
function said(one) {
  const what = (one.questions ?? []).at(-1) ?? {};
  const to = what.to?.status;
  const plain = one.action === 'move' || one.action === 'undo';
  if (plain && to && places[to]) {
    return t(one.action === 'undo' ? 'log.undoTo' : 'log.movedTo', { to: t(places[to]) });
  }
  return t(actions[one.action] ?? 'log.edit');
}

/** @param {any} one */
function entry(one) {
  const ids = (one.questions ?? []).map((/** @type {any} */ q) => q.id);
  const words = said(one);
  const text = question(ids.at(-1))?.text ?? '';
  const undoable = !one.undoneBy && one.action !== 'withdraw';
  return html`<li class=${one.undoneBy ? 'undone' : ''}>
    <div>
      <p><strong dir="auto">${one.by?.name ?? one.by}</strong> ${words}${ids.length > 1 ? html` <span class="count">${t('history.count', { n: ids.length })}</span>` : nothing}</p>
      <p class="quote" dir="auto">${text}</p>
      ${despite(one)}
      <p class="meta">${time(one.at, zone(), { hour: '2-digit', minute: '2-digit', second: '2-digit' })}</p>
    </div>
    ${undoable
      ? html`<button type="button" class="quiet-button small" aria-label=${t('undo.what', { text: words })} @click=${() => undo(one.id, ids, words)}>${t('undo')}</button>`
      : nothing}
  </li>`;
}

/** What screening had to say against it. @param {any} one */
function despite(one) {
  /** @type {Set<string>} */
  const rules = new Set((one.questions ?? []).flatMap((/** @type {any} */ q) => q.despite ?? []));
  return rules.size ? html`<p class="meta">${t('log.despite', { cautions: list([...rules].map(caution)) })}</p>` : nothing;
}
