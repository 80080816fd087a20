// @ts-check
/** Coming in, and asking: the name, the box at the bottom, and what is still on its way. */

import { html, nothing } from 'lit-html';
import { Unreachable, call, command } from '../../live/api.js';
import { Outbox } from '../../live/outbox.js';
import { icon } from '../../ui/icons.js';
import { explain, first, redraw, say, session, store, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';

const LONGEST = 500;
/** Phones that are turned away together must not come back together. */
const TURNED_AWAY_MS = 6_000;

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
  /** The prompt of the chat that is answered instead of asking a question. @type {string|null} */
  prompt: null,
  /** @type {Outbox|null} */
  outbox: null,
  /** What helps while one writes, once it was loaded. @type {any} */
  hints: null,
  /** Runs when the phone had lost its sign-in and is in again, as somebody new. */
  returned: () => {},
};

export const shelf = storage();

function storage() {
  try {
    window.localStorage.getItem('');
    return window.localStorage;
  } catch {
    // Storage forbidden by the browser: the page works, it only forgets with the tab.
    /** @type {Map<string, string>} */
    const memory = new Map();
    return {
      get length() {
        return memory.size;
      },
      key: (/** @type {number} */ n) => [...memory.keys()][n] ?? null,
      getItem: (/** @type {string} */ key) => memory.get(key) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => void memory.set(key, value),
      removeItem: (/** @type {string} */ key) => void memory.delete(key),
    };
  }
}

/* ---- coming in ---- */

const nameAt = () => `plenary.name.${first.meeting?.id ?? session().meeting?.id}`;

/**
 * Joins; tries again by itself while nobody answers or too many come at once.
 *
 * @param {() => void} joined
 * @param {string|null} [name]
 */
export async function join(joined, name = shelf.getItem(nameAt())) {
  visit.joining = true;
  redraw();
  try {
    const answer = await call('POST', '/api/join', { body: name ? { code, name } : { code } });
    came(answer, name);
  } catch (error) {
    const { status, retryAfterMs } = /** @type {any} */ (error);
    visit.refused = error;
    const wait = status ? (retryAfterMs ?? TURNED_AWAY_MS) : 3000;
    if (isPassing(error)) setTimeout(() => join(joined, name), wait * (0.75 + 0.5 * Math.random()));
  }
  visit.joining = false;
  redraw();
  if (visit.participant) joined();
}

/** @param {any} answer @param {string|null|undefined} name */
function came(answer, name) {
  visit.participant = { id: answer.participant, name: answer.name ?? name ?? null };
  visit.refused = null;
  try {
    if (visit.participant.name) shelf.setItem(nameAt(), visit.participant.name);
  } catch {
    // A full storage: the name is asked for again one day.
  }
}

/** Whether waiting helps. @param {any} error */
export function isPassing(error) {
  return error instanceof Unreachable || error?.status === 429 || error?.status >= 500;
}

/** @type {Promise<void>|null} */
let returning = null;

/** The cookie is gone or too old: in again, once for all who noticed. What was written stays. */
function comeBack() {
  returning ??= command('POST', '/api/join', { body: { code, name: shelf.getItem(nameAt()) ?? undefined } })
    .then((answer) => {
      const other = answer.participant !== visit.participant?.id;
      came(answer, shelf.getItem(nameAt()));
      if (!other) return;
      store.own = new Map();
      toast(t('back.again'), { ms: 12_000 });
      visit.returned();
    })
    .finally(() => {
      returning = null;
    });
  return returning;
}

/**
 * Does it, if need be after joining again.
 *
 * @template T
 * @param {() => Promise<T>} action
 */
export async function signedIn(action) {
  try {
    return await action();
  } catch (error) {
    if (/** @type {any} */ (error).status !== 401) throw error;
    await comeBack();
    return action();
  }
}

/** A stream that does not come up says nothing of why: perhaps the sign-in is gone. */
export async function checkSignIn() {
  try {
    const me = await call('GET', '/api/me');
    const id = visit.participant?.id;
    if (id && !me.participants.some((/** @type {any} */ one) => one.id === id)) await comeBack();
  } catch {
    // Nobody answers at all: the stream goes on trying.
  }
}

/* ---- what was written ---- */

