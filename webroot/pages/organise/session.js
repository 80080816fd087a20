// @ts-check
/** A session by hand: one that is there, or a new one. Times are typed as they are where the meeting is. */

import { html, nothing } from 'lit-html';
import { command, intentKey } from '../../live/api.js';
import { explain, redraw, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { loadSessions, work } from './work.js';

/** What the dialog is about: a session, null for a new one. */
const form = { one: /** @type {any} */ (null), key: '', trouble: '', busy: false };

/** @param {any} one null for a new session */
export function openSession(one) {
  Object.assign(form, { one, key: intentKey(), trouble: '' });
  redraw();
  requestAnimationFrame(() => dialog()?.showModal());
}

const dialog = () => /** @type {HTMLDialogElement|null} */ (document.getElementById('session'));

/** A moment on the clocks of the meeting, as a field for times takes it. @param {string|undefined} at */
function toField(at) {
  // Sweden writes times as such fields do.
  return at ? new Date(at).toLocaleString('sv', { timeZone: work.meeting.timeZone }).slice(0, 16).replace(' ', 'T') : '';
}

/** @param {string} text of a field @returns {string|null} the moment */
function toMoment(text) {
  if (!text) return null;
  const wanted = Date.parse(`${text}:00Z`);
  let at = wanted;
  // Twice: the first step may cross a change of the clocks.
  for (let i = 0; i < 2; i += 1) at += wanted - Date.parse(`${toField(new Date(at).toISOString())}:00Z`);
  return new Date(at).toISOString();
}

/** @param {any} one a session, in the form in which it is changed */
const shown = (one) => ({
  title: one.title,
  speakers: one.speakers ?? [],
  room: one.room ?? null,
  startsAt: one.startsAt ?? null,
  endsAt: one.endsAt ?? null,
  hashtags: own(one.hashtags),
});

/** A session without hashtags of its own has those of the meeting. @param {string[]} tags */
const own = (tags = []) => (tags.join() === (work.meeting.hashtags ?? []).join() ? [] : tags);

/** @param {SubmitEvent} event */
async function save(event) {
  event.preventDefault();
  const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
  const text = (/** @type {string} */ name) => String(data.get(name) ?? '').trim();
  /** @type {any} */
  const body = {
    title: text('title'),
    speakers: text('speakers').split('\n').map((line) => line.trim()).filter(Boolean),
    room: text('room') || null,
    startsAt: toMoment(text('startsAt')),
    endsAt: toMoment(text('endsAt')),
    hashtags: text('hashtags').split(/[\s,]+/).filter(Boolean).map((tag) => tag.replace(/^[#＃]/, '')),
  };
  form.busy = true;
  redraw();
  try {
    await (form.one ? change(form.one, body) : add(body));
    dialog()?.close();
  } catch (error) {
    form.trouble = explain(error);
  }
  form.busy = false;
  redraw();
}

/** Only what is another now, so that nobody else's change is taken back. @param {any} one @param {any} body */
async function change(one, body) {
  const before = /** @type {Record<string, any>} */ (shown(one));
  const changed = Object.keys(before).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(body[name]) && Date.parse(before[name]) !== Date.parse(body[name]));
  if (!changed.length) return;
  const only = (/** @type {any} */ all) => Object.fromEntries(changed.map((name) => [name, all[name]]));
  const put = async (/** @type {any} */ patch) => {
    await command('PATCH', `/api/sessions/${one.id}`, { body: patch, key: intentKey() });
    await loadSessions();
    redraw();
  };
  await put(only(body));
  toast(t('saved'), { label: t('undo'), action: () => put(only(before)).catch((error) => toast(explain(error), { tone: 'bad' })), slot: 'session' });
}

/** @param {any} body */
async function add(body) {
  const draft = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
  await command('POST', `/api/meetings/${work.meeting.id}/sessions`, { body: draft, key: form.key });
  await loadSessions();
  toast(t('session.added.timed', { title: body.title }));
}

export function sessionDialog() {
  const one = form.one ? shown(form.one) : null;
  return html`<dialog id="session" aria-labelledby="session-title">
    <form @submit=${save}>
      <h2 id="session-title">${one ? t('session.edit') : t('session.new')}</h2>
      <label>${t('session.titleOf')}<input name="title" maxlength="500" required dir="auto" .value=${one?.title ?? ''} /></label>
      <div class="two">
        <label>${t('session.startsAt')}<input name="startsAt" type="datetime-local" .value=${toField(one?.startsAt ?? undefined)} /></label>
        <label>${t('session.endsAt')}<input name="endsAt" type="datetime-local" .value=${toField(one?.endsAt ?? undefined)} /></label>
      </div>
      <p class="hint">${t('session.zone', { zone: work.meeting.timeZone })}</p>
      <label>${t('session.room')}<input name="room" maxlength="200" dir="auto" .value=${one?.room ?? ''} /></label>
      <label>${t('session.speakers')}<textarea name="speakers" rows="3" dir="auto" .value=${(one?.speakers ?? []).join('\n')}></textarea></label>
      <label>${t('session.hashtags')}<input name="hashtags" dir="auto" .value=${(one?.hashtags ?? []).map((tag) => `#${tag}`).join(' ')} />
        <small>${t('session.hashtags.why')}</small></label>
      ${form.trouble ? html`<p class="field-bad" role="alert">${form.trouble}</p>` : nothing}
      <div class="row-end">
        <button type="button" class="quiet-button" @click=${() => dialog()?.close()}>${t('cancel')}</button>
        <button class="primary" ?disabled=${form.busy}>${t('save')}</button>
      </div>
    </form>
  </dialog>`;
}
