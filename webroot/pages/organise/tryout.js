// @ts-check
/** Says of a text that is to be posted where a followed hashtag of it would not count. */

import { html, nothing } from 'lit-html';
import { command } from '../../live/api.js';
import { explain, redraw } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { work } from './work.js';

/** What they are called, everywhere the same. @type {Record<string, string>} */
export const networks = { x: 'X', mastodon: 'Mastodon', bluesky: 'Bluesky' };

/** @type {Record<string, string>} */
const reasons = {
  before: 'warn.before',
  apostrophe: 'warn.apostrophe',
  emoji: 'warn.emoji',
  joined: 'warn.joined',
  after: 'warn.after',
  unseen: 'warn.unseen',
  never: 'warn.never',
};

/** @type {{checked: any, wrong: string}} */
const now = { checked: null, wrong: '' };

/** @param {SubmitEvent} event */
async function check(event) {
  event.preventDefault();
  const text = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('text') ?? '');
  if (!text.trim()) return;
  try {
    now.checked = await command('POST', `/api/meetings/${work.meeting.id}/hashtags/check`, { body: { text } });
    now.wrong = '';
  } catch (error) {
    Object.assign(now, { checked: null, wrong: explain(error) });
  }
  redraw();
}

/** @param {any} checked */
function found({ warnings, reads }) {
  if (warnings.length) {
    return html`<ul class="warnings">
      ${warnings.map((/** @type {any} */ one) => html`<li class="warn">${t(reasons[one.reason], { network: networks[one.network], tag: one.tag })}</li>`)}
    </ul>`;
  }
  const any = Object.values(reads).some((tags) => /** @type {string[]} */ (tags).length);
  return html`<p>${t(any ? 'try.fine' : 'try.none')}</p>`;
}

export function tryOut() {
  return html`<form class="sheet" @submit=${check}>
    <h2>${t('try.title')}</h2>
    <p class="hint">${t('try.why')}</p>
    <label>${t('try.text')}<textarea name="text" rows="4" maxlength="4000" required dir="auto"></textarea></label>
    <div class="row-end"><button class="quiet-button">${t('try.check')}</button></div>
    <div aria-live="polite">${now.checked ? found(now.checked) : nothing}</div>
    ${now.wrong ? html`<p class="field-bad" role="alert">${now.wrong}</p>` : nothing}
  </form>`;
}
