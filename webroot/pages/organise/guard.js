// @ts-check
/** What must speak for a post beside the hashtag, when others use the same one. */

import { html } from 'lit-html';
import { call, command } from '../../live/api.js';
import { explain, redraw, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { work } from './work.js';

/** @type {{of: string|null, rule: any, wrong: string}} */
const now = { of: null, rule: null, wrong: '' };

export async function loadGuard() {
  const of = work.meeting.id;
  Object.assign(now, { of, rule: null, wrong: '' });
  try {
    const rule = await call('GET', `/api/meetings/${of}/hashtags/guard`);
    if (of === now.of) now.rule = rule;
  } catch (error) {
    now.wrong = explain(error);
  }
  redraw();
}

/** @param {SubmitEvent} event */
async function save(event) {
  event.preventDefault();
  const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
  const text = (/** @type {string} */ name) => String(form.get(name) ?? '');
  const body = {
    secondTags: text('secondTags').split(/[\s,]+/).filter(Boolean),
    known: form.get('known') !== null,
    topics: text('topics').split(',').map((word) => word.trim()).filter(Boolean),
  };
  try {
    now.rule = await command('PUT', `/api/meetings/${now.of}/hashtags/guard`, { body });
    now.wrong = '';
    toast(t('saved'));
  } catch (error) {
    now.wrong = explain(error);
  }
  redraw();
}

export function guard() {
  const { rule, wrong } = now;
  return html`<form class="sheet" @submit=${save}>
    <h2>${t('guard.title')}</h2>
    <p class="hint">${t('guard.why')}</p>
    <label>${t('guard.second')}<input name="secondTags" dir="auto" maxlength="1000" autocomplete="off" placeholder="#CardioTwitter" .value=${(rule?.secondTags ?? []).map((/** @type {string} */ tag) => `#${tag}`).join(' ')} /></label>
    <label>${t('guard.topics')}<input name="topics" dir="auto" maxlength="2000" autocomplete="off" placeholder="cardio*, heart" .value=${(rule?.topics ?? []).join(', ')} />
      <small>${t('guard.topics.why')}</small></label>
    <label class="choice"><input type="checkbox" name="known" .checked=${rule?.known === true} /><span>${t('guard.known')}<small>${t('guard.known.why')}</small></span></label>
    ${wrong ? html`<p class="field-bad" role="alert">${wrong}</p>` : ''}
    <div class="row-end"><button class="primary" ?disabled=${!rule}>${t('save')}</button></div>
  </form>`;
}
