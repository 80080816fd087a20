// @ts-check
/** Coming in, and asking: the name, the box at the bottom, and what is still on its way. */

import { html, nothing } from 'lit-html';
import { call, command } from '../../live/api.js';
import { Outbox } from '../../live/outbox.js';
import { icon } from '../../ui/icons.js';
import { explain, first, redraw, say, session, store, toast, zone } from '../../ui/page.js';
import { t, time } from '../../ui/words.js';

const LONGEST = 500;

export const code = decodeURIComponent(location.pathname.split('/').pop() ?? '');

/** Who is here, and what they are about to say. */
export const visit = {
  /** @type {{id: string, name: string|null}|null} */
  participant: first.me?.participant ?? null,
  joining: false,
  /** @type {any} */
  refused: null,
  draft: '',
  /** Whether the next question carries the name. */
  named: false,
  open: false,
  /** @type {Outbox|null} */
  outbox: null,
};

const shelf = storage();

function storage() {
  try {
    return window.localStorage;
  } catch {
    // Storage forbidden by the browser: the page works, it only forgets with the tab.
    /** @type {Map<string, string>} */
    const memory = new Map();
    return {
      getItem: (/** @type {string} */ key) => memory.get(key) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => void memory.set(key, value),
      removeItem: (/** @type {string} */ key) => void memory.delete(key),
    };
  }
}

/* ---- coming in ---- */

/**
 * Joins; tries again by itself while nobody answers.
 *
 * @param {() => void} joined
 * @param {string} [name]
 */
export async function join(joined, name) {
  visit.joining = true;
  redraw();
  try {
    const answer = await command('POST', '/api/join', { body: name ? { code, name } : { code } });
    visit.participant = { id: answer.participant, name: answer.name ?? name ?? null };
    visit.refused = null;
  } catch (error) {
    visit.refused = error;
    if (!(/** @type {any} */ (error).status)) setTimeout(() => join(joined, name), 3000);
  }
  visit.joining = false;
  redraw();
  if (visit.participant) joined();
}

/** What was written and what was not sent before the page was closed. */
export function recall() {
  visit.draft = shelf.getItem(`plenary.draft.${session().id}`) ?? '';
}

export function openOutbox() {
  visit.outbox = new Outbox({
    name: `plenary.outbox.${session().id}`,
    shelf,
    send: sendQuestion,
    changed: redraw,
  });
  visit.outbox.flush();
}

/** @param {() => void} joined */
export function nameForm(joined) {
  return html`<form
    class="panel"
    @submit=${(/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const name = nameIn(event);
      if (name) join(joined, name);
    }}
  >
    <h2>${t('name.needed')}</h2>
    <p>${t('name.why')}</p>
    <label>${t('name.label')}<input name="name" maxlength="80" autocomplete="name" required autofocus /></label>
    <button type="submit" class="primary wide" ?disabled=${visit.joining}>${t('name.join')}</button>
  </form>`;
}

/** @param {SubmitEvent} event */
function nameIn(event) {
  const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
  return String(form.get('name') ?? '').trim();
}

/* ---- asking ---- */

/** @param {any} item */
async function sendQuestion(item) {
  /** @type {any} */
  const body = { text: item.text };
  if (item.anonymous !== undefined) body.anonymous = item.anonymous;
  const path = `/api/sessions/${session().id}/questions`;
  const answer = await call('POST', path, { body, key: item.key });
  // The answer may overtake the stream: what it says is drawn until the stream says it too.
  const key = `mine/${answer.id}`;
  if (!store.own.has(key)) {
    const asked = { text: item.text, askedAt: new Date().toISOString(), ...answer };
    store.own.set(key, { key, version: 0, body: asked });
    store.changed();
  }
  say(t('say.sent'));
}

const longest = () => session().questionLength ?? LONGEST;

const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter() : null;

/** As a reader counts. @param {string} text */
function lengthOf(text) {
  return segmenter ? [...segmenter.segment(text)].length : [...text].length;
}

const box = () => /** @type {HTMLTextAreaElement|null} */ (document.getElementById('ask'));

