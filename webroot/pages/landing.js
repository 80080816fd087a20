// @ts-check
/**
 * A code leads on: six characters, pasted or typed, with or without spaces; or the eight that another
 * device shows for going on as the same participant.
 */

import { html, nothing } from 'lit-html';
import { Problem, call, command } from '../live/api.js';
import { icon } from '../ui/icons.js';
import { forgetLanguageInAddress, languageChoice } from '../ui/language.js';
import { legal } from '../ui/legal.js';
import { draw, explain, redraw } from '../ui/page.js';
import { t } from '../ui/words.js';

const JOIN = 6;
const DEVICE = 8;

const page = { code: '', session: '', trouble: '', busy: false };

/** @param {string} typed */
function clean(typed) {
  const path = typed.match(/\/s\/([A-Za-z0-9]+)(?:#device=([A-Za-z0-9]+))?/);
  page.session = path?.[2] ? path[1] : '';
  return (path ? (path[2] ?? path[1]) : typed).replace(/[^A-Za-z0-9]/g, '').toUpperCase().slice(0, DEVICE);
}

/** @param {Event} event */
async function enter(event) {
  event.preventDefault();
  const { length } = page.code;
  if (length !== JOIN && length !== DEVICE) {
    page.trouble = t('code.short');
    return redraw();
  }
  page.busy = true;
  page.trouble = '';
  redraw();
  try {
    if (length === JOIN) {
      await call('GET', `/api/join/${page.code}`);
      location.assign(`/s/${page.code}`);
    } else {
      const answer = await command('POST', '/api/join/transfer', { body: { code: page.code } });
      location.assign(`/s/${page.session || (await sessionOf(answer.participants.at(-1)?.meeting))}`);
    }
  } catch (error) {
    const unknown = error instanceof Problem && [400, 404, 422].includes(error.status);
    page.trouble = unknown ? t('code.unknown') : explain(error);
    page.busy = false;
    redraw();
    document.getElementById('code')?.focus();
  }
}

/** What is on now where somebody is a participant. @param {string} meeting */
async function sessionOf(meeting) {
  const { sessions } = await call('GET', `/api/meetings/${meeting}/sessions?limit=200`);
  const of = (/** @type {string} */ state) => sessions.find((/** @type {any} */ one) => one.state === state);
  return (of('live') ?? of('open') ?? sessions[0]).joinCode;
}

/** Where this device was last. */
function back() {
  try {
    const last = JSON.parse(localStorage.getItem('plenary.last') ?? 'null');
    return last?.code ? html`<a class="quiet-button wide" href=${`/s/${last.code}`} dir="auto">${t('code.back', { title: last.title })}</a>` : nothing;
  } catch {
    return nothing;
  }
}

function door() {
  return html`<form class="door" @submit=${enter} novalidate>
    <h1>${t('code.title')}</h1>
    <p class="lead">${t('code.lead')}</p>
    <label for="code">${t('code.label')}</label>
    <input
      id="code"
      name="code"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      enterkeyhint="go"
      maxlength="80"
      autofocus
      .value=${page.code}
      aria-invalid=${page.trouble ? 'true' : 'false'}
      aria-describedby="trouble"
      @input=${(/** @type {any} */ event) => {
        page.code = clean(event.target.value);
        event.target.value = page.code;
        page.trouble = '';
        redraw();
      }}
    />
    <p id="trouble" class="trouble" role="alert">${page.trouble || nothing}</p>
    <button class="primary wide" ?disabled=${page.busy}>${icon('check')}${t('code.go')}</button>
    ${back()}
  </form>`;
}

/** The worker shows this page in place of a session that it does not have. */
function offline() {
  return html`<section class="door">
    <h1>${t('code.offline')}</h1>
    <p class="lead">${t('code.offlineWhy')}</p>
    <button type="button" class="primary wide" @click=${() => location.reload()}>${t('again')}</button>
    ${back()}
  </section>`;
}

forgetLanguageInAddress();
draw(
  () => html`<div class="landing">
    <header class="brand"><span class="logo" aria-hidden="true"></span>Plenary</header>
    ${location.pathname === '/' ? door() : offline()}
    <footer class="small-print">
      ${languageChoice()}<a href="/organise">${t('code.organise')}</a><a href="/docs">${t('code.docs')}</a>${legal()}
    </footer>
  </div>`,
);
addEventListener('load', async () => (await import('../live/keep.js')).stayOpen());
