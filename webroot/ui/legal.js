// @ts-check
/** Who answers for a page and what becomes of data: links of the meeting, else those of the operator. */

import { html, nothing } from 'lit-html';
import { first, session } from './page.js';
import { t } from './words.js';

/** @param {{privacy?: string, imprint?: string}} [own] the meeting's */
export function legal(own = session().meeting?.links ?? first.meeting?.links) {
  const { privacy, imprint } = { ...first.links, ...own };
  return html`${privacy ? away(privacy, t('legal.privacy')) : nothing}${imprint ? away(imprint, t('legal.imprint')) : nothing}`;
}

/** @param {string} url @param {string} words */
const away = (url, words) => html`<a href=${url} target="_blank" rel="noopener noreferrer">${words}</a>`;
