// @ts-check
/** The chat on a phone: what the host asks, what people answer, and the posts on the wall. */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { answersTo, currentPrompt, promptsOut, wallPosts } from '../../ui/hall.js';
import { icon } from '../../ui/icons.js';
import { Pace } from '../../ui/pace.js';
import { redraw, session, store, zone } from '../../ui/page.js';
import { number, t, time } from '../../ui/words.js';
import { visit } from './asking.js';

const ANSWERS_SHOWN = 30;
const WALL_SHOWN = 20;

/** @type {Record<string, string>} */
const networks = { bluesky: 'Bluesky', mastodon: 'Mastodon', x: 'X' };

/** A new post every so often can be read; a flood cannot. */
const pace = new Pace(5000, WALL_SHOWN);

/** Which of the two lists is shown. */
const tab = { chat: false };

/** @type {{vote: (id: string) => any, voted: (id: string) => boolean}} */
let votes = { vote: () => {}, voted: () => false };

/** @param {typeof votes} with_ */
export function use(with_) {
  votes = with_;
}

/** Whether there is a chat to be seen. */
export function isThere() {
  return promptsOut(store).length > 0 || wallPosts(store).length > 0;
}

export const shown = () => tab.chat && isThere();

/** @param {boolean} chat */
function choose(chat) {
  tab.chat = chat;
  visit.prompt = chat ? (currentPrompt(store)?.id ?? null) : null;
  redraw();
}

/** Questions or chat; nothing while there is no chat. */
export function tabs() {
  if (!isThere()) return nothing;
  visit.prompt = tab.chat && session().state !== 'closed' ? (currentPrompt(store)?.id ?? null) : null;
  return html`<div class="segments tabs" role="group" aria-label=${t('tabs.label')}>
    <button type="button" aria-pressed=${!tab.chat} @click=${() => choose(false)}>${t('questions.title')}</button>
    <button type="button" aria-pressed=${tab.chat} @click=${() => choose(true)}>${t('chat.title')}</button>
  </div>`;
}

export function view() {
  const prompts = promptsOut(store).reverse();
  const posts = new Map(wallPosts(store).map((one) => [one.id, one]));
  const paused = store.get('chat')?.wallPaused === true;
  const wall = pace.show([...posts.keys()], paused, store.get('chat')?.wall).map((id) => posts.get(id));
  const now = currentPrompt(store);
  return html`<section class="chat-list" aria-label=${t('chat.title')}>
      ${repeat(prompts, (one) => one.id, (one) => prompt(one, one.id === now?.id))}
    </section>
    ${wall.length
      ? html`<section aria-labelledby="wall-title">
          <h2 id="wall-title" class="list-head">${t('chat.wall')}</h2>
          <ol class="cards">${repeat(wall, (one) => one.id, answer)}</ol>
        </section>`
      : nothing}`;
}

/** @param {any} one @param {boolean} current */
function prompt(one, current) {
  const answers = answersTo(store, one.id);
  const list = answers.length
    ? html`<ol class="cards">${repeat(answers.slice(0, ANSWERS_SHOWN), (each) => each.id, answer)}</ol>`
    : current
      ? html`<p class="empty">${t('chat.noAnswers')}</p>`
      : nothing;
  return html`<article class=${current ? 'prompt is-current' : 'prompt'}>
    <h2 dir="auto">${one.number ? html`<span class="prompt-number">Q${number(one.number)}</span> ` : nothing}${one.text}</h2>
    <p class="meta"><span>${time(one.outAt, zone())}</span>
      ${(one.posted ?? []).map((/** @type {any} */ post) => (post.url ? html`<a href=${post.url} rel="noopener noreferrer" target="_blank">${networks[post.network]}</a>` : nothing))}</p>
    ${current || !answers.length ? list : html`<details><summary>${t('chat.answers', { n: answers.length })}</summary>${list}</details>`}
  </article>`;
}

/** @param {any} one */
function answer(one) {
  const mine = store.get(`mine/${one.id}`) !== undefined;
  const voted = votes.voted(one.id);
  const off = mine || session().state === 'closed' || !visit.participant;
  const name = mine ? t('chat.ownHelpful', { n: one.votes }) : voted ? t('chat.notHelpful', { n: one.votes }) : t('chat.helpful', { n: one.votes });
  return html`<li class="card" id=${`q-${one.id}`}>
    <div class="card-text">
      <p dir="auto">${one.text}</p>
      <p class="meta">
        <span dir="auto">${one.origin?.handle ? `@${one.origin.handle}` : (one.author?.name ?? t('author.anonymous'))}</span>
        ${networks[one.source] ? (one.origin?.url ? html`<a href=${one.origin.url} rel="noopener noreferrer" target="_blank">${networks[one.source]}</a>` : html`<span>${networks[one.source]}</span>`) : nothing}
      </p>
    </div>
    <button type="button" class="vote" aria-pressed=${voted} ?disabled=${off} aria-label=${name} title=${name} @click=${() => votes.vote(one.id)}>
      ${icon('check')}<span>${number(one.votes)}</span>
    </button>
  </li>`;
}
