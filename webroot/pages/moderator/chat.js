// @ts-check
/**
 * The chat: the run sheet with its times and what each network made of it, answers to each prompt,
 * and what the host settles. It comes in the place of the board.
 */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { call, intentKey } from '../../live/api.js';
import { answersTo, promptsOut } from '../../ui/hall.js';
import { icon } from '../../ui/icons.js';
import { networkNames, redraw, say, session, store, toast, zone } from '../../ui/page.js';
import { byId } from '../../ui/steady.js';
import { list, number, t, time } from '../../ui/words.js';
import { move, told } from './acts.js';
import { composer, edit } from './chatform.js';
import { people } from './chatpeople.js';
import { path } from './desk.js';
import { deliver } from './send.js';

export const networks = networkNames;

/** @type {Record<string, string>} */
const kinds = { welcome: 'chat.welcome', wrapup: 'chat.wrapup' };

/** @type {Record<string, string>} */
const standing = {
  reserved: 'chat.post.reserved',
  sending: 'chat.post.reserved',
  sent: 'chat.post.sent',
  refused: 'chat.post.refused',
  waiting: 'chat.post.waiting',
  unknown: 'chat.post.unknown',
  missed: 'chat.post.missed',
};

/** @type {Record<string, string>} */
const matches = { thread: 'chat.matched.thread', label: 'chat.matched.label', time: 'chat.matched.time', hand: 'chat.matched.hand' };

const ANSWERS_SHOWN = 8;

/** What is asked of the server alone: the accounts, and figures. */
export const chat = {
  /** @type {any} */
  settings: null,
  /** @type {any} */
  figures: null,
  /** How many prompts were out when it was asked. */
  out: 0,
};

/** Reads accounts and figures; again whenever a prompt went out. */
export async function load() {
  chat.out = promptsOut(store).length;
  try {
    [chat.settings, chat.figures] = await Promise.all([call('GET', `${path()}/chat`), call('GET', `${path()}/chat/figures`)]);
  } catch (error) {
    toast(told(error), { tone: 'bad' });
  }
  redraw();
}

/** @param {string} method @param {string} to below the session @param {any} body @param {string} done */
export async function send(method, to, body, done) {
  try {
    const answer = await deliver({ method, path: `${path()}${to}`, body }, intentKey());
    say(done);
    toast(done, { slot: 'act' });
    return answer;
  } catch (error) {
    toast(told(error), { tone: 'bad', slot: 'act' });
    return null;
  }
}

/** @param {any} prompt @param {any} body @param {string} done */
const moved = (prompt, body, done) => send('POST', `/prompts/${prompt.id}/moves`, body, done);

/** What the prompt is called. @param {any} prompt */
export function label(prompt) {
  if (kinds[prompt.kind]) return t(kinds[prompt.kind]);
  return prompt.number ? `Q${number(prompt.number)}` : t('chat.question');
}

/** Planned ones by their times, what went out before them. */
function prompts() {
  const out = promptsOut(store);
  const rest = store
    .all('prompt/')
    .filter((one) => one.state !== 'out')
    .sort((a, b) => (a.at ?? '9') < (b.at ?? '9') ? -1 : (a.at ?? '9') > (b.at ?? '9') ? 1 : byId(a, b));
  return [...out, ...rest];
}

export function chatView() {
  const all = prompts();
  if (chat.settings && promptsOut(store).length !== chat.out) void load();
  return html`<div class="chat">
    <section class="sheet" aria-labelledby="chat-title">
      <header class="chat-head">
        <h2 id="chat-title">${t('chat.title')}</h2>
        ${nextOne(all)}
      </header>
      ${composer()}
      ${all.length
        ? html`<ol class="prompts">${repeat(all, (one) => one.id, promptCard)}</ol>`
        : html`<p class="empty">${t('chat.none')}</p>`}
    </section>
    <aside class="chat-side" aria-label=${t('chat.side')}>${settings()} ${wall()} ${transcript()} ${people()}</aside>
  </div>`;
}

/** When the next prompt goes out by itself. @param {any[]} all */
function nextOne(all) {
  const next = all.find((one) => one.state === 'planned' && one.at);
  if (!next) return nothing;
  const left = Math.max(0, Math.round((Date.parse(next.at) - store.time()) / 1000));
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return html`<p class="next-prompt">${t('chat.next', { label: label(next) })} <strong class="ltr">${left > 6 * 3600 ? time(next.at, zone()) : clock}</strong></p>`;
}

