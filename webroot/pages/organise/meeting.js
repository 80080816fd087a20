// @ts-check
import { html, nothing } from 'lit-html';
import { command, intentKey } from '../../live/api.js';
import { explain, redraw, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { show, work } from './work.js';

/** One intent a form: a second press of the button is the same meeting. */
let key = intentKey();

/** @param {SubmitEvent} event */
async function create(event) {
  event.preventDefault();
  const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
  const text = (/** @type {string} */ name) => String(form.get(name) ?? '').trim();
  /** @type {any} */
  const body = {
    name: text('name'),
    timeZone: text('timeZone'),
    hashtags: text('hashtags').split(/[\s,]+/).filter(Boolean),
    rules: { anonymity: text('anonymity'), moderation: form.get('moderation') !== null },
  };
  if (text('startsOn')) body.startsOn = text('startsOn');
  if (text('endsOn')) body.endsOn = text('endsOn');
  try {
    const made = await command('POST', '/api/meetings', { body, key });
    key = intentKey();
    work.meetings = [made, ...work.meetings];
    await show(made.id, 'agenda');
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
    if (/** @type {any} */ (error).status === 422) key = intentKey();
  }
  redraw();
}

export function meetingForm() {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = Intl.supportedValuesOf?.('timeZone') ?? [here];
  return html`<form class="sheet" @submit=${create}>
    <h1>${t('meeting.create')}</h1>
    <label>${t('meeting.name')}<input name="name" maxlength="200" required autofocus dir="auto" placeholder=${t('meeting.namePlaceholder')} /></label>
    <div class="two">
      <label>${t('meeting.startsOn')}<input name="startsOn" type="date" /></label>
      <label>${t('meeting.endsOn')}<input name="endsOn" type="date" /></label>
    </div>
    <label>${t('meeting.timeZone')}<select name="timeZone">${[...new Set([here, ...zones])].map((zone) => html`<option .selected=${zone === here}>${zone}</option>`)}</select></label>
    <label>${t('meeting.hashtags')}<input name="hashtags" dir="auto" placeholder="#EHRF26 #AFib" /></label>
    <fieldset>
      <legend>${t('meeting.anonymity')}</legend>
      ${[
        ['choice', t('anonymity.choice')],
        ['anonymous', t('anonymity.anonymous')],
        ['named', t('anonymity.named')],
      ].map(([value, words], i) => html`<label class="choice"><input type="radio" name="anonymity" value=${value} ?checked=${i === 0} /><span>${words}</span></label>`)}
    </fieldset>
    <label class="choice"><input type="checkbox" name="moderation" checked /><span>${t('meeting.moderation')}</span></label>
    <div class="row-end">
      ${work.meeting ? html`<button type="button" class="quiet-button" @click=${() => ((work.creating = false), redraw())}>${t('cancel')}</button>` : nothing}
      <button class="primary">${t('meeting.createNow')}</button>
    </div>
  </form>`;
}
