// @ts-check
/** The moderator's page: five columns, one key an act, and nobody's work overwritten. */

import { html, nothing } from 'lit-html';
import { icon } from '../ui/icons.js';
import { draw, first, follow, link, mark, notice, redraw, say, session, store, zone } from '../ui/page.js';
import { t, time } from '../ui/words.js';
import { dismiss, setState } from './moderator/acts.js';
import { board } from './moderator/board.js';
import { columns, desk, reasons, targets } from './moderator/desk.js';
import { dialogs, openHelp } from './moderator/dialogs.js';
import { go, keepFocus } from './moderator/focus.js';
import { acts, keyName, listen } from './moderator/keys.js';
import { side, switchHistory } from './moderator/side.js';

/** @type {Record<string, string>} */
const states = { scheduled: 'state.scheduled', open: 'state.open', live: 'state.live', closed: 'state.closed' };

function top() {
  const now = session();
  return html`<header class="top">
    <div class="title">
      <span class="over" dir="auto">${now.meeting?.name}</span>
      <h1 dir="auto">${now.title}</h1>
    </div>
    <label class="search">
      <span class="sr">${t('act.search')}</span>${icon('search')}
      <input id="search" type="search" placeholder=${t('search.placeholder')} autocomplete="off" @input=${(/** @type {any} */ e) => ((desk.search = e.target.value), redraw())} />
      <kbd>/</kbd>
    </label>
    <div class="tools">
      <label class="state state-${now.state}">
        <span class="sr">${t('state.label')}</span>
        <select @change=${(/** @type {any} */ e) => setState(e.target.value)}>
          ${Object.keys(states).map((state) => html`<option value=${state} .selected=${state === now.state}>${t(states[state])}</option>`)}
        </select>
      </label>
      <button type="button" class="tool" aria-pressed=${desk.side === 'history'} @click=${switchHistory} title=${t('history.title')} aria-label=${t('history.title')}>${icon('history')}</button>
      <button type="button" class="tool" @click=${openHelp} title=${t('act.help')} aria-label=${t('act.help')}>${icon('help')}</button>
      <span class="now">${time(store.time(), zone())}</span>
      ${mark()}
    </div>
  </header>`;
}

function tabs() {
  return html`<div class="tabs" role="group" aria-label=${t('columns')}>
    ${columns.map(
      (column) =>
        html`<button type="button" aria-pressed=${desk.column === column.id} @click=${() => ((desk.column = column.id), go((desk.shown[column.id] ?? [])[0] ?? null))}>
          ${t(column.title)}<span class="count">${(desk.shown[column.id] ?? []).length}</span>
        </button>`,
    )}
  </div>`;
}

/** Every key as a button; after X, the five reasons. */
function bar() {
  if (desk.reasonAsked) {
    return html`<div class="bar bar-reasons" role="toolbar" aria-label=${t('reason.ask')}>
      <span class="bar-hint">${t('reason.ask')}</span>
      ${reasons.map(
        (reason, i) => html`<button type="button" @click=${() => dismiss(targets(), i + 1)}><kbd>${i + 1}</kbd><span>${t(reason.words)}</span></button>`,
      )}
      <button type="button" @click=${() => ((desk.reasonAsked = false), redraw())}><kbd>Esc</kbd><span>${t('cancel')}</span></button>
    </div>`;
  }
  const marked = desk.marked.size;
  return html`<div class="bar" role="toolbar" aria-label=${t('bar.label')}>
    ${marked ? html`<span class="bar-hint bar-marked">${t('bar.marked', { n: marked })}</span>` : nothing}
    ${acts
      .filter((act) => act.bar)
      .map(
        (act) =>
          html`<button type="button" class="do-${act.id}" ?disabled=${!(act.can?.() ?? true)} @click=${() => act.run()}>
            ${icon(/** @type {any} */ (act.icon))}<span>${t(act.words)}</span><kbd>${keyName(act.keys[0])}</kbd>
          </button>`,
      )}
  </div>`;
}

function page() {
  if (link.mark === 'ended' && link.reason !== 'closed') {
    return notice(t('ended.title'), t('ended.why'), html`<p><button class="primary" @click=${() => location.reload()}>${t('again')}</button></p>`);
  }
  return html`${top()} ${tabs()}
    <div class="desk">${board()} ${side()}</div>
    ${bar()} ${dialogs()}`;
}

/** @param {any} frame */
function onFrame(frame) {
  if (frame.type !== 'change') return;
  const fresh = (frame.put ?? []).filter((/** @type {any} */ one) => one.key.startsWith('question/') && one.body.status === 'incoming').length;
  if (fresh) say(t('say.fresh', { n: fresh }));
}

if (first.problem) {
  draw(() => notice(t(first.problem.status === 404 ? 'problem.unknown' : 'problem.forbidden'), t('problem.why')));
} else {
  try {
    desk.keysOn = localStorage.getItem('plenary.keys') !== 'off';
  } catch {
    // Storage forbidden: the keys stay on.
  }
  listen();
  draw(page);
  keepFocus();
  go((desk.shown.incoming ?? [])[0] ?? null);
  follow('moderator', { onFrame });
  setInterval(redraw, 15_000);
}