const draftAt = () => `plenary.draft.${session().id}`;

/** What was written and what was not sent before the page was closed. */
export function recall() {
  visit.draft = shelf.getItem(draftAt()) ?? '';
  visit.outbox = new Outbox({
    name: `plenary.outbox.${session().id}`,
    shelf,
    send: (item) => signedIn(() => sendQuestion(item)),
    explain,
    changed: redraw,
    locks: navigator.locks,
    ready: () => visit.participant !== null,
  });
  addEventListener('storage', (event) => visit.outbox?.elsewhere(event.key));
}

/** @param {any} item */
async function sendQuestion(item) {
  /** @type {any} */
  const body = { text: item.text };
  if (item.anonymous !== undefined) body.anonymous = item.anonymous;
  if (item.prompt) body.prompt = item.prompt;
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
  const added = visit.outbox.add(text, {
    ...(session().anonymity === 'choice' ? { anonymous: !visit.named } : {}),
    ...(visit.prompt ? { prompt: visit.prompt } : {}),
  });
  added.catch(() => visit.outbox?.flush());
  fill('');
  visit.open = false;
  box()?.blur();
  document.querySelector('.mine')?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

/** @param {string} text */
function setDraft(text) {
  visit.draft = text;
  visit.hints?.typed(text);
  try {
    if (text) shelf.setItem(draftAt(), text);
    else shelf.removeItem(draftAt());
  } catch {
    // A full storage: the draft lives as long as the tab.
  }
  redraw();
}

/** Puts a text into the box. @param {string} text */
export function fill(text) {
  setDraft(text);
  const field = box();
  if (!field) return;
  field.value = text;
  grow(field);
  if (text) field.focus();
}

/** @param {HTMLTextAreaElement} field */
function grow(field) {
  field.style.blockSize = 'auto';
  field.style.blockSize = `${field.scrollHeight + 2}px`;
}

/**
 * The box at the bottom.
 *
 * @param {() => void} begun somebody begins to write
 */
export function compose(begun) {
  const now = session();
  const length = lengthOf(visit.draft.trim());
  const left = longest() - length;
  const open = visit.open || length > 0;
  const paused = now.asking === 'paused' && !visit.prompt;
  return html`<form class="compose" data-open=${open} @submit=${ask}>
    ${open && visit.hints ? visit.hints.panel() : nothing}
    ${open && now.anonymity === 'choice' ? whoAsks() : nothing}
    <div class="compose-row">
      <label class="sr" for="ask">${visit.prompt ? t('ask.answer') : t('ask.label')}</label>
      <textarea
        id="ask"
        rows="1"
        dir="auto"
        placeholder=${visit.prompt ? t('ask.answer') : paused ? t('ask.pausedPlaceholder') : t('ask.placeholder')}
        enterkeyhint="enter"
        .value=${visit.draft}
        @focus=${() => ((visit.open = true), begun(), redraw())}
        @blur=${() => ((visit.open = false), setTimeout(redraw, 150))}
        @input=${(/** @type {any} */ event) => (setDraft(event.target.value), grow(event.target))}
        @keydown=${(/** @type {KeyboardEvent} */ event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !paused) ask(event);
        }}
      ></textarea>
      <button type="submit" class="send" ?disabled=${length === 0 || left < 0 || paused}>
        ${icon('send')}<span>${visit.prompt ? t('ask.sendAnswer') : t('ask.send')}</span>
      </button>
    </div>
    ${open || paused
      ? html`<p class="compose-foot">
          <span>${paused ? t('ask.paused') : now.moderation ? t('ask.moderated') : t('ask.direct')}</span>
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
  const choose = (/** @type {boolean} */ named) => ((visit.named = named && Boolean(name)), redraw());
  const give = () => /** @type {HTMLDialogElement|null} */ (document.getElementById('name-dialog'))?.showModal();
  return html`<div class="segments" role="group" aria-label=${t('ask.as')} @mousedown=${keep}>
    <button type="button" aria-pressed=${!visit.named} @click=${() => choose(false)}>${t('ask.anonymous')}</button>
    <button type="button" aria-pressed=${visit.named} @click=${() => (name ? choose(true) : give())}>
      ${name ?? t('ask.withName')}
    </button>
  </div>`;
}
