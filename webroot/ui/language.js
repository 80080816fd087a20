// @ts-check
/** The choice of a language, where there is one to make. */

import { html, nothing } from 'lit-html';
import { icon } from './icons.js';
import { first } from './page.js';
import { t } from './words.js';

/** Each in its own words. @param {string} tag */
function nameOf(tag) {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The server remembers what the address says. @param {Event} event */
function choose(event) {
  const query = new URLSearchParams(location.search);
  query.set('lang', /** @type {HTMLSelectElement} */ (event.target).value);
  location.search = query.toString();
}

/** A link that is passed on does not choose for others. */
export function forgetLanguageInAddress() {
  const query = new URLSearchParams(location.search);
  if (!query.has('lang')) return;
  query.delete('lang');
  const rest = query.toString();
  history.replaceState(null, '', location.pathname + (rest ? `?${rest}` : '') + location.hash);
}

export function languageChoice() {
  const tags = first.languages ?? [];
  if (tags.length < 2) return nothing;
  const now = document.documentElement.lang;
  return html`<label class="language"
    >${icon('globe')}<span class="sr">${t('language.label')}</span>
    <select @change=${choose}>
      ${tags.map((tag) => html`<option value=${tag} lang=${tag} ?selected=${tag === now}>${nameOf(tag)}</option>`)}
    </select>
  </label>`;
}