/** @param {any} prompt */
function promptCard(prompt) {
  const run = store.get(`run/${prompt.id}`) ?? { texts: {}, postings: [] };
  const out = prompt.state === 'out';
  return html`<li class="prompt-card is-${prompt.state}">
    <div class="prompt-line">
      <strong class="prompt-label">${label(prompt)}</strong>
      <span class="prompt-time">${out ? t('chat.out', { time: time(prompt.outAt, zone()) }) : prompt.state === 'planned' ? (prompt.at ? t('chat.at', { time: time(prompt.at, zone()) }) : t('chat.byHand')) : nothing}</span>
      ${prompt.state === 'missed' ? html`<span class="chip chip-bad">${t('chat.missed')}</span>` : nothing}
      ${prompt.state === 'skipped' ? html`<span class="chip">${t('chat.skipped')}</span>` : nothing}
    </div>
    <p class="prompt-text" dir="auto">${prompt.text}</p>
    ${Object.keys(run.texts).length ? html`<p class="meta">${t('chat.differs', { networks: list(Object.keys(run.texts).map((one) => networks[one])) })}</p>` : nothing}
    ${run.postings.length ? html`<ul class="postings">${run.postings.map(posting)}</ul>` : nothing}
    <div class="prompt-acts">${out ? outActs(prompt, run) : plannedActs(prompt, run)}</div>
    ${out ? answers(prompt) : nothing}
  </li>`;
}

/** @param {any} one */
function posting(one) {
  const tone = one.state === 'sent' ? 'chip-good' : ['refused', 'unknown', 'missed'].includes(one.state) ? 'chip-bad' : 'chip-warn';
  return html`<li>
    <span class="chip ${tone}">${networks[one.network]} ${one.handle ? html`<span dir="auto">${one.handle}</span>` : nothing} · ${t(standing[one.state])}</span>
    ${one.url ? html`<a href=${one.url} target="_blank" rel="noopener noreferrer">${t('chat.see')}</a>` : nothing}
    ${one.nextAt ? html`<span>${t(one.state === 'waiting' ? 'chat.nextAt' : 'chat.notBefore', { time: time(one.nextAt, zone()) })}</span>` : nothing}
    ${one.problem ? html`<span class="posting-problem" dir="auto">${one.problem}</span>` : nothing}
  </li>`;
}

/** @param {any} prompt @param {any} run */
function outActs(prompt, run) {
  const open = run.postings.some((/** @type {any} */ one) => ['refused', 'unknown', 'missed', 'waiting'].includes(one.state));
  return open
    ? html`<button type="button" class="quiet-button small" @click=${() => moved(prompt, { to: 'now' }, t('chat.did.again'))}>${t('chat.again')}</button>`
    : nothing;
}

/** @param {any} prompt @param {any} run */
function plannedActs(prompt, run) {
  const planned = prompt.state === 'planned';
  return html`<button type="button" class="primary small" @click=${() => moved(prompt, { to: 'now' }, t('chat.did.now'))}>${icon('send')}${t('chat.now')}</button>
    ${planned && prompt.at
      ? html`<button type="button" class="quiet-button small" @click=${() => moved(prompt, { to: 'postponed', minutes: 5, following: true }, t('chat.did.later'))}>${t('chat.later', { n: 5 })}</button>`
      : nothing}
    ${planned
      ? html`<button type="button" class="quiet-button small" @click=${() => moved(prompt, { to: 'skipped' }, t('chat.did.skipped'))}>${t('chat.skip')}</button>`
      : html`<button type="button" class="quiet-button small" @click=${() => moved(prompt, { to: 'scheduled' }, t('chat.did.planned'))}>${t('chat.plan')}</button>`}
    <button type="button" class="quiet-button small" @click=${() => edit(prompt, run)}>${icon('edit')}${t('act.edit')}</button>
    <button type="button" class="quiet-button small" @click=${() => send('DELETE', `/prompts/${prompt.id}`, undefined, t('chat.did.removed'))}>${icon('trash')}${t('chat.remove')}</button>`;
}

/** What came in for a prompt: what waits first, with why it is thought to belong here. @param {any} prompt */
function answers(prompt) {
  const waiting = store
    .all('question/')
    .filter((one) => one.prompt === prompt.id && one.status === 'incoming')
    .sort(byId);
  const open = answersTo(store, prompt.id);
  if (prompt.kind !== 'prompt' && !waiting.length && !open.length) return nothing;
  return html`<details class="answers" ?open=${waiting.length > 0}>
    <summary>${t('chat.answers', { n: open.length })}${waiting.length ? html` <span class="chip chip-warn">${t('chat.waiting', { n: waiting.length })}</span>` : nothing}</summary>
    <ul>
      ${repeat([...waiting.slice(0, ANSWERS_SHOWN), ...open.slice(0, ANSWERS_SHOWN)], (one) => one.id, answer)}
    </ul>
  </details>`;
}

