// @ts-check
import { html, nothing } from 'lit-html';
import { call, command, intentKey } from '../../live/api.js';
import { qr } from '../../ui/icons.js';
import { explain, redraw, toast } from '../../ui/page.js';
import { t, time } from '../../ui/words.js';
import { loadPeople, work } from './work.js';

/** @type {Record<string, string>} */
const roles = { organiser: 'role.organiser', moderator: 'role.moderator', speaker: 'role.speaker', screen: 'role.screen' };

/** @type {Record<string, string>} */
const states = { open: 'invitation.open', accepted: 'invitation.accepted', revoked: 'invitation.revoked', expired: 'invitation.expired' };

/** The link just made: it is shown once. @type {{of: string, link: string, name: string, code: any}|null} */
let made = null;

/** @param {SubmitEvent} event */
async function invite(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const data = new FormData(form);
  /** @type {any} */
  const body = { role: String(data.get('role')), name: String(data.get('name')).trim() };
  if (data.get('session')) body.session = String(data.get('session'));
  try {
    const answer = await command('POST', `/api/meetings/${work.meeting.id}/invitations`, { body, key: intentKey() });
    made = { of: work.meeting.id, link: answer.link, name: body.name, code: null };
    form.reset();
    made.code = await drawCode(answer.link);
    await loadPeople();
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  redraw();
}

/** The link is a secret: it goes in a body, never into an address. @param {string} link */
async function drawCode(link) {
  return call('POST', '/qr', { file: new Blob([link], { type: 'text/plain' }) }).catch(() => null);
}

/** @param {any} one */
async function revoke(one) {
  try {
    await command('DELETE', `/api/meetings/${work.meeting.id}/invitations/${one.id}`);
    toast(t('invitation.gone', { name: one.name }));
    await loadPeople();
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  redraw();
}

async function copy() {
  try {
    await navigator.clipboard.writeText(made?.link ?? '');
    toast(t('invitation.copied'));
  } catch {
    // Not allowed over plain http: the link is selected instead, to be copied by hand.
    /** @type {HTMLInputElement|null} */ (document.getElementById('link'))?.select();
  }
}

function fresh() {
  if (made?.of !== work.meeting.id) return nothing;
  return html`<div class="sheet made" role="status">
    <div>
      <h2>${t('invitation.made', { name: made.name })}</h2>
      <p class="hint">${t('invitation.once')}</p>
      <label>${t('invitation.link')}<input id="link" readonly .value=${made.link} @focus=${(/** @type {any} */ e) => e.target.select()} /></label>
      <div class="row"><button type="button" class="primary" @click=${copy}>${t('invitation.copy')}</button>
        <button type="button" class="quiet-button" @click=${() => ((made = null), redraw())}>${t('invitation.hide')}</button></div>
    </div>
    ${made.code ? qr(made.code, t('invitation.qr')) : nothing}
  </div>`;
}

export function people() {
  const title = (/** @type {string} */ id) => work.sessions.find((one) => one.id === id)?.title ?? '';
  return html`<form class="sheet row-form" @submit=${invite}>
      <label>${t('invitation.name')}<input name="name" required maxlength="80" dir="auto" autocomplete="off" /></label>
      <label>${t('invitation.role')}<select name="role">${Object.keys(roles).map((role) => html`<option value=${role} ?selected=${role === 'moderator'}>${t(roles[role])}</option>`)}</select></label>
      <label>${t('invitation.where')}<select name="session"><option value="">${t('invitation.everywhere')}</option>${work.sessions.map((one) => html`<option value=${one.id}>${one.title}</option>`)}</select></label>
      <button class="primary">${t('invitation.create')}</button>
    </form>
    ${fresh()}
    ${work.invitations.length
      ? html`<ul class="people">
          ${work.invitations.map(
            (one) => html`<li class="is-${one.state}">
              <div><strong dir="auto">${one.name}</strong><span class="meta"><span>${t(roles[one.role] ?? 'role.moderator')}</span>${one.session ? html`<span dir="auto">${title(one.session)}</span>` : html`<span>${t('invitation.everywhere')}</span>`}</span></div>
              <span class="chip state-chip-${one.state}">${t(states[one.state] ?? 'invitation.open')}</span>
              <span class="meta">${t('invitation.until', { time: time(one.expiresAt, work.meeting.timeZone, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }) })}</span>
              ${one.state === 'open' || one.state === 'accepted' ? html`<button type="button" class="quiet-button small" @click=${() => revoke(one)}>${t('invitation.revoke')}</button>` : html`<span></span>`}
            </li>`,
          )}
        </ul>`
      : html`<p class="empty">${t('invitation.none')}</p>`}`;
}
