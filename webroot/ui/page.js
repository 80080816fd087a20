// @ts-check
/** What every page has: its first state, its store and stream, the connection mark, toasts, speech. */

import { html, nothing, render } from 'lit-html';
import { Unreachable } from '../live/api.js';
import { Store } from '../live/store.js';
import { icon } from './icons.js';
import { fault, refusal, t, time } from './words.js';

/** @typedef {import('../live/socket.js').Link} Link */

/**
 * The state the server put into the page.
 *
 * @type {{
 *   session?: any, sessions?: any[], meeting?: any, me?: any, snapshot?: any, problem?: any,
 *   origin?: string, qr?: {size: number, path: string}, languages?: string[], bound?: number,
 *   opensAt?: string, now?: string, links?: {privacy?: string, imprint?: string}
 * }}
 */
export const first = JSON.parse(document.getElementById('state')?.textContent || '{}');

/** When the worker had this page from the network; null for a page that just came from there. */
export const keptAt = Number(document.getElementById('app')?.dataset.kept) || null;

export const store = new Store();
if (first.snapshot) store.take({ type: 'snapshot', ...first.snapshot }, keptAt ?? Date.now());
else if (first.now) store.hear({ type: 'pulse', now: first.now }, keptAt ?? Date.now());

/** The session as the stream tells it, before that as the page came with it. */
export function session() {
  return store.get('session') ?? first.session ?? {};
}

/** The meeting's time zone. @returns {string|undefined} */
export function zone() {
  return session().meeting?.timeZone ?? first.meeting?.timeZone;
}

/** @type {Link} */
export const link = { mark: 'catching', asOf: first.snapshot ? (keptAt ?? Date.now()) : null, reason: null };

/**
 * Opens the live stream. The module comes after the first drawing: nobody waits for it to ask.
 *
 * @param {string} view
 * @param {{onLink?: (link: Link) => void, onFrame?: (frame: any) => void}} [hooks]
 */
export async function follow(view, hooks = {}) {
  const { LiveStream } = await streaming();
  const stream = new LiveStream({
    session: session().id,
    view,
    store,
    asOf: link.asOf,
    onLink(now) {
      Object.assign(link, now);
      hooks.onLink?.(now);
      redraw();
    },
    onFrame: hooks.onFrame,
  });
  return stream.start();
}

/** What is shown is older than it seems. @param {number} asOf this device's clock */
export function shownAsOf(asOf) {
  link.asOf = asOf;
}

/** A network that drops just now must not cost the page its stream. @returns {Promise<any>} */
async function streaming() {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // Some browsers remember that an address failed.
      return await import(attempt === 1 ? '../live/socket.js' : `../live/socket.js?${attempt}`);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, Math.min(30, 2 * attempt) * 1000));
    }
  }
}

/** @type {(() => any)|null} */
let view = null;
let due = false;
/** @type {Set<() => void>} */
const afterDrawing = new Set();

/**
 * Draws the page from now on: once, and again whenever the store changes, at most once a frame.
 *
 * @param {() => any} template
 */
export function draw(template) {
  view = template;
  store.subscribe(redraw);
  drawNow();
}

export function redraw() {
  if (due) return;
  due = true;
  // A hidden tab gets no animation frames; its title and its state should still follow.
  if (document.hidden) setTimeout(drawNow, 250);
  else requestAnimationFrame(drawNow);
}

export function drawNow() {
  due = false;
  const root = document.getElementById('app');
  if (!root || !view) return;
  if (root.dataset.shell !== undefined) {
    root.replaceChildren();
    delete root.dataset.shell;
    delete root.dataset.kept;
  }
  dress((session().meeting ?? first.meeting)?.look);
  render(view(), root);
  for (const action of afterDrawing) action();
}

/** @param {() => void} action runs after each drawing */
export function afterEach(action) {
  afterDrawing.add(action);
}

