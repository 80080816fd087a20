// @ts-check
/** The organiser's page: meetings, their sessions, agenda, invitations and codes. */

import { html, nothing } from 'lit-html';
import { all, call, command, intentKey } from '../live/api.js';
import { legal } from '../ui/legal.js';
import { draw, explain, notice, redraw, toast } from '../ui/page.js';
import { t, time } from '../ui/words.js';
import { agenda } from './organise/agenda.js';
import { appearance } from './organise/appearance.js';
import { data } from './organise/data.js';
import { hashtags } from './organise/hashtags.js';
import { meetingForm } from './organise/meeting.js';
import { networks } from './organise/networks.js';
import { people } from './organise/people.js';
import { rooms } from './organise/rooms.js';
import { sessions } from './organise/sessions.js';
import { settings } from './organise/settings.js';
import { mayMake, place, show, work } from './organise/work.js';

const tabs = [
  { id: 'rooms', words: 'tab.rooms', view: rooms },
  { id: 'sessions', words: 'tab.sessions', view: sessions },
  { id: 'agenda', words: 'tab.agenda', view: agenda },
  { id: 'people', words: 'tab.people', view: people },
  { id: 'networks', words: 'tab.networks', view: networks },
  { id: 'hashtags', words: 'tab.hashtags', view: hashtags },
  { id: 'settings', words: 'tab.settings', view: settings },
  { id: 'look', words: 'tab.look', view: appearance },
  { id: 'data', words: 'tab.data', view: data },
];

async function arrive() {
  try {
    work.me = await call('GET', '/api/me');
    if (!organises()) return redraw();
    work.meetings = await all('/api/meetings?limit=200', 'meetings');
    const wanted = place().meeting;
    const chosen = work.meetings.find((one) => one.id === wanted) ?? work.meetings[0];
    if (chosen) await show(chosen.id, place().tab ?? 'sessions');
    work.ready = true;
  } catch (error) {
    work.trouble = explain(error);
  }
  redraw();
}

const organises = () => (work.me?.grants ?? []).some((/** @type {any} */ one) => one.role === 'organiser');

async function signOut() {
  try {
    await command('DELETE', '/api/me/sign-in', { key: intentKey() });
    location.assign('/');
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
}

function top() {
  return html`<header class="top">
    <a class="brand" href="/organise"><span class="logo" aria-hidden="true"></span>Plenary</a>
    <nav class="meetings" aria-label=${t('meetings')}>
      ${work.meetings.map(
        (one) => html`<button type="button" aria-pressed=${work.meeting?.id === one.id && !work.creating} @click=${() => show(one.id, 'sessions')}><span dir="auto">${one.name}</span></button>`,
      )}
      ${mayMake() ? html`<button type="button" class="add" aria-pressed=${work.creating} @click=${() => ((work.creating = true), redraw())}>${t('meeting.new')}</button>` : nothing}
    </nav>
    <button type="button" class="link" @click=${signOut}>${t('signOut')}</button>
  </header>`;
}

/** Days are days wherever one is, so they are told in a zone of their own. @param {any} one */
function days({ startsOn, endsOn }) {
  const [from, to] = [startsOn, endsOn].map((day) => day && time(`${day}T12:00:00Z`, 'UTC', { day: 'numeric', month: 'long', year: 'numeric' }));
  return from && to && from !== to ? t('meeting.days', { from, to }) : (from ?? to);
}

function meeting() {
  const one = work.meeting;
  if (!one) return nothing;
  const tab = tabs.find((each) => each.id === work.tab) ?? tabs[1];
  return html`<section class="meeting">
    <div class="meeting-head">
      <div>
        <h1 dir="auto">${one.name}</h1>
        <p class="meta">
          ${one.startsOn || one.endsOn ? html`<span>${days(one)}</span>` : nothing}<span>${one.timeZone}</span>
          ${one.hashtags?.map((/** @type {string} */ tag) => html`<span class="chip" dir="auto">#${tag.replace(/^[#＃]/, '')}</span>`)}
        </p>
      </div>
      ${one.joinCode ? html`<a class="codecard" href=${`/s/${one.joinCode}`} target="_blank" rel="noopener"><img src=${`/s/${one.joinCode}/qr.svg`} alt="" width="72" height="72" /><span><span class="over">${t('meeting.code')}</span><strong>${one.joinCode}</strong></span></a>` : nothing}
    </div>
    <div class="segments" role="group" aria-label=${t('tabs')}>
      ${tabs.map((each) => html`<button type="button" aria-pressed=${each.id === tab.id} @click=${() => show(one.id, each.id)}>${t(each.words)}</button>`)}
    </div>
    ${tab.view()}
  </section>`;
}

function content() {
  if ((work.creating || !work.meeting) && mayMake()) return meetingForm();
  return work.meeting ? meeting() : html`<p class="empty">${t('meetings.none')}</p>`;
}

draw(() => {
  if (work.trouble) return notice(t('trouble'), work.trouble, html`<button class="primary" @click=${() => location.reload()}>${t('again')}</button>`);
  if (work.me && !organises()) return notice(t('notOrganiser'), t('notOrganiserWhy'), html`<a href="/">${t('home')}</a>`);
  if (!work.ready) return html`<p class="shell-wait">${t('page.loading')}</p>`;
  return html`${top()}
    <div class="page">${content()}</div>
    <footer class="small-print">${legal(work.meeting?.rules.links)}</footer>`;
});
arrive();
