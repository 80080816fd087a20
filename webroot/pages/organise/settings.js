// @ts-check
/** What a meeting is called and how its sessions work, with words that say what each rule does. */

import { html } from 'lit-html';
import { first, redraw } from '../../ui/page.js';
import { fault, t } from '../../ui/words.js';
import { change, work } from './work.js';

/** What the server did not take, by the field's name. @type {Record<string, string>} */
let wrong = {};

const anonymities = [
  { value: 'choice', name: 'anonymity.choice', why: 'anonymity.choice.why' },
  { value: 'anonymous', name: 'anonymity.anonymous', why: 'anonymity.anonymous.why' },
  { value: 'named', name: 'anonymity.named', why: 'anonymity.named.why' },
];

/** @param {any} meeting what the form shows of it */
const shown = ({ name, startsOn, endsOn, timeZone, hashtags, rules }) => ({
  name,
  startsOn: startsOn ?? null,
  endsOn: endsOn ?? null,
  timeZone,
  hashtags,
  rules: { ...rules, links: { privacy: rules.links.privacy ?? null, imprint: rules.links.imprint ?? null } },
});

/** @param {SubmitEvent} event */
async function save(event) {
  event.preventDefault();
  const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
  const text = (/** @type {string} */ name) => String(form.get(name) ?? '').trim();
  const before = shown(work.meeting);
  /** @type {any} */
  const patch = {
    name: text('name'),
    startsOn: text('startsOn') || null,
    endsOn: text('endsOn') || null,
    timeZone: text('timeZone'),
    hashtags: text('hashtags').split(/[\s,]+/).filter(Boolean),
    rules: {
      anonymity: text('anonymity'),
      moderation: form.get('moderation') === 'on',
      limits: { questionLength: Number(text('questionLength')) },
      retention: { privateDays: Number(text('privateDays')), publicDays: Number(text('publicDays')) },
      links: { privacy: text('privacy') || null, imprint: text('imprint') || null },
    },
  };
  const error = await change(patch, before);
  wrong = Object.fromEntries((error?.errors ?? []).map((/** @type {any} */ one) => [one.pointer.split('/').pop(), fault(one) ?? t('error.refused')]));
  redraw();
}

/** @param {string} name of a field */
const trouble = (name) => (wrong[name] ? html`<span class="field-bad" role="alert">${wrong[name]}</span>` : '');

export function settings() {
  const one = work.meeting;
  const { rules } = one;
  const zones = [...new Set([one.timeZone, ...(Intl.supportedValuesOf?.('timeZone') ?? [])])];
  return html`<form class="two-sheets" @submit=${save}>
    <section class="sheet">
      <h2>${t('settings.rules')}</h2>
      <p class="hint">${t('settings.running')}</p>
      <fieldset>
        <legend>${t('meeting.anonymity')}</legend>
        ${anonymities.map(
          ({ value, name, why }) => html`<label class="choice"><input type="radio" name="anonymity" value=${value} .checked=${rules.anonymity === value} />
            <span>${t(name)}<small>${t(why)}</small></span></label>`,
        )}
      </fieldset>
      <fieldset>
        <legend>${t('settings.moderation')}</legend>
        <label class="choice"><input type="radio" name="moderation" value="on" .checked=${rules.moderation} />
          <span>${t('moderation.on')}<small>${t('moderation.on.why')}</small></span></label>
        <label class="choice"><input type="radio" name="moderation" value="off" .checked=${!rules.moderation} />
          <span>${t('moderation.off')}<small>${t('moderation.off.why')}</small></span></label>
      </fieldset>
      <label>${t('settings.questionLength')}<input name="questionLength" type="number" min="20" max="2000" required .value=${String(rules.limits.questionLength)} />
        <small>${t('settings.questionLength.why')}</small>${trouble('questionLength')}</label>
      <label>${t('settings.privateDays')}<input name="privateDays" type="number" min="1" max="365" required .value=${String(rules.retention.privateDays)} />
        <small>${t('settings.privateDays.why')}</small>${trouble('privateDays')}</label>
      <label>${t('settings.publicDays')}<input name="publicDays" type="number" min="1" max="3650" required .value=${String(rules.retention.publicDays)} />
        <small>${t('settings.publicDays.why')}</small>${trouble('publicDays')}</label>
    </section>
    <section class="sheet">
      <h2>${t('settings.meeting')}</h2>
      <label>${t('meeting.name')}<input name="name" maxlength="200" required dir="auto" .value=${one.name} />${trouble('name')}</label>
      <div class="two">
        <label>${t('meeting.startsOn')}<input name="startsOn" type="date" .value=${one.startsOn ?? ''} />${trouble('startsOn')}</label>
        <label>${t('meeting.endsOn')}<input name="endsOn" type="date" .value=${one.endsOn ?? ''} />${trouble('endsOn')}</label>
      </div>
      <label>${t('meeting.timeZone')}<select name="timeZone">${zones.map((zone) => html`<option .selected=${zone === one.timeZone}>${zone}</option>`)}</select>
        <small>${t('settings.timeZone.why')}</small></label>
      <label>${t('meeting.hashtags')}<input name="hashtags" dir="auto" .value=${one.hashtags.map((/** @type {string} */ tag) => `#${tag}`).join(' ')} />${trouble('hashtags')}</label>
      <label>${t('settings.privacy')}<input name="privacy" type="url" maxlength="500" .value=${rules.links.privacy ?? ''} />${trouble('privacy')}</label>
      <label>${t('settings.imprint')}<input name="imprint" type="url" maxlength="500" .value=${rules.links.imprint ?? ''} />
        <small>${first.links?.privacy || first.links?.imprint ? t('settings.links.operator') : t('settings.links.why')}</small>${trouble('imprint')}</label>
    </section>
    <div class="row-end whole"><button class="primary">${t('save')}</button></div>
  </form>`;
}
