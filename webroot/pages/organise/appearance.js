// @ts-check
/** Colours and logo, with what they look like and whether they can be read. */

import { html, nothing } from 'lit-html';
import { call, command } from '../../live/api.js';
import { icon } from '../../ui/icons.js';
import { tokens } from '../../ui/look.js';
import { afterEach, explain, logo, redraw, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { NEEDED, contrast, nearest } from './contrast.js';
import { change, take, work } from './work.js';

/** What is being tried; null = as it is. @type {{of: string|null, light: string|null, dark: string|null, busy: boolean}} */
const tried = { of: null, light: null, dark: null, busy: false };

const LOGO_BYTES = 1024 * 1024;
const own = { light: '#0b5c63', dark: '#79cfcd' };
const members = /** @type {const} */ ({ light: 'accent', dark: 'accentDark' });

/** @param {'light'|'dark'} theme */
function colour(theme) {
  const look = work.meeting.look ?? {};
  if (tried[theme]) return tried[theme];
  // The dark one follows the light one until somebody says otherwise.
  if (theme === 'dark' && tried.light) return nearest('dark', tried.light);
  return look[members[theme]] ?? own[theme];
}

/** @param {'light'|'dark'} theme @param {string} text as it is typed */
function choose(theme, text) {
  const wanted = text.trim().toLowerCase().replace(/^#?/, '#');
  if (/^#[0-9a-f]{6}$/.test(wanted)) tried[theme] = wanted;
  redraw();
}

function untry() {
  Object.assign(tried, { light: null, dark: null });
}

/** @param {SubmitEvent} event */
async function save(event) {
  event.preventDefault();
  const { accent = null, accentDark = null } = work.meeting.look ?? {};
  const error = await change({ look: { accent: colour('light'), accentDark: colour('dark') } }, { look: { accent, accentDark } });
  if (!error) untry();
  redraw();
}

async function reset() {
  const { accent = null, accentDark = null } = work.meeting.look ?? {};
  untry();
  await change({ look: { accent: null, accentDark: null } }, { look: { accent, accentDark } });
}

/** @param {File|null|undefined} file */
async function upload(file) {
  if (!file) return;
  if (file.size > LOGO_BYTES) {
    toast(t('look.tooLarge'), { tone: 'bad' });
    return;
  }
  tried.busy = true;
  redraw();
  try {
    take(await call('PUT', `/api/meetings/${work.meeting.id}/logo`, { file, timeoutMs: 30_000 }));
    toast(t('saved'), { slot: 'meeting' });
  } catch (error) {
    toast(explain(error), { tone: 'bad', ms: 10_000 });
  }
  tried.busy = false;
  redraw();
}

async function removeLogo() {
  const { id, look } = work.meeting;
  try {
    const before = await fetch(look.logo).then((answer) => (answer.ok ? answer.blob() : null));
    await command('DELETE', `/api/meetings/${id}/logo`);
    take(await call('GET', `/api/meetings/${id}`));
    toast(t('look.logoGone'), before ? { label: t('undo'), action: () => upload(/** @type {File} */ (before)) } : {});
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  redraw();
}

/** @param {'light'|'dark'} theme */
function picker(theme) {
  const now = colour(theme);
  const measured = Math.floor(contrast(theme, now) * 100) / 100;
  const good = measured >= NEEDED;
  const instead = good ? null : nearest(theme, now);
  return html`<fieldset class="picker">
    <legend>${t(theme === 'dark' ? 'look.dark' : 'look.light')}</legend>
    <div class="pick">
      <input type="color" aria-label=${t('look.pick')} .value=${now} @input=${(/** @type {any} */ e) => choose(theme, e.target.value)} />
      <input type="text" class="hex ltr" aria-label=${t('look.hex')} maxlength="7" spellcheck="false" autocomplete="off" .value=${now} @change=${(/** @type {any} */ e) => choose(theme, e.target.value)} />
      <span class="chip ${good ? 'chip-good' : 'chip-bad'}" role="status">${icon(good ? 'check' : 'cross')}${t(good ? 'look.passes' : 'look.fails', { ratio: measured })}</span>
    </div>
    ${instead ? html`<p class="hint">${t('look.needed', { ratio: NEEDED })} <button type="button" class="link" @click=${() => choose(theme, instead)}>${t('look.nearest', { colour: instead })}</button></p>` : nothing}
  </fieldset>`;
}

/** A piece of an attendee's page. @param {'light'|'dark'} theme */
function sample(theme) {
  return html`<div class="sample sample-${theme}" data-sample=${theme} inert aria-hidden="true">
    <p class="sample-head">${logo(work.meeting)}<span class="over" dir="auto">${work.meeting.name}</span></p>
    <p class="sample-card"><span dir="auto">${t('look.question')}</span><span class="sample-vote">${icon('up')} 12</span></p>
    <p class="sample-row"><span class="sample-link">${t('look.link')}</span><span class="sample-primary">${t('look.button')}</span></p>
  </div>`;
}

/** The strict policy takes no style attributes; the object model is allowed. */
afterEach(() => {
  for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-sample]'))) {
    const dark = box.dataset.sample === 'dark';
    const look = { accent: colour('light'), accentDark: colour('dark') };
    for (const [name, pair] of Object.entries(tokens(look))) box.style.setProperty(name, pair[dark ? 1 : 0]);
  }
});

export function appearance() {
  if (tried.of !== work.meeting.id) {
    untry();
    tried.of = work.meeting.id;
  }
  const look = work.meeting.look ?? {};
  const legible = ['light', 'dark'].every((theme) => contrast(/** @type {'light'} */ (theme), colour(/** @type {'light'} */ (theme))) >= NEEDED);
  const untouched = !tried.light && !tried.dark;
  return html`<div class="two-sheets">
    <form class="sheet" @submit=${save}>
      <h2>${t('look.colours')}</h2>
      <p class="hint">${t('look.why')}</p>
      ${picker('light')} ${picker('dark')}
      <div class="row-end">
        ${look.accent || look.accentDark ? html`<button type="button" class="quiet-button" @click=${reset}>${t('look.own')}</button>` : nothing}
        <button class="primary" ?disabled=${!legible || untouched}>${t('save')}</button>
      </div>
      <h2>${t('look.logo')}</h2>
      <label class="drop drop-small" @dragover=${(/** @type {Event} */ e) => e.preventDefault()} @drop=${(/** @type {DragEvent} */ e) => (e.preventDefault(), upload(e.dataTransfer?.files[0]))}>
        ${look.logo ? html`<img class="meeting-logo big" src=${look.logo} alt=${t('look.logoOf', { name: work.meeting.name })} />` : icon('file')}
        <strong>${t(tried.busy ? 'look.sending' : look.logo ? 'look.other' : 'look.choose')}</strong>
        <span>${t('look.formats')}</span>
        <input type="file" class="sr" accept="image/png,image/jpeg,image/webp" @change=${(/** @type {any} */ e) => (upload(e.target.files[0]), (e.target.value = ''))} />
      </label>
      ${look.logo ? html`<div class="row-end"><button type="button" class="quiet-button" @click=${removeLogo}>${t('look.remove')}</button></div>` : nothing}
    </form>
    <section class="sheet">
      <h2>${t('look.sample')}</h2>
      ${sample('light')} ${sample('dark')}
    </section>
  </div>`;
}