/** @param {Event} event */
function ask(event) {
  event.preventDefault();
  const text = visit.draft.trim();
  if (!text || lengthOf(text) > longest() || !visit.outbox) return;
  visit.outbox.add(text, session().anonymity === 'choice' ? { anonymous: !visit.named } : {});
  setDraft('');
  visit.open = false;
  const field = box();
  if (field) {
    field.value = '';
    grow(field);
    field.blur();
  }
  document.querySelector('.mine')?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

/** @param {string} text */
function setDraft(text) {
  visit.draft = text;
  const key = `plenary.draft.${session().id}`;
  try {
    if (text) shelf.setItem(key, text);
    else shelf.removeItem(key);
  } catch {
    // A full storage: the draft lives as long as the tab.
  }
  redraw();
}

/** @param {HTMLTextAreaElement} field */
function grow(field) {
  field.style.blockSize = 'auto';
  field.style.blockSize = `${Math.min(field.scrollHeight + 2, 160)}px`;
}

/** A refused one back into the box. @param {string} key */
function reword(key) {
  const item = visit.outbox?.take(key);
  const field = box();
  if (!item || !field) return;
  setDraft(item.text);
  field.value = item.text;
  grow(field);
  field.focus();
}

/** One that is not sent yet, or was refused. @param {any} item */
export function onItsWay(item) {
  const refused = item.state === 'refused';
  const words = refused ? t('fate.refused') : item.state === 'sending' ? t('fate.sending') : t('fate.waiting');
  return html`<li class="fate ${refused ? 'fate-bad' : 'fate-wait'}">
    <p dir="auto">${item.text}</p>
    <p class="meta">
      <strong>${words}</strong>
      ${refused ? html`<span dir="auto">${item.why}</span>` : nothing}
      ${item.state === 'waiting'
        ? html`<button type="button" class="link" @click=${() => visit.outbox?.flush()}>${t('fate.retry')}</button>`
        : nothing}
      ${refused
        ? html`<button type="button" class="link" @click=${() => reword(item.key)}>${t('fate.reword')}</button>`
        : nothing}
    </p>
  </li>`;
}

/** @param {any} now the session */
function notYet(now) {
  if (!now.startsAt) return t('notYet.undated');
  const day = { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' };
  return t('notYet.at', { time: time(now.startsAt, zone(), /** @type {any} */ (day)) });
}

export function compose() {
  const now = session();
  if (now.state === 'closed') return html`<p class="compose compose-shut">${t('closed.short')}</p>`;
  if (now.state === 'scheduled') return html`<p class="compose compose-shut">${notYet(now)}</p>`;
  const length = lengthOf(visit.draft.trim());
  const left = longest() - length;
  const open = visit.open || length > 0;
  return html`<form class="compose" data-open=${open} @submit=${ask}>
    ${open && now.anonymity === 'choice' ? whoAsks() : nothing}
    <div class="compose-row">
      <label class="sr" for="ask">${t('ask.label')}</label>
      <textarea
        id="ask"
        rows="1"
        dir="auto"
        placeholder=${t('ask.placeholder')}
        enterkeyhint="enter"
        .value=${visit.draft}
        @focus=${() => ((visit.open = true), redraw())}
        @blur=${() => ((visit.open = false), setTimeout(redraw, 150))}
        @input=${(/** @type {any} */ event) => (setDraft(event.target.value), grow(event.target))}
        @keydown=${(/** @type {KeyboardEvent} */ event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) ask(event);
        }}
      ></textarea>
      <button type="submit" class="send" ?disabled=${length === 0 || left < 0 || !visit.outbox}>
        ${icon('send')}<span>${t('ask.send')}</span>
      </button>
    </div>
    ${open
      ? html`<p class="compose-foot">
          <span>${now.moderation ? t('ask.moderated') : t('ask.direct')}</span>
          <span class="left" data-tone=${left < 0 ? 'bad' : left < 40 ? 'warn' : 'plain'}>
            ${left < 80 ? t('ask.left', { n: left }) : nothing}
          </span>
        </p>`
      : nothing}
  </form>`;
}

/** The focus stays in the box while one chooses. */
function whoAsks() {
  const name = visit.participant?.name;
  const keep = (/** @type {Event} */ event) => event.preventDefault();
  const anonymous = () => ((visit.named = false), redraw());
  return html`<div class="segments" role="group" aria-label=${t('ask.as')} @mousedown=${keep}>
    <button type="button" aria-pressed=${!visit.named} @click=${anonymous}>${t('ask.anonymous')}</button>
    <button type="button" aria-pressed=${visit.named} @click=${giveName}>${name ?? t('ask.withName')}</button>
  </div>`;
}

function giveName() {
  visit.named = Boolean(visit.participant?.name);
  redraw();
  if (visit.named) return;
  /** @type {HTMLDialogElement|null} */ (document.getElementById('name-dialog'))?.showModal();
}

/** @param {SubmitEvent} event */
async function nameGiven(event) {
  event.preventDefault();
  const name = nameIn(event);
  if (!name || !visit.participant) return;
  /** @type {Element} */ (event.target).closest('dialog')?.close();
  try {
    await command('POST', '/api/join', { body: { code, name } });
    visit.participant = { ...visit.participant, name };
    visit.named = true;
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  redraw();
}

export function nameDialog() {
  const close = (/** @type {any} */ event) => event.target.closest('dialog').close();
  return html`<dialog id="name-dialog" aria-labelledby="name-title">
    <form @submit=${nameGiven}>
      <h2 id="name-title">${t('name.title')}</h2>
      <p>${t('name.why')}</p>
      <label>${t('name.label')}<input name="name" maxlength="80" autocomplete="name" required /></label>
      <div class="row-end">
        <button type="button" class="quiet-button" @click=${close}>${t('cancel')}</button>
        <button type="submit" class="primary">${t('name.use')}</button>
      </div>
    </form>
  </dialog>`;
}
