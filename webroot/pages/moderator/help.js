// @ts-check
/** The keys, each with its act, and the way to other keys or to none. */

import { html, nothing } from 'lit-html';
import { redraw, say } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { desk } from './desk.js';
import { close } from './dialogs.js';
import { choose, chooseUsual, chosen, isUsual } from './keymap.js';
import { keepKeys } from './keep.js';
import { acts, keyName, nameOf } from './keys.js';

/** The act that waits for its new key. @type {string|null} */
let changing = null;

/** @param {Event} event */
function switchKeys(event) {
  desk.keysOn = /** @type {HTMLInputElement} */ (event.target).checked;
  keepKeys();
  redraw();
}

/** @param {KeyboardEvent} event @param {import('./keys.js').Act} act */
function take(event, act) {
  if (changing !== act.id) return;
  if (['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'CapsLock'].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  changing = null;
  const name = nameOf(event);
  const digit = /^[0-9]$/.test(name);
  if (event.key !== 'Escape') say(!digit && choose(acts, act, name) ? t('help.changed', { key: keyName(name) }) : t('help.taken'));
  redraw();
}

/** @param {import('./keys.js').Act} act */
function row(act) {
  const [key, ...more] = chosen(act);
  const waits = changing === act.id;
  return html`<div>
    <dt>
      <button
        type="button"
        class="key"
        aria-label=${t('help.change', { act: t(act.words), key: keyName(key) })}
        @click=${() => ((changing = act.id), redraw())}
        @keydown=${(/** @type {KeyboardEvent} */ event) => take(event, act)}
        @blur=${() => waits && ((changing = null), redraw())}
      >
        <kbd>${waits ? '…' : keyName(key)}</kbd>
      </button>
      ${more.map((one) => html`<kbd>${keyName(one)}</kbd>`)}
    </dt>
    <dd>${waits ? t('help.press') : t(act.words)}</dd>
  </div>`;
}

export function help() {
  return html`<div class="help">
    <h2 id="dialog-title">${t('help.title')}</h2>
    <label class="choice"><input type="checkbox" .checked=${desk.keysOn} @change=${switchKeys} /><span>${t('help.switch')}</span></label>
    <p class="hint">${t('help.how')}</p>
    <dl>
      ${acts.map(row)}
      <div><dt class="ltr"><kbd>${keyName(chosen(acts[1])[0])}</kbd><kbd>1</kbd>–<kbd>5</kbd></dt><dd>${t('help.reasons')}</dd></div>
      <div><dt><kbd>Esc</kbd></dt><dd>${t('help.escape')}</dd></div>
    </dl>
    <div class="row-end">
      ${isUsual() ? nothing : html`<button type="button" class="quiet-button" @click=${() => (chooseUsual(), redraw())}>${t('help.usual')}</button>`}
      <button type="button" class="primary" @click=${close}>${t('close')}</button>
    </div>
  </div>`;
}