/** @param {any} one */
function answer(one) {
  // Who answers from the hall has chosen the prompt.
  const matched = networks[one.source] && store.get(`triage/${one.id}`)?.matched;
  return html`<li>
    <p dir="auto">${one.text}</p>
    <p class="meta">
      <span dir="auto">${one.origin?.handle ? `@${one.origin.handle}` : (one.author?.name ?? t('author.anonymous'))}</span>
      <span>${networks[one.source] ?? t('source.phone')}</span>
      ${one.votes ? html`<span>${t('chat.helpful', { n: one.votes })}</span>` : nothing}
      ${matched ? html`<span class="chip ${matched === 'time' ? 'chip-warn' : ''}">${t(matches[matched])}</span>` : nothing}
      ${one.status === 'incoming'
        ? html`<button type="button" class="quiet-button small" @click=${() => move([one.id], 'approved', { stay: true })}>${t('act.approve')}</button>`
        : nothing}
    </p>
  </li>`;
}

/** Where prompts go. */
function settings() {
  const now = chat.settings;
  if (!now) return nothing;
  const used = now.accounts.filter((/** @type {any} */ one) => one.used).map((/** @type {any} */ one) => one.id);
  const toggle = async (/** @type {string} */ id, /** @type {boolean} */ on) => {
    const accounts = on ? [...used, id] : used.filter((/** @type {string} */ one) => one !== id);
    await send('PATCH', '/chat', { accounts }, t('chat.did.accounts'));
    await load();
  };
  return html`<section aria-labelledby="chat-accounts">
    <h3 id="chat-accounts">${t('chat.accounts')}</h3>
    ${now.accounts.length ? nothing : html`<p class="meta">${t('chat.noAccounts')}</p>`}
    ${now.accounts.map(
      (/** @type {any} */ one) => html`<label class="choice"><input type="checkbox" .checked=${one.used} @change=${(/** @type {any} */ e) => toggle(one.id, e.target.checked)} /><span>${networks[one.network]} <span dir="auto">${one.handle ?? ''}</span></span></label>`,
    )}
    ${now.gone
      ? html`<p class="doubt" role="status">${t('chat.gone', { n: now.gone })}</p>
          <button type="button" class="quiet-button small" @click=${async () => {
            await send('PATCH', '/chat', { accounts: used }, t('chat.did.accounts'));
            await load();
          }}>${t('chat.takeOff')}</button>`
      : nothing}
    ${now.accounts.length && !used.length ? html`<p class="meta">${t('chat.hallOnly')}</p>` : nothing}
    ${guests(now)}
  </section>`;
}

/** @param {any} now */
function guests(now) {
  return html`<form
    class="guests"
    @submit=${async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const text = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('guests') ?? '');
      const names = text.split(/[,،、]/).map((one) => one.trim()).filter(Boolean).slice(0, 20);
      await send('PATCH', '/chat', { guests: names }, t('chat.did.guests'));
      await load();
    }}
  >
    <label for="chat-guests">${t('chat.guests')}</label>
    <div class="row"><input id="chat-guests" name="guests" dir="auto" maxlength="800" .value=${now.guests.join(', ')} /><button class="switch">${t('edit.save')}</button></div>
  </form>`;
}

function wall() {
  const paused = store.get('chat')?.wallPaused === true;
  const posts = store.all('question/').filter((one) => one.place === 'wall');
  const open = posts.filter((one) => one.status !== 'incoming').length;
  return html`<section aria-labelledby="chat-wall">
    <h3 id="chat-wall">${t('chat.wall')}</h3>
    <p class="meta">${t('chat.wallPosts', { n: open })}</p>
    <button type="button" class="switch" aria-pressed=${paused} @click=${() => send('PATCH', '/chat', { wallPaused: !paused }, t(paused ? 'chat.did.wallOn' : 'chat.did.wallOff'))}>${icon(paused ? 'play' : 'pause')}<span>${t('chat.pauseWall')}</span></button>
  </section>`;
}

function transcript() {
  const at = `/api/sessions/${session().id}/transcript`;
  const published = store.get('chat')?.publishedAt !== undefined;
  return html`<section aria-labelledby="chat-transcript">
    <h3 id="chat-transcript">${t('chat.transcript')}</h3>
    <p class="row">${['html', 'md', 'json', 'csv'].map((format) => html`<a class="switch" href=${`${at}?format=${format}&lang=${document.documentElement.lang}`} download>${format.toUpperCase()}</a>`)}</p>
    <label class="choice"><input type="checkbox" .checked=${published} @change=${(/** @type {any} */ e) => send('PATCH', '/chat', { published: e.target.checked }, t(e.target.checked ? 'chat.did.published' : 'chat.did.unpublished'))} /><span>${t('chat.publish')}</span></label>
  </section>`;
}
