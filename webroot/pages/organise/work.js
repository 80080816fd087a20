// @ts-check
/** What the organiser's page holds, and how it gets it. */

import { call } from '../../live/api.js';
import { explain, redraw, toast } from '../../ui/page.js';

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
};

/** Where one was, from the address: `#MEETING/TAB`. */
export function place() {
  const [meeting, tab] = location.hash.slice(1).split('/');
  return { meeting: meeting || null, tab: tab || null };
}

/** @param {string} id a meeting @param {string} tab */
export async function show(id, tab) {
  work.creating = false;
  work.tab = tab;
  history.replaceState(null, '', `#${id}/${tab}`);
  try {
    const other = work.meeting?.id !== id;
    if (other) work.meeting = await call('GET', `/api/meetings/${id}`);
    if (tab === 'people') await loadPeople();
    if (other || tab === 'sessions' || tab === 'people') await loadSessions();
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  redraw();
}

/** All of them, page by page. */
export async function loadSessions() {
  /** @type {any[]} */
  const all = [];
  for (let after = ''; ; after = `&after=${encodeURIComponent(all.at(-1).id)}`) {
    const answer = await call('GET', `/api/meetings/${work.meeting.id}/sessions?limit=200${after}`);
    const known = new Set(all.map((one) => one.id));
    const fresh = answer.sessions.filter((/** @type {any} */ one) => !known.has(one.id));
    all.push(...fresh);
    if (answer.sessions.length < 200 || fresh.length === 0) break;
  }
  work.sessions = all;
}

export async function loadPeople() {
  const answer = await call('GET', `/api/meetings/${work.meeting.id}/invitations?limit=200`);
  work.invitations = answer.invitations;
}
