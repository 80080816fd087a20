// @ts-check
/** The networks that a meeting follows and posts to, and how each stands; refreshed by itself. */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { call, command, intentKey } from '../../live/api.js';
import { explain, networkNames, redraw, toast } from '../../ui/page.js';
import { age, number, t, time } from '../../ui/words.js';
import { accountDialog, openAccount } from './account.js';
import { show, work } from './work.js';

const EVERY_MS = 3_000;

/** @type {{of: string|null, accounts: any[]|null, late: boolean, timer: number}} */
const now = { of: null, accounts: null, late: false, timer: 0 };

const looking = () => work.tab === 'networks' && !work.creating && work.meeting?.id === now.of;
const path = () => `/api/meetings/${work.meeting.id}/networks`;

async function look() {
  clearTimeout(now.timer);
  if (!looking()) {
    now.of = null;
    return;
  }
  if (!document.hidden) {
    const { of } = now;
    try {
      const { accounts } = await call('GET', path(), { timeoutMs: 8_000 });
      if (of === now.of) Object.assign(now, { accounts, late: false });
    } catch {
      now.late = true;
    }
    redraw();
  }
  clearTimeout(now.timer);
  now.timer = setTimeout(look, EVERY_MS);
}

document.addEventListener('visibilitychange', () => !document.hidden && now.of && look());

