// @ts-check
/** The moderator's page: five columns, one key an act, and nobody's work overwritten. */

import { html, nothing } from 'lit-html';
import { comeAgain, ended, followView, refused } from '../ui/ending.js';
import { icon } from '../ui/icons.js';
import { draw, first, mark, redraw, say, session, store, toast, zone } from '../ui/page.js';
import { t, time } from '../ui/words.js';
import { dismiss, renewClaims, told } from './moderator/acts.js';
import { board, release } from './moderator/board.js';
import { chatView } from './moderator/chat.js';
import { columns, desk, knownLabels, reasons } from './moderator/desk.js';
import { dialogs, openHelp } from './moderator/dialogs.js';
import { go, keepFocus } from './moderator/focus.js';
import { followHashtags } from './moderator/hashtags.js';
import { loadHistory, refreshHistory, switchHistory } from './moderator/history.js';
import { keep, restore } from './moderator/keep.js';
import { chosen } from './moderator/keymap.js';
import { acts, keyName, listen, switchChat } from './moderator/keys.js';
import { followNetworks } from './moderator/networks.js';
import { sample } from './moderator/plots.js';
import { hurry, resume, waitingActs } from './moderator/send.js';
import { side } from './moderator/side.js';
import { states, switchState } from './moderator/stage.js';
import { showColumn } from './moderator/swipe.js';

/** @type {Record<string, string>} */
const filters = {
  all: 'filter.all',
  caution: 'filter.caution',
  alike: 'filter.alike',
  assigned: 'filter.assigned',
  mine: 'filter.mine',
  hall: 'filter.hall',
  here: 'filter.here',
  networks: 'filter.networks',
};

function top() {
  const now = session();
  const waits = waitingActs();
  return html`<header class="top">
    <div class="title">
      <span class="over" dir="auto">${now.meeting?.name}</span>
      <h1 dir="auto">${now.title}</h1>
    </div>
    <div class="find">
      <label class="search">
        <span class="sr">${t('act.search')}</span>${icon('search')}
        <input id="search" type="search" placeholder=${t('search.placeholder')} autocomplete="off" .value=${desk.search} @input=${(/** @type {any} */ e) => ((desk.search = e.target.value), release())} />
        <kbd>/</kbd>
      </label>
      ${filter()}
    </div>
    <div class="tools">
      <label class="state state-${now.state}">
        <span class="sr">${t('state.label')}</span>
        <select @change=${(/** @type {any} */ e) => switchState(e.target.value)}>
          ${Object.keys(states).map((state) => html`<option value=${state} .selected=${state === now.state}>${t(states[state])}</option>`)}
        </select>
      </label>
      <button type="button" class="tool" aria-pressed=${desk.side === 'history'} @click=${switchHistory} title=${t('history.title')} aria-label=${t('history.title')}>${icon('history')}</button>
      <button type="button" class="tool" aria-pressed=${desk.chat} @click=${switchChat} title=${t('chat.switch')} aria-label=${t('chat.switch')}>${icon('chat')}</button>
      <button type="button" class="tool" @click=${openHelp} title=${t('act.help')} aria-label=${t('act.help')}>${icon('help')}</button>
      <span class="now">${time(store.time(), zone())}</span>
      ${waits ? html`<span class="unsent" role="status">${t('waiting', { n: waits })}</span>` : nothing}
      ${mark()}
    </div>
  </header>`;
}

function filter() {
  const labels = knownLabels();
  const all = [...Object.entries(filters).map(([id, words]) => ({ id, text: t(words) })), ...labels.map((label) => ({ id: `label:${label}`, text: label }))];
  return html`<label class="filter ${desk.filter === 'all' ? '' : 'is-on'}">
    <span class="sr">${t('filter.label')}</span>
    <select @change=${(/** @type {any} */ e) => ((desk.filter = e.target.value), release())}>
      ${all.map((one) => html`<option value=${one.id} .selected=${one.id === desk.filter}>${one.text}</option>`)}
    </select>
  </label>`;
}

function tabs() {
  return html`<div class="tabs" role="group" aria-label=${t('columns')}>
    ${columns.map(
      (column) =>
        html`<button type="button" aria-pressed=${desk.column === column.id && !desk.sideShown} @click=${() => showColumn(column.id)}>
          ${t(column.title)}<span class="count">${(desk.shown[column.id] ?? []).length}</span>
        </button>`,
    )}
    <button type="button" aria-pressed=${desk.sideShown} @click=${() => ((desk.sideShown = !desk.sideShown), redraw())}>${t('side.tab')}</button>
  </div>`;
}

/** Every key as a button; after X, the five reasons. */
function bar() {
  if (desk.reasonAsked) {
    return html`<div class="bar bar-reasons" role="toolbar" aria-label=${t('reason.ask')}>
      <span class="bar-hint">${t('reason.ask')}</span>
      ${reasons.map(
        (reason, i) => html`<button type="button" @click=${() => dismiss(desk.reasonFor, i + 1)}><kbd>${i + 1}</kbd><span>${t(reason.words)}</span></button>`,
      )}
      <button type="button" @click=${() => ((desk.reasonAsked = false), redraw())}><kbd>Esc</kbd><span>${t('cancel')}</span></button>
    </div>`;
  }
  const marked = desk.marked.size;
  return html`<div class=${desk.keysOn ? 'bar' : 'bar bar-mute'} role="toolbar" aria-label=${t('bar.label')}>
    ${marked ? html`<span class="bar-hint bar-marked">${t('bar.marked', { n: marked })}</span>` : nothing}
    ${acts
      .filter((act) => act.bar)
      .map(
        (act) =>
          html`<button type="button" class="do-${act.id}" title=${t(act.words)} ?disabled=${!(act.can?.() ?? true)} @click=${() => act.run()}>
            ${icon(/** @type {any} */ (act.icon))}<span>${t(act.words)}</span><kbd>${keyName(chosen(act)[0])}</kbd>
          </button>`,
      )}
  </div>`;
}

function page() {
  const over = ended();
  if (over) return over;
  if (desk.chat) return html`${top()} ${chatView()} ${dialogs()}`;
  return html`${top()} ${tabs()}
    <div class="desk ${desk.sideShown ? 'with-side' : ''}">${board()} ${side()}</div>
    ${bar()} ${dialogs()}`;
}

/** Questions that were there, or that were spoken of. @type {Set<string>} */
const heard = new Set(store.shared.keys());

/** @param {any} frame */
function onFrame(frame) {
  if (frame.type !== 'change') return;
  const put = frame.put ?? [];
  const come = put.filter((/** @type {any} */ one) => one.body.status === 'incoming' && one.key.startsWith('question/') && !heard.has(one.key));
  for (const one of come) heard.add(one.key);
  const fresh = come.length;
  if (fresh) say(t('say.fresh', { n: fresh }));
  if (put.some((/** @type {any} */ one) => one.key.startsWith('triage/'))) refreshHistory();
}

function open() {
  restore();
  listen();
  draw(page);
  keep();
  keepFocus();
  go(desk.at ?? (desk.shown[desk.column] ?? [])[0] ?? null);
  followView('moderator', { onFrame, onLink: (now) => now.mark === 'live' && hurry() });
  addEventListener('online', hurry);
  resume((error) => toast(told(error), { tone: 'bad' }));
  if (desk.side === 'history') loadHistory();
  followNetworks();
  followHashtags();
  setInterval(sample, 15_000);
  setInterval(renewClaims, 30_000);
  setInterval(redraw, 1_000);
}

if (first.problem) {
  draw(refused);
  comeAgain();
} else {
  open();
}
