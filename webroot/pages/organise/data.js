// @ts-check
/** What is left of a meeting: taking it away, making the next one from it, erasing it. */

import { html, nothing } from 'lit-html';
import { command, intentKey } from '../../live/api.js';
import { explain, redraw, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { watch } from './agenda.js';
import { forget, mayMake, show, work } from './work.js';

/** One intent: a second press of the button is the same copy. */
let key = intentKey();
let busy = false;

/** @param {SubmitEvent} event */
async function duplicate(event) {
  event.preventDefault();
  const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
  /** @type {any} */
  const body = { name: String(form.get('name')).trim(), agenda: form.get('agenda') !== null };
  if (form.get('startsOn')) body.startsOn = String(form.get('startsOn'));
  busy = true;
  redraw();
  try {
    const made = await command('POST', `/api/meetings/${work.meeting.id}/duplicate`, { body, key });
    key = intentKey();
    work.meetings = [made.meeting, ...work.meetings];
    toast(t('data.duplicated', { name: made.meeting.name }));
    await show(made.meeting.id, made.import ? 'agenda' : 'settings');
    if (made.import) watch(made.import);
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
    if (/** @type {any} */ (error).status === 422) key = intentKey();
  }
  busy = false;
  redraw();
}

/** @param {string} name as it was typed */
async function erase(name) {
  const { id } = work.meeting;
  busy = true;
  redraw();
  try {
    await command('DELETE', `/api/meetings/${id}?name=${encodeURIComponent(name)}`, { tries: 1, timeoutMs: 65_000 });
    /** @type {HTMLDialogElement|null} */ (document.querySelector('#erase'))?.close();
    toast(t('data.erased', { name }));
    await forget(id);
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  busy = false;
  redraw();
}

let typed = '';

function ask() {
  typed = '';
  redraw();
  /** @type {HTMLDialogElement|null} */ (document.querySelector('#erase'))?.showModal();
}

function eraseDialog() {
  const { name } = work.meeting;
  return html`<dialog id="erase" aria-labelledby="erase-title">
    <form @submit=${(/** @type {Event} */ e) => (e.preventDefault(), erase(typed))}>
      <h2 id="erase-title">${t('data.eraseAsk')}</h2>
      <p>${t('data.eraseWhat')}</p>
      <label>${t('data.typeName')} <strong dir="auto">${name}</strong>
        <input name="typed" required autocomplete="off" dir="auto" .value=${typed} @input=${(/** @type {any} */ e) => ((typed = e.target.value), redraw())} /></label>
      <div class="row-end">
        <button type="button" class="quiet-button" @click=${(/** @type {any} */ e) => e.target.closest('dialog').close()}>${t('cancel')}</button>
        <button class="primary danger" ?disabled=${busy || typed.trim() !== name.trim()}>${t('data.eraseNow')}</button>
      </div>
    </form>
  </dialog>`;
}

const FILES = [
  { what: 'questions', name: 'data.questions', why: 'data.questions.why' },
  { what: 'log', name: 'data.log', why: 'data.log.why' },
];

/** @param {{what: string, name: string}} file */
const file = ({ what, name }) => (/** @type {string} */ format) =>
  html`<a class="quiet-button" href=${`/api/meetings/${work.meeting.id}/export?what=${what}&format=${format}`} download aria-label=${t('data.as', { what: t(name), format: format.toUpperCase() })}>${format.toUpperCase()}</a>`;

export function data() {
  const one = work.meeting;
  return html`<div class="two-sheets">
    <div class="stack">
    <section class="sheet">
      <h2>${t('data.takeAway')}</h2>
      <p class="hint">${t('data.takeAwayWhy')}</p>
      ${FILES.map((one) => html`<div class="file-row"><span><strong>${t(one.name)}</strong><small>${t(one.why)}</small></span><span class="file-links">${['csv', 'json'].map(file(one))}</span></div>`)}
      <p class="hint">${t('data.oneSession')}</p>
    </section>
    <section class="sheet">
      <h2>${t(one.sample ? 'data.clear' : 'data.erase')}</h2>
      <p class="hint">${t(one.sample ? 'data.clearWhy' : 'data.eraseWhy')}</p>
      <div class="row-end">
        ${one.sample
          ? html`<button type="button" class="quiet-button danger-quiet" ?disabled=${busy} @click=${() => erase(one.name)}>${t('data.clearNow')}</button>`
          : html`<button type="button" class="quiet-button danger-quiet" @click=${ask}>${t('data.eraseOpen')}</button>`}
      </div>
    </section>
    </div>
    ${mayMake()
      ? html`<form class="sheet" @submit=${duplicate}>
          <h2>${t('data.duplicate')}</h2>
          <p class="hint">${t('data.duplicateWhy')}</p>
          <label>${t('data.newName')}<input name="name" required maxlength="200" dir="auto" /></label>
          <label>${t('meeting.startsOn')}<input name="startsOn" type="date" /></label>
          <label class="choice"><input type="checkbox" name="agenda" /><span>${t('data.withAgenda')}<small>${t('data.withAgendaWhy')}</small></span></label>
          <div class="row-end"><button class="primary" ?disabled=${busy}>${t('data.duplicateNow')}</button></div>
        </form>`
      : nothing}
    ${eraseDialog()}
  </div>`;
}
