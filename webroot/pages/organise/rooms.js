// @ts-check
/** Every room where something is going on, refreshed by itself. */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { call } from '../../live/api.js';
import { redraw } from '../../ui/page.js';
import { number, t, time } from '../../ui/words.js';
import { states } from './sessions.js';
import { work } from './work.js';

const EVERY_MS = 5_000;

/** @type {{of: string|null, seen: any, late: boolean, timer: number}} */
const now = { of: null, seen: null, late: false, timer: 0 };

const looking = () => work.tab === 'rooms' && !work.creating && work.meeting?.id === now.of;

async function look() {
  clearTimeout(now.timer);
  if (!looking()) {
    now.of = null;
    return;
  }
  if (!document.hidden) {
    const of = now.of;
    try {
      const seen = await call('GET', `/api/meetings/${of}/overview`, { timeoutMs: 8_000 });
      if (of === now.of) Object.assign(now, { seen, late: false });
    } catch {
      now.late = true;
    }
    redraw();
  }
  clearTimeout(now.timer);
  now.timer = setTimeout(look, EVERY_MS);
}

document.addEventListener('visibilitychange', () => !document.hidden && now.of && look());

/** @param {any} room */
function card(room) {
  const zone = work.meeting.timeZone;
  const counts = [
    ['rooms.watching', room.watching],
    ['rooms.incoming', room.incoming],
    ['rooms.approved', room.approved],
    ['rooms.queued', room.queued],
    ['rooms.answered', room.answered],
  ];
  return html`<li class="room room-${room.state}">
    <header>
      <p class="over"><span class="chip state-${room.state}">${t(states[room.state])}</span> <span dir="auto">${room.room ?? nothing}</span>${room.startsAt ? html` <span>${time(room.startsAt, zone)}${room.endsAt ? ` – ${time(room.endsAt, zone)}` : nothing}</span>` : nothing}</p>
      <h2 dir="auto">${room.title}</h2>
    </header>
    <dl class="tallies">
      ${counts.map(([words, n]) => html`<div class=${words === 'rooms.incoming' && n > 0 ? 'waiting' : ''}><dt>${t(words)}</dt><dd>${number(n)}</dd></div>`)}
    </dl>
    <p class="on-stage"><span class="over">${t('rooms.stage')}</span><span dir="auto">${room.stage ?? t('rooms.nothing')}</span></p>
    <footer>
      <span class="hint">${room.lastActivityAt ? t('rooms.last', { time: time(room.lastActivityAt, zone) }) : t('rooms.quiet')}</span>
      <nav class="links" aria-label=${t('session.pages', { title: room.title })}>
        <a href=${`/moderate/${room.session}`} target="_blank" rel="noopener">${t('session.moderate')}</a>
        <a href=${`/speak/${room.session}`} target="_blank" rel="noopener">${t('session.speak')}</a>
        <a href=${`/screen/${room.session}`} target="_blank" rel="noopener">${t('session.screen')}</a>
      </nav>
    </footer>
  </li>`;
}

export function rooms() {
  if (now.of !== work.meeting.id) {
    Object.assign(now, { of: work.meeting.id, seen: null, late: false });
    look();
  }
  if (!now.seen) return html`<p class="empty">${t(now.late ? 'rooms.unknown' : 'rooms.loading')}</p>`;
  const asOf = time(now.seen.asOf, work.meeting.timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const list = now.seen.rooms;
  const people = list.reduce((/** @type {number} */ sum, /** @type {any} */ room) => sum + room.watching, 0);
  return html`<div class="rooms-head">
      <p>${t('rooms.sum', { n: list.length })} ${t('rooms.people', { n: people })}</p>
      <p class="mark ${now.late ? 'mark-offline' : 'mark-live'}"><i></i><span>${t('rooms.asOf', { time: asOf })}</span></p>
    </div>
    ${list.length ? html`<ul class="rooms">${repeat(list, (room) => room.session, card)}</ul>` : html`<p class="empty">${t('rooms.none')}</p>`}`;
}
