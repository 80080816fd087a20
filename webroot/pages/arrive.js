// @ts-check
/**
 * Where one-time and invitation links lead. The secret is in the fragment, which no server sees; it
 * leaves the address bar at once, and it is used only after a click, for mail scanners follow links.
 */

import { html, nothing } from 'lit-html';
import { Problem, all, command } from '../live/api.js';
import { icon } from '../ui/icons.js';
import { legal } from '../ui/legal.js';
import { draw, explain, redraw } from '../ui/page.js';
import { t } from '../ui/words.js';

const setup = location.pathname.startsWith('/setup');
const token = decodeURIComponent(location.hash.slice(1));
history.replaceState(null, '', location.pathname);

/** @type {{busy: boolean, trouble: string, grant: any}} */
const page = { busy: false, trouble: '', grant: null };

/** @param {SubmitEvent} event */
async function confirm(event) {
  event.preventDefault();
  const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
  page.busy = true;
  page.trouble = '';
  redraw();
  try {
    const body = setup ? { token, name: String(form.get('name')).trim() } : { token };
    const answer = await command('POST', setup ? '/api/setup' : '/api/invitations/accept', { body });
    page.grant = answer.grant ?? answer;
    await goOn();
  } catch (error) {
    const used = error instanceof Problem && [403, 404, 409, 422].includes(error.status);
    page.trouble = used ? t('arrive.used') : explain(error);
  }
  page.busy = false;
  redraw();
}

/** To the page the new right is for; where it is for a whole meeting, to a choice of its sessions. */
async function goOn() {
  const { role, session, meeting } = page.grant;
  if (role === 'organiser') return location.replace('/organise');
  if (session) return location.replace(pageOf(role, session));
  const sessions = await all(`/api/meetings/${meeting}/sessions?limit=200`, 'sessions');
  const now = (/** @type {any} */ one) => (one.state === 'live' ? 0 : one.state === 'open' ? 1 : one.state === 'scheduled' ? 2 : 3);
  page.grant.sessions = sessions.sort((a, b) => now(a) - now(b));
}

/** @param {string} role @param {string} session */
function pageOf(role, session) {
  const place = { moderator: 'moderate', speaker: 'speak', screen: 'screen' }[role] ?? 's';
  return `/${place}/${session}`;
}

function choice() {
  return html`<div class="door">
    <h1>${t('arrive.choose')}</h1>
    <ul class="doors">
      ${page.grant.sessions.map(
        (/** @type {any} */ one) => html`<li><a href=${pageOf(page.grant.role, one.id)}><strong dir="auto">${one.title}</strong><span dir="auto">${one.room ?? ''}</span></a></li>`,
      )}
    </ul>
  </div>`;
}

function ask() {
  return html`<form class="door" @submit=${confirm}>
    <h1>${t(setup ? 'arrive.setup' : 'arrive.invited')}</h1>
    <p class="lead">${t(setup ? 'arrive.setupWhy' : 'arrive.invitedWhy')}</p>
    ${setup ? html`<label>${t('arrive.name')}<input name="name" maxlength="80" autocomplete="name" required autofocus /></label>` : nothing}
    <p class="trouble" role="alert">${page.trouble || nothing}</p>
    <button class="primary wide" ?disabled=${page.busy}>${icon('check')}${t(setup ? 'arrive.start' : 'arrive.accept')}</button>
  </form>`;
}

function lost() {
  return html`<div class="door"><h1>${t('arrive.broken')}</h1><p class="lead">${t('arrive.brokenWhy')}</p></div>`;
}

draw(
  () => html`<div class="landing">
    <header class="brand"><span class="logo" aria-hidden="true"></span>Plenary</header>
    ${page.grant?.sessions ? choice() : token ? ask() : lost()}
    <footer class="small-print">${legal()}</footer>
  </div>`,
);
