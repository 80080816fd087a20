// @ts-check
/** Below the list: another device, another language, another code. */

import { html, nothing } from 'lit-html';
import { icon } from '../../ui/icons.js';
import { languageChoice } from '../../ui/language.js';
import { legal } from '../../ui/legal.js';
import { t } from '../../ui/words.js';
import { visit } from './asking.js';

/** @param {() => void} showDevice */
export function foot(showDevice) {
  return html`<footer class="foot">
    ${visit.participant
      ? html`<button type="button" class="quiet-button" @click=${showDevice}>${icon('phone')}${t('device.open')}</button>`
      : nothing}
    ${languageChoice()}
    <a href="/">${t('otherCode')}</a>
    ${legal()}
  </footer>`;
}
