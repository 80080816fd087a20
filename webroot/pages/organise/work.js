// @ts-check
/** What the organiser's page holds, and how it gets it. */

import { all, call, command, intentKey } from '../../live/api.js';
import { explain, redraw, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';

export const work = {
  ready: false,
  trouble: '',
  /** @type {any} */
  me: null,
  /** @type {any[]} */
  meetings: [],
  /** @type {any} */
  meeting: null,
  creating: false,
  tab: 'sessions',
  /** @type {any[]} */
  sessions: [],
  /** @type {any[]} */
  invitations: [],
  search: '',
  /** How many sessions are drawn: a thousand rows at once would make every key press slow. */
  shown: 100,
};

/** Whether one may make meetings: the organiser of the whole server does. */
export const mayMake = () => (work.me?.grants ?? []).some((/** @type {any} */ grant) => grant.role === 'organiser' && !grant.meeting);

/** Where one was, from the address: `#MEETING/TAB`. */
export function place() {
  const [meeting, tab] = location.hash.slice(1).split('/');
  return { meeting: meeting || null, tab: tab || null };
}

/** @param {string} id a meeting @param {string} tab */
export async function show(id, tab) {
  const other = work.meeting?.id !== id;
  work.creating = false;
  work.tab = tab;
  history.replaceState(null, '', `#${id}/${tab}`);
  if (other) Object.assign(work, { search: '', shown: 100, sessions: [], invitations: [] });
  redraw();
  try {
    if (other) work.meeting = await call('GET', `/api/meetings/${id}`);
    if (tab === 'people') await loadPeople();
    if (other || tab === 'sessions' || tab === 'people') await loadSessions();
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  redraw();
}

/** Live first, then by time; what is over comes last. It stays so until they are loaded again. */
export async function loadSessions() {
  const weight = { live: 0, open: 1, scheduled: 2, closed: 3 };
  const sessions = await all(`/api/meetings/${work.meeting.id}/sessions?limit=200`, 'sessions');
  work.sessions = sessions
    .map((one, i) => ({ one, i }))
    .sort((a, b) => /** @type {any} */ (weight)[a.one.state] - /** @type {any} */ (weight)[b.one.state] || a.i - b.i)
    .map(({ one }) => one);
}

export async function loadPeople() {
  work.invitations = await all(`/api/meetings/${work.meeting.id}/invitations?limit=200`, 'invitations');
}

/** The meeting as the server has it now. @param {any} meeting */
export function take(meeting) {
  work.meeting = meeting;
  work.meetings = work.meetings.map((one) => (one.id === meeting.id ? meeting : one));
}

/**
 * Changes the meeting, and offers to change it back.
 *
 * @param {any} patch @param {any} back what undoes it
 * @returns {Promise<any>} null when it was done, else why not
 */
export async function change(patch, back) {
  try {
    take(await command('PATCH', `/api/meetings/${work.meeting.id}`, { body: patch, key: intentKey() }));
    toast(t('saved'), { label: t('undo'), action: () => change(back, patch), slot: 'meeting' });
    return null;
  } catch (error) {
    toast(explain(error), { tone: 'bad', slot: 'meeting' });
    return error;
  } finally {
    redraw();
  }
}

/** A meeting is gone: whatever comes next in the list is shown. @param {string} id */
export async function forget(id) {
  work.meetings = work.meetings.filter((one) => one.id !== id);
  work.meeting = null;
  const next = work.meetings[0];
  if (next) await show(next.id, 'sessions');
  else history.replaceState(null, '', '#');
  redraw();
}
