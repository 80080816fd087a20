// @ts-check
/**
 * Going on as the same participant on a second device: this one shows a code, or this one was opened
 * with the code of another.
 */

import { html, nothing } from 'lit-html';
import { command } from '../../live/api.js';
import { icon, qr } from '../../ui/icons.js';
import { explain, first, redraw } from '../../ui/page.js';
import { away, t } from '../../ui/words.js';
import { code, signedIn } from './asking.js';

const state = {
  /** @type {{code: string, expiresAt: string}|null} */
  offer: null,
  /** @type {{size: number, path: string}|null} */
  picture: null,
  /** When it is over by this device's clock: the server's may differ. */
  until: 0,
  trouble: '',
  busy: false,
};

const LIFE_MS = 5 * 60_000;

/* ---- this device shows a code ---- */

export async function show() {
  // Right after this module was loaded the dialog is yet to be drawn.
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  /** @type {HTMLDialogElement|null} */ (document.getElementById('device-dialog'))?.showModal();
  await offer();
}

async function offer() {
  Object.assign(state, { offer: null, picture: null, trouble: '', busy: true });
  redraw();
  try {
    const made = await signedIn(() => command('POST', '/api/me/transfer', { body: {} }));
    state.offer = made;
    state.until = Date.now() + LIFE_MS;
    redraw();
    const link = `${first.origin}/s/${code}#device=${made.code}`;
    const answer = await fetch('/qr', { method: 'POST', body: link });
    if (answer.ok) state.picture = await answer.json();
  } catch (error) {
    // Without its picture the code can still be typed.
    if (!state.offer) state.trouble = explain(error);
  }
  state.busy = false;
  redraw();
}

export function dialog() {
  const close = (/** @type {any} */ event) => event.target.closest('dialog').close();
  const left = state.until - Date.now();
  const dead = state.offer !== null && left <= 0;
  return html`<dialog id="device-dialog" aria-labelledby="device-title">
    <div class="device">
      <h2 id="device-title">${t('device.title')}</h2>
      ${state.trouble ? html`<p class="trouble" role="alert">${state.trouble}</p>` : nothing}
      ${state.offer && !dead
        ? html`<p>${t('device.how')}</p>
            <div class="device-code">
              <div class="device-picture">${state.picture ? qr(state.picture, t('device.picture')) : nothing}</div>
              <p class="device-text" dir="ltr">${state.offer.code.slice(0, 4)} ${state.offer.code.slice(4)}</p>
            </div>
            <p class="hint">${t('device.ends', { time: away(left) })}</p>`
        : nothing}
      ${dead ? html`<p>${t('device.over')}</p>` : nothing}
      <div class="row-end">
        <button type="button" class="quiet-button" @click=${close}>${t('device.close')}</button>
        ${dead || state.trouble
          ? html`<button type="button" class="primary" ?disabled=${state.busy} @click=${offer}>${t('device.new')}</button>`
          : nothing}
      </div>
    </div>
  </dialog>`;
}

/* ---- this device was opened with a code ---- */

/**
 * Asks first: a link that somebody else sent must not make one speak in their name.
 *
 * @param {string} given
 * @param {() => void} decline
 */
export function arriving(given, decline) {
  return html`<section class="notice">
    <div class="notice-mark">${icon('phone')}</div>
    <h1>${t('device.arrived')}</h1>
    <p>${t('device.arrivedWhy')}</p>
    <p class="trouble" role="alert">${state.trouble || nothing}</p>
    <p class="ways">
      <button type="button" class="primary" ?disabled=${state.busy} @click=${() => take(given)}>${t('device.take')}</button>
      <button type="button" class="quiet-button" @click=${decline}>${t('device.decline')}</button>
    </p>
  </section>`;
}

/** @param {string} given */
async function take(given) {
  Object.assign(state, { busy: true, trouble: '' });
  redraw();
  try {
    await command('POST', '/api/join/transfer', { body: { code: given } });
    location.reload();
  } catch (error) {
    Object.assign(state, { busy: false, trouble: explain(error) });
    redraw();
  }
}
