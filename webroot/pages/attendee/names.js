// @ts-check
/** Names: asked for at the door, or given later by who wants to be named. */

import { html } from 'lit-html';
import { command } from '../../live/api.js';
import { legal } from '../../ui/legal.js';
import { explain, redraw, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { code, join, signedIn, visit } from './asking.js';

/** @param {() => void} joined */
export function nameForm(joined) {
  return html`<form
    class="panel"
    @submit=${(/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const name = nameIn(event);
      if (name) join(joined, name);
    }}
  >
    <h2>${t('name.needed')}</h2>
    <p>${t('name.why')}</p>
    <label>${t('name.label')}<input name="name" maxlength="80" autocomplete="name" required autofocus /></label>
    ${visit.refused ? html`<p class="trouble" role="alert">${explain(visit.refused)}</p>` : ''}
    <button type="submit" class="primary wide" ?disabled=${visit.joining}>${t('name.join')}</button>
    <p class="foot">${legal()}</p>
  </form>`;
}

/** @param {SubmitEvent} event */
function nameIn(event) {
  const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
  return String(form.get('name') ?? '').trim();
}

/** @param {SubmitEvent} event */
async function nameGiven(event) {
  event.preventDefault();
  const name = nameIn(event);
  if (!name || !visit.participant) return;
  /** @type {Element} */ (event.target).closest('dialog')?.close();
  try {
    await signedIn(() => command('POST', '/api/join', { body: { code, name } }));
    visit.participant = { ...visit.participant, name };
    visit.named = true;
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  redraw();
}

export function nameDialog() {
  const close = (/** @type {any} */ event) => event.target.closest('dialog').close();
  return html`<dialog id="name-dialog" aria-labelledby="name-title">
    <form @submit=${nameGiven}>
      <h2 id="name-title">${t('name.title')}</h2>
      <p>${t('name.why')}</p>
      <label>${t('name.label')}<input name="name" maxlength="80" autocomplete="name" required /></label>
      <div class="row-end">
        <button type="button" class="quiet-button" @click=${close}>${t('cancel')}</button>
        <button type="submit" class="primary">${t('name.use')}</button>
      </div>
    </form>
  </dialog>`;
}
