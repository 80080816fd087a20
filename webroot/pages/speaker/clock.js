// @ts-check
/** The podium's clock: amber at two minutes, red at zero; paused and extended by touch. */

import { html, nothing } from 'lit-html';
import { clock, counted } from '../../ui/clock.js';
import { say, session, store, zone } from '../../ui/page.js';
import { t, time } from '../../ui/words.js';
import { pending, setClock } from './acts.js';

const HOURS_MS = 100 * 60_000;
const START_MINUTES = 5;

const now = () => clock(store.get('stage'), session(), store.time());

/** @param {string} words @param {string} label @param {() => void} action @param {string} [kind] */
function button(words, label, action, kind = '') {
  return html`<button type="button" class="clock-button ltr ${kind}" aria-label=${label} ?disabled=${pending('clock')} @click=${action}>${words}</button>`;
}

export function clockPanel() {
  const it = now();
  const wall = time(store.time(), zone());
  if (!it) {
    return html`<div class="clock">
      <strong class="clock-time ltr">${wall}</strong>
      <div class="clock-buttons">${button(t('clock.start', { n: START_MINUTES }), t('clock.start', { n: START_MINUTES }), () => setClock('start', START_MINUTES), 'clock-wide')}</div>
    </div>`;
  }
  const minutes = Math.floor(Math.abs(it.left) / 60_000);
  const far = it.left > HOURS_MS && !it.byHand;
  return html`<div class="clock clock-${it.tone} ${it.paused ? 'clock-paused' : ''}">
    <div class="clock-face" role="timer" aria-label=${t(it.tone === 'over' ? 'clock.over' : 'clock.left', { n: minutes })}>
      <strong class="clock-time ltr">${far ? wall : counted(it.left)}</strong>
      <span class="clock-words">${it.paused ? t('clock.paused') : far ? nothing : t(it.tone === 'over' ? 'clock.overWords' : 'clock.leftWords')}</span>
    </div>
    <div class="clock-buttons">
      ${button('−1', t('clock.less'), () => setClock('extend', -1))}
      ${button('+1', t('clock.more', { n: 1 }), () => setClock('extend', 1))}
      ${button('+5', t('clock.more', { n: 5 }), () => setClock('extend', 5))}
      ${it.paused ? button(t('clock.resume'), t('clock.resumeLabel'), () => setClock('resume'), 'clock-wide') : button(t('clock.pause'), t('clock.pauseLabel'), () => setClock('pause'), 'clock-wide')}
    </div>
  </div>`;
}

let toneSaid = 'calm';

/** Tells those who do not see the colours, once each. */
export function sayTime() {
  const it = now();
  const tone = it?.tone ?? 'calm';
  if (tone === toneSaid) return;
  toneSaid = tone;
  if (tone === 'soon') say(t('clock.soonSaid'));
  if (tone === 'over') say(t('clock.overSaid'));
}
