// @ts-check
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { command, intentKey } from '../../live/api.js';
import { explain, redraw, toast } from '../../ui/page.js';
import { t, time } from '../../ui/words.js';
import { openSession, sessionDialog } from './session.js';
import { loadSessions, work } from './work.js';

/** @type {Record<string, string>} */
export const states = { scheduled: 'state.scheduled', open: 'state.open', live: 'state.live', closed: 'state.closed' };

const MORE = 200;

/** @param {any} one @param {string} state */
async function setState(one, state) {
  const before = one.state;
  one.state = state;
  redraw();
  try {
    await command('PATCH', `/api/sessions/${one.id}`, { body: { state }, key: intentKey() });
    toast(t('session.now', { title: one.title, state: t(states[state]) }), {
      label: t('undo'),
      action: () => setState(one, before),
      slot: 'state',
    });
  } catch (error) {
    one.state = before;
    toast(explain(error), { tone: 'bad' });
  }
  redraw();
}

/** @param {SubmitEvent} event */
async function add(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const data = new FormData(form);
  /** @type {any} */
  const body = { title: String(data.get('title')).trim(), state: 'open' };
  const room = String(data.get('room')).trim();
  if (room) body.room = room;
  try {
    await command('POST', `/api/meetings/${work.meeting.id}/sessions`, { body, key: intentKey() });
    form.reset();
    toast(t('session.added', { title: body.title }));
    await loadSessions();
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  redraw();
}

function found() {
  const words = work.search.toLocaleLowerCase();
  return words
    ? work.sessions.filter((one) => `${one.title} ${one.room ?? ''} ${one.joinCode ?? ''} ${one.speakers?.join(' ') ?? ''}`.toLocaleLowerCase().includes(words))
    : work.sessions;
}

/** @param {any} one */
function row(one) {
  const zone = work.meeting.timeZone;
  const start = one.startsAt && time(one.startsAt, zone, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const end = one.endsAt && time(one.endsAt, zone);
  return html`<li class="session is-${one.state}">
    <div class="when">${start ? html`<strong>${start}</strong>${end ? html`<span>– ${end}</span>` : nothing}` : html`<span>${t('session.undated')}</span>`}</div>
    <div class="what">
      <p class="name" dir="auto">${one.title}</p>
      <p class="meta">${one.missing ? html`<span class="chip chip-warn">${t('session.missing')}</span>` : nothing}${one.room ? html`<span dir="auto">${one.room}</span>` : nothing}${one.speakers?.length ? html`<span dir="auto">${one.speakers.slice(0, 4).join(', ')}</span>` : nothing}</p>
    </div>
    <label class="state state-${one.state}"><span class="sr">${t('state.of', { title: one.title })}</span>
      <select @change=${(/** @type {any} */ e) => setState(one, e.target.value)}>
        ${Object.keys(states).map((state) => html`<option value=${state} .selected=${state === one.state}>${t(states[state])}</option>`)}
      </select></label>
    <a class="code" href=${`/s/${one.joinCode}`} target="_blank" rel="noopener" aria-label=${t('session.join', { code: one.joinCode })}>${one.joinCode}</a>
    <nav class="links" aria-label=${t('session.pages', { title: one.title })}>
      <button type="button" class="link" aria-label=${t('session.editOf', { title: one.title })} @click=${() => openSession(one)}>${t('session.editShort')}</button>
      <a href=${`/moderate/${one.id}`}>${t('session.moderate')}</a>
      <a href=${`/speak/${one.id}`}>${t('session.speak')}</a>
      <a href=${`/screen/${one.id}`} target="_blank" rel="noopener">${t('session.screen')}</a>
      <a href=${`/s/${one.joinCode}/qr.svg`} target="_blank" rel="noopener">${t('session.qr')}</a>
      <a href=${`/api/sessions/${one.id}/export?what=questions&format=csv`} download>${t('session.export')}</a>
    </nav>
  </li>`;
}

export function sessions() {
  const list = found();
  const left = list.length - work.shown;
  return html`<div class="toolbar">
      <input type="search" aria-label=${t('session.search')} placeholder=${t('session.search')} .value=${work.search} @input=${(/** @type {any} */ e) => (Object.assign(work, { search: e.target.value, shown: 100 }), redraw())} />
      <form class="inline" @submit=${add}>
        <input name="title" required maxlength="500" aria-label=${t('session.title')} placeholder=${t('session.title')} dir="auto" />
        <input name="room" maxlength="200" aria-label=${t('session.room')} placeholder=${t('session.room')} dir="auto" />
        <button class="quiet-button">${t('session.add')}</button>
        <button type="button" class="link" @click=${() => openSession(null)}>${t('session.addMore')}</button>
      </form>
    </div>
    ${sessionDialog()}
    ${list.length
      ? html`<p class="hint" role="status">${t('session.count', { n: list.length })}</p>
          <ul class="sessions">${repeat(list.slice(0, work.shown), (one) => one.id, row)}</ul>`
      : html`<p class="empty">${t(work.search ? 'session.noneFound' : 'session.none')}</p>`}
    ${left > 0 ? html`<p class="row-center"><button type="button" class="quiet-button" @click=${() => ((work.shown += MORE), redraw())}>${t('session.more', { n: Math.min(left, MORE) })}</button></p>` : nothing}`;
}
