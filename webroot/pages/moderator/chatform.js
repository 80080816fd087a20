// @ts-check
/** Writing a prompt: what each network would be sent, how long that is there, and whether its tags count. */

import { html, nothing } from 'lit-html';
import { call } from '../../live/api.js';
import { redraw, zone } from '../../ui/page.js';
import { moment, wallClock } from '../../ui/zoned.js';
import { t } from '../../ui/words.js';
import { chat, networks, send } from './chat.js';
import { path } from './desk.js';

const TYPED_MS = 300;

/** What is being written; `id` of the prompt that is changed. */
const draft = {
  open: false,
  /** @type {string|null} */
  id: null,
  kind: 'prompt',
  text: '',
  /** @type {Record<string, string>} */
  texts: {},
  at: '',
  /** @type {any[]} */
  lengths: [],
  timer: 0,
  asked: 0,
};

/** @type {Record<string, string>} */
const kinds = { prompt: 'chat.question', welcome: 'chat.welcome', wrapup: 'chat.wrapup' };

/** A prompt that was stored, to be changed. @param {any} prompt @param {any} run */
export function edit(prompt, run) {
  Object.assign(draft, {
    open: true,
    id: prompt.id,
    kind: prompt.kind,
    text: prompt.text,
    texts: { ...run.texts },
    at: prompt.at ? wallClock(prompt.at, zone()) : '',
  });
  measure();
  redraw();
  requestAnimationFrame(() => document.getElementById('prompt-text')?.focus());
}

function fresh() {
  Object.assign(draft, { open: false, id: null, kind: 'prompt', text: '', texts: {}, at: '', lengths: [] });
  redraw();
}

/** Asks how long it is, once nobody types for a moment. */
function measure() {
  clearTimeout(draft.timer);
  draft.timer = setTimeout(async () => {
    if (!draft.text.trim()) {
      draft.lengths = [];
      return redraw();
    }
    const asked = (draft.asked += 1);
    try {
      const answer = await call('POST', `${path()}/prompts/measure`, { body: { kind: draft.kind, text: draft.text, texts: texts() } });
      if (asked === draft.asked) draft.lengths = answer.lengths;
    } catch {
      // The same is checked when it is stored, and said then.
      draft.lengths = [];
    }
    redraw();
  }, TYPED_MS);
}

function texts() {
  return Object.fromEntries(Object.entries(draft.texts).filter((one) => one[1].trim()));
}

/** @param {SubmitEvent} event */
async function keepPrompt(event) {
  event.preventDefault();
  if (!draft.text.trim()) return;
  /** @type {any} */
  const body = { text: draft.text.trim(), texts: texts() };
  const answer = draft.id
    ? await send('PATCH', `/prompts/${draft.id}`, { ...body, at: draft.at ? moment(draft.at, zone()) : null }, t('chat.did.changed'))
    : await send('POST', '/prompts', { ...body, kind: draft.kind, ...(draft.at ? { at: moment(draft.at, zone()) } : {}) }, t('chat.did.added'));
  if (answer) fresh();
}

/**
 * Hashtags that not every network takes for one: without a space before it, or with something of a
 * word directly after it.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function doubtful(text) {
  const found = [];
  for (const match of text.matchAll(/(^|.)([#＃][\p{L}\p{M}\p{N}_]+)(.?)(.?)/gsu)) {
    const [, before, tag, after, next] = match;
    if (/^[#＃]\p{N}+$/u.test(tag)) continue;
    const glued = before !== '' && !/\s/u.test(before);
    const goesOn = /['’‘\-–—#\p{Extended_Pictographic}]/u.test(after) || (/[.,/·]/u.test(after) && /\S/u.test(next));
    if (glued || goesOn) found.push(tag);
  }
  return [...new Set(found)];
}

export function composer() {
  if (!draft.open) {
    return html`<button type="button" class="quiet-button add-prompt" @click=${() => ((draft.open = true), redraw(), requestAnimationFrame(() => document.getElementById('prompt-text')?.focus()))}>${t('chat.add')}</button>`;
  }
  const used = new Set((chat.settings?.accounts ?? []).filter((/** @type {any} */ one) => one.used).map((/** @type {any} */ one) => one.network));
  const doubts = doubtful([draft.text, ...Object.values(draft.texts)].join('\n'));
  const tooLong = draft.lengths.some((one) => one.max !== undefined && one.length > one.max);
  return html`<form class="prompt-form" @submit=${keepPrompt}>
    <div class="row">
      ${draft.id
        ? html`<strong>${t(kinds[draft.kind])}</strong>`
        : html`<label><span class="sr">${t('chat.kind')}</span><select @change=${(/** @type {any} */ e) => ((draft.kind = e.target.value), measure(), redraw())}>
            ${Object.keys(kinds).map((kind) => html`<option value=${kind} .selected=${kind === draft.kind}>${t(kinds[kind])}</option>`)}
          </select></label>`}
      <label class="prompt-at"><span>${t('chat.when')}</span><input type="datetime-local" .value=${draft.at} @input=${(/** @type {any} */ e) => (draft.at = e.target.value)} /></label>
    </div>
    <label class="sr" for="prompt-text">${t('chat.text')}</label>
    <textarea id="prompt-text" rows="3" dir="auto" maxlength="1000" placeholder=${t('chat.text')} .value=${draft.text} @input=${(/** @type {any} */ e) => ((draft.text = e.target.value), measure(), redraw())}></textarea>
    ${[...used].map(
      (network) => html`<details class="own-text" ?open=${Boolean(draft.texts[network])}><summary>${t('chat.own', { network: networks[network] })}</summary>
        <textarea rows="2" dir="auto" maxlength="1000" aria-label=${t('chat.own', { network: networks[network] })} .value=${draft.texts[network] ?? ''} @input=${(/** @type {any} */ e) => ((draft.texts[network] = e.target.value), measure(), redraw())}></textarea></details>`,
    )}
    ${draft.lengths.length
      ? html`<ul class="lengths">${draft.lengths.map(
          (one) => html`<li class=${one.max !== undefined && one.length > one.max ? 'is-long' : ''}><strong>${networks[one.network]}</strong>
            ${one.max === undefined ? nothing : html`<span>${t('chat.length', { n: one.length, max: one.max })}</span>`}<span class="would" dir="auto">${one.text}</span></li>`,
        )}</ul>`
      : nothing}
    ${doubts.map((tag) => html`<p class="doubt" role="status">${t('chat.doubtful', { tag })}</p>`)}
    <div class="row">
      <button class="primary small" ?disabled=${!draft.text.trim() || tooLong}>${draft.id ? t('edit.save') : t('chat.add')}</button>
      <button type="button" class="quiet-button small" @click=${fresh}>${t('cancel')}</button>
      <span class="meta">${t('chat.zone', { zone: zone() ?? '' })}</span>
    </div>
  </form>`;
}