/** Every hashtag of the meeting and its sessions, each once. @returns {string[]} */
function tags() {
  const all = [work.meeting, ...work.sessions].flatMap((one) => one.hashtags ?? []).map((tag) => tag.replace(/^[#＃]/, ''));
  return [...new Map(all.map((tag) => [tag.toLowerCase(), tag])).values()];
}

/** @type {Record<string, {words: string, tone: string}>} */
const states = {
  off: { words: 'net.state.starting', tone: '' },
  connecting: { words: 'net.state.connecting', tone: 'chip-warn' },
  repairing: { words: 'net.state.repairing', tone: 'chip-warn' },
  live: { words: 'net.state.live', tone: 'chip-good' },
  waiting: { words: 'net.state.waiting', tone: 'chip-warn' },
  failed: { words: 'net.state.failed', tone: 'chip-bad' },
};

/** @param {any} one */
function stateOf(one) {
  if (!one.reads) return { words: one.posts ? 'net.state.posts' : 'net.state.off', tone: '' };
  if (!tags().length) return { words: 'net.state.idle', tone: '' };
  return states[one.state] ?? states.off;
}

/** What somebody calls an account. @param {any} one */
function nameOf(one) {
  const where = one.server ? new URL(one.server).host : '';
  return [networkNames[one.network], one.handle ? `@${one.handle}` : where].filter(Boolean).join(' · ');
}

/** @param {number} ms */
function delay(ms) {
  if (ms < 1_000) return t('net.lag.none');
  return ms < 120_000 ? t('net.lag.seconds', { n: Math.round(ms / 1_000) }) : age(ms);
}

/** @param {number} dollars */
const money = (dollars) => number(Math.round(dollars * 100) / 100);

/** @param {any} one @returns {[string, string][]} */
function figures(one) {
  /** @type {[string, string][]} */
  const all = [];
  if (one.reads) {
    if (one.lagMs !== undefined) all.push(['net.lag', delay(one.lagMs)]);
    all.push(['net.gaps', number(one.gaps)], ['net.reconnects', number(one.reconnects)]);
  }
  if (one.headroom) {
    const { remaining, limit, resetsAt } = one.headroom;
    all.push(['net.headroom', t('net.headroom.of', { remaining, limit, time: time(resetsAt, work.meeting.timeZone) })]);
  }
  if (one.capDollars !== undefined) {
    all.push(['net.spent', t('net.spent.of', { spent: money(one.spentDollars ?? 0), cap: money(one.capDollars) })]);
  }
  return all;
}

/** @param {any} one */
function account(one) {
  const state = stateOf(one);
  const name = nameOf(one);
  return html`<li class="net net-${one.state}">
    <div class="net-head">
      <h3 dir="auto">${name}</h3>
      <span class="chip ${state.tone}">${t(state.words)}</span>
      ${one.reads && one.posts ? html`<span class="chip">${t('net.posting')}</span>` : nothing}
    </div>
    ${one.problem ? html`<p class="net-problem" role="status" lang="en" dir="auto">${one.problem}</p>` : nothing}
    <dl class="net-figures">${figures(one).map(([words, value]) => html`<div><dt>${t(words)}</dt><dd>${value}</dd></div>`)}</dl>
    <div class="row">
      <button type="button" class="quiet-button" aria-label=${t('net.change', { name })} @click=${() => openAccount(one.network, one, look)}>${t('net.changeShort')}</button>
      <button type="button" class="quiet-button danger-quiet" aria-label=${t('net.remove', { name })} @click=${() => askRemoval(one)}>${t('net.removeShort')}</button>
    </div>
  </li>`;
}

let busy = false;
/** One intent: a second press of the button is the same account. */
let key = intentKey();

async function followBluesky() {
  busy = true;
  redraw();
  try {
    await command('POST', path(), { body: { network: 'bluesky' }, key });
    key = intentKey();
    toast(t('net.added', { name: networkNames.bluesky }));
    await look();
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  busy = false;
  redraw();
}

/** The account that may be about to go. @type {any} */
let leaving = null;
const removal = () => /** @type {HTMLDialogElement|null} */ (document.getElementById('net-remove'));

/** @param {any} one */
function askRemoval(one) {
  leaving = one;
  redraw();
  requestAnimationFrame(() => removal()?.showModal());
}

/** @param {Event} event */
async function remove(event) {
  event.preventDefault();
  const one = leaving;
  busy = true;
  redraw();
  try {
    await command('DELETE', `${path()}/${one.id}`);
    removal()?.close();
    toast(t('net.removed', { name: nameOf(one) }));
    await look();
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  busy = false;
  redraw();
}

function removalDialog() {
  return html`<dialog id="net-remove" aria-labelledby="net-remove-title">
    <form @submit=${remove}>
      <h2 id="net-remove-title">${t('net.removeAsk', { name: leaving ? nameOf(leaving) : '' })}</h2>
      <p>${t('net.removeWhat')}</p>
      <div class="row-end">
        <button type="button" class="quiet-button" @click=${() => removal()?.close()}>${t('cancel')}</button>
        <button class="primary danger" ?disabled=${busy}>${t('net.removeNow')}</button>
      </div>
    </form>
  </dialog>`;
}

/** Where accounts are added: what each network asks for, before anybody opens a form. */
function adding() {
  const open = (/** @type {string} */ network) => () => openAccount(network, null, look);
  const followed = (now.accounts ?? []).some((one) => one.network === 'bluesky' && one.reads);
  return html`<section class="sheet" aria-labelledby="net-add">
    <h2 id="net-add">${t('net.add')}</h2>
    <div class="net-kind"><div><h3>Bluesky</h3><p class="hint">${t('net.bluesky.why')}</p></div>
      <div class="row">
        ${followed ? nothing : html`<button type="button" class="primary" ?disabled=${busy} @click=${followBluesky}>${t('net.bluesky.follow')}</button>`}
        <button type="button" class="quiet-button" @click=${open('bluesky')}>${t('net.bluesky.open')}</button>
      </div></div>
    <div class="net-kind"><div><h3>Mastodon</h3><p class="hint">${t('net.mastodon.why')}</p></div>
      <button type="button" class="quiet-button" @click=${open('mastodon')}>${t('net.mastodon.open')}</button></div>
    <div class="net-kind"><div><h3>X</h3><p class="hint net-cost">${t('net.x.why')}</p></div>
      <button type="button" class="quiet-button" @click=${open('x')}>${t('net.x.open')}</button></div>
    <p class="hint">${t('net.secret')}</p>
  </section>`;
}

function followedTags() {
  const all = tags();
  return html`<section class="sheet" aria-labelledby="net-tags">
    <h2 id="net-tags">${t('net.tags')}</h2>
    ${all.length
      ? html`<p class="meta">${all.map((tag) => html`<span class="chip" dir="auto">#${tag}</span>`)}</p><p class="hint">${t('net.tags.why')}</p>`
      : html`<p class="net-problem">${t('net.tags.none')}</p>
          <div class="row"><button type="button" class="quiet-button" @click=${() => show(work.meeting.id, 'settings')}>${t('net.tags.set')}</button></div>`}
  </section>`;
}

export function networks() {
  if (now.of !== work.meeting.id) {
    Object.assign(now, { of: work.meeting.id, accounts: null, late: false });
    look();
  }
  if (!now.accounts) return html`<p class="empty">${t(now.late ? 'net.unknown' : 'net.loading')}</p>`;
  return html`<div class="two-sheets">
    <div class="stack">
      ${followedTags()}
      <section class="sheet" aria-labelledby="net-accounts">
        <h2 id="net-accounts">${t('net.accounts')}</h2>
        ${now.late ? html`<p class="hint" role="status">${t('net.unknown')}</p>` : nothing}
        ${now.accounts.length ? html`<ul class="nets">${repeat(now.accounts, (one) => one.id, account)}</ul>` : html`<p class="hint">${t('net.none')}</p>`}
      </section>
    </div>
    ${adding()}
    ${accountDialog()} ${removalDialog()}
  </div>`;
}