/** The small honest mark: live, catching up, or offline as of. */
export function mark() {
  const asOf =
    link.asOf && time(store.time(link.asOf), zone(), { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const words = {
    live: t('link.live'),
    catching: t('link.catching'),
    offline: asOf ? t('link.offline', { time: asOf }) : t('link.offlineNever'),
    ended: t('link.ended'),
  }[link.mark];
  return html`<span class="mark mark-${link.mark}" role="status"><i></i><span>${words}</span></span>`;
}

/* ---- toasts: every public or destructive act can be undone from here ---- */

/** @type {{id: number, text: string, label?: string, action?: () => void, tone: string, slot?: string, keys?: string}[]} */
let toasts = [];
let toastId = 0;

/**
 * @param {string} text
 * @param {{
 *   label?: string, action?: () => void, tone?: 'plain'|'bad', ms?: number, slot?: string, keys?: string
 * }} [options] a toast takes the place of the one before with the same slot
 * @returns {() => void} takes it away
 */
export function toast(text, options = {}) {
  const { label, action, tone = 'plain', ms = action ? 10_000 : 5_000, slot, keys } = options;
  const id = (toastId += 1);
  const others = toasts.filter((one) => slot === undefined || one.slot !== slot);
  toasts = [...others.slice(-2), { id, text, label, action, tone, slot, keys }];
  const close = () => {
    toasts = toasts.filter((one) => one.id !== id);
    drawToasts();
  };
  setTimeout(close, ms);
  drawToasts();
  return close;
}

function drawToasts() {
  const root = document.getElementById('toasts');
  if (!root) return;
  render(
    toasts.map(
      (one) =>
        html`<div class="toast toast-${one.tone}">
          <span>${one.text}</span>
          ${one.label
            ? html`<button
                type="button"
                class="toast-act"
                @click=${() => {
                  toasts = toasts.filter((other) => other.id !== one.id);
                  drawToasts();
                  one.action?.();
                }}
              >
                ${one.label}${one.keys ? html` <kbd>${one.keys}</kbd>` : nothing}
              </button>`
            : nothing}
        </div>`,
    ),
    root,
  );
}

/** What a person is told about something that did not work. @param {any} error */
export function explain(error) {
  if (error instanceof Unreachable) return t('error.network');
  if (error?.status === 429) return t('error.tooMany');
  return refusal(error?.type) ?? fault(error?.errors?.[0]) ?? (error?.status < 500 ? t('error.refused') : t('error.server'));
}

/* ---- speech for screen readers: polite and summarised ---- */

/** @type {string[]} */
let unsaid = [];
let speaking = false;

/** Says something within five seconds, together with what else happened. @param {string} text */
export function say(text) {
  if (!unsaid.includes(text)) unsaid.push(text);
  if (speaking) return;
  speaking = true;
  setTimeout(() => {
    const region = document.getElementById('say');
    if (region) region.textContent = unsaid.join('. ');
    unsaid = [];
    setTimeout(() => (speaking = false), 5000);
  }, 200);
}

/* ---- whether somebody is at a list ---- */

export class Hold {
  /** @param {string} selector the list's element @param {number} [ms] how long a touch counts */
  constructor(selector, ms = 5000) {
    this.until = 0;
    const inside = (/** @type {Event} */ event) =>
      event.target instanceof Element && event.target.closest(selector) !== null;
    const touch = (/** @type {Event} */ event) => {
      if (inside(event)) this.until = Date.now() + ms;
    };
    for (const type of ['pointerdown', 'pointermove', 'keydown', 'focusin', 'wheel', 'touchmove']) {
      document.addEventListener(type, touch, { passive: true, capture: true });
    }
    this.selector = selector;
  }

  get held() {
    if (Date.now() < this.until) return true;
    const list = document.querySelector(this.selector);
    return list?.contains(document.activeElement) === true && document.hasFocus();
  }

  release() {
    this.until = 0;
  }
}

/** The names of the networks are the same in every language. @type {Record<string, string>} */
export const networkNames = { bluesky: 'Bluesky', mastodon: 'Mastodon', x: 'X' };

/** Where a post was found, and its writer there. @param {any} q */
export function found(q) {
  return q.origin ? html`<span class="found">${networkNames[q.source] ?? q.source} <bdi>@${q.origin.handle}</bdi></span>` : nothing;
}

/** The card for whoever cannot be shown the page. @param {string} title @param {any} body @param {any} [more] */
export function notice(title, body, more = nothing) {
  return html`<section class="notice">
    <div class="notice-mark">${icon('flag')}</div>
    <h1>${title}</h1>
    <p>${body}</p>
    ${more}
  </section>`;
}

/* ---- the meeting's look ---- */

let dressed = false;

/** A meeting without colours of its own, as most are, costs no request. @param {any} look */
function dress(look) {
  dressed ||= Boolean(look?.accent || look?.accentDark);
  if (dressed) import('./look.js').then(({ wear }) => wear(look));
}

/** The logo of a meeting, on white, for that is what logos are drawn for. @param {any} meeting */
export function logo(meeting) {
  return meeting?.look?.logo ? html`<img class="meeting-logo" src=${meeting.look.logo} alt=${meeting.name} />` : nothing;
}
