// @ts-check
/** Who takes part in the chat, and what nobody answered. */

import { html, nothing } from 'lit-html';
import { list, number, t } from '../../ui/words.js';
import { chat, load } from './chat.js';

/** @param {any[]} people */
const names = (people) => list(people.slice(0, 8).map((one) => one.name));

export function people() {
  const now = chat.figures;
  if (!now) return nothing;
  return html`<section aria-labelledby="chat-people">
      <h3 id="chat-people">${t('chat.people')}</h3>
      <dl class="chat-figures">
        <div><dt>${t('chat.people.all')}</dt><dd>${number(now.people)}</dd></div>
        <div><dt>${t('chat.people.new')}</dt><dd>${number(now.newcomerCount)}</dd></div>
        <div><dt>${t('chat.people.quiet')}</dt><dd>${number(now.quietCount)}</dd></div>
      </dl>
      ${now.newcomers.length ? html`<p class="meta"><strong>${t('chat.people.new')}</strong> <span dir="auto">${names(now.newcomers)}</span></p>` : nothing}
      ${now.quiet.length ? html`<p class="meta"><strong>${t('chat.people.quiet')}</strong> <span dir="auto">${names(now.quiet)}</span></p>` : nothing}
      ${now.helpful.length
        ? html`<h4>${t('chat.people.helpful')}</h4>
            <ol class="helpful">${now.helpful.slice(0, 5).map((/** @type {any} */ one) => html`<li><span dir="auto">${one.name}</span> <span class="meta">${t('chat.helpful', { n: one.peers })}</span></li>`)}</ol>`
        : nothing}
      <button type="button" class="link" @click=${load}>${t('chat.refresh')}</button>
    </section>
    ${now.unanswered.length
      ? html`<section aria-labelledby="chat-unanswered">
          <h3 id="chat-unanswered">${t('chat.unanswered')}</h3>
          <ul class="unanswered">${now.unanswered.slice(0, 8).map((/** @type {any} */ one) => html`<li dir="auto">${one.text}</li>`)}</ul>
        </section>`
      : nothing}`;
}
