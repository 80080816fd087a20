// @ts-check
/** The podium's page: the question being answered, the next three, the clock. Read from 2 m away. */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { awake } from '../ui/awake.js';
import { comeAgain, ended, followView, refused } from '../ui/ending.js';
import { fit, refit } from '../ui/fit.js';
import { mostWanted, onStage, TOP } from '../ui/hall.js';
import { icon } from '../ui/icons.js';
import { afterEach, draw, drawNow, first, found, logo, mark, redraw, say, session, store, zone } from '../ui/page.js';
import { byRank } from '../ui/steady.js';
import { number, t, time } from '../ui/words.js';
import { next, ok, pending } from './speaker/acts.js';
import { clockPanel, sayTime } from './speaker/clock.js';

/** @typedef {import('../ui/hall.js').Shown} Shown */

let dims = false;

const votes = (/** @type {string} */ id) => store.get(`tally/${id}`)?.votes ?? 0;
const note = (/** @type {string} */ id) => store.get(`note/${id}`) ?? {};

/** What moderators say to the podium, one at a time, the oldest first; it stays until OK. */
function messages() {
  const waiting = store
    .all('message/')
    .filter((one) => !one.receivedAt)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const one = waiting[0];
  if (!one) return nothing;
  return html`<section class="message" aria-label=${t('message.title')}>
    <div>
      <p class="message-text" dir="auto">${one.text}</p>
      <p class="message-from">
        <span>${t('message.from', { name: one.by, time: time(one.at, zone()) })}</span>
        ${waiting.length > 1 ? html`<span>${t('message.more', { n: waiting.length - 1 })}</span>` : nothing}
      </p>
    </div>
    <button type="button" class="message-ok" @click=${() => ok(one)}>${icon('check')}${t('message.ok')}</button>
  </section>`;
}

/** @param {{author: any, id: string, votes?: number}} q */
function about(q) {
  const n = q.votes ?? votes(q.id);
  return html`<span dir="auto">${q.author?.name ?? t('author.anonymous')}</span>${found(q)}${n ? html`<span>${t('votes', { n })}</span>` : nothing}`;
}

/** @param {string} id @param {boolean} whole */
function noteFor(id, whole) {
  const { note: words, assignee } = note(id);
  if (!words && !assignee) return nothing;
  const size = whole ? 'note-whole' : 'note-brief';
  return html`<div class="note ${size}" role="note" aria-label=${t('note.title')}>
    ${assignee ? html`<p class="note-for"><span>${t('note.for')}</span> <strong dir="auto">${assignee}</strong></p>` : nothing}
    ${words ? html`<p class="note-text" dir="auto">${words}</p>` : nothing}
  </div>`;
}

/** With nothing on stage and nobody in line: what the hall wants most, large. @param {Shown[]} list */
function wanted(list) {
  return html`<section class="stage stage-top">
    <h2>${t('stage.freeTop')}</h2>
    <ol id="stage-top">
      ${repeat(
        list.slice(0, TOP),
        (q) => q.id,
        (q) => html`<li><span class="place place-top"><span class="sr">${t('votes', { n: q.votes })}</span><span aria-hidden="true">${number(q.votes)}</span></span><p dir="auto">${q.text}</p></li>`,
      )}
    </ol>
  </section>`;
}

function stage() {
  const q = onStage(store);
  if (!q) {
    const list = queue().length ? [] : mostWanted(store);
    if (list.length) return wanted(list);
    return html`<section class="stage stage-free"><h2>${t('stage.free')}</h2><p>${queue().length ? t('stage.freeNext') : t('stage.freeNone')}</p></section>`;
  }
  return html`<section class="stage">
    <h2><i></i>${t('stage.now')}</h2>
    <div class="stage-body">
      <div class="stage-text" id="stage-text" dir="auto">${q.text}</div>
      ${noteFor(q.id, true)}
    </div>
    <p class="stage-meta">${about(q)}</p>
  </section>`;
}

const queue = () => store.all('question/').filter((q) => q.status === 'queued').sort(byRank);

/** The next three; with nobody in line, what the hall wants most. */
function line() {
  const waiting = queue();
  const list = waiting.length ? waiting : mostWanted(store);
  if (list.length && !waiting.length && !onStage(store)) return nothing;
  if (!list.length) return html`<section class="next next-empty"><h2>${t('next.none')}</h2></section>`;
  const more = list.length - 3;
  return html`<section class="next">
    <h2>${t(waiting.length ? 'next.title' : 'next.top')}${more > 0 ? html`<span>${t('next.more', { n: more })}</span>` : nothing}</h2>
    <ol>
      ${repeat(
        list.slice(0, 3),
        (q) => q.id,
        (q, i) => html`<li>
          <span class="place ${waiting.length ? '' : 'place-top'}">${waiting.length ? number(i + 1) : number(votes(q.id))}</span>
          <p class="next-text" dir="auto">${q.text}</p>
          <p class="next-meta">${about(q)}</p>
          ${noteFor(q.id, false)}
        </li>`,
      )}
    </ol>
  </section>`;
}

/** What a chair was given. */
function chair() {
  if (!store.get('stage')?.chair) return nothing;
  const present = onStage(store);
  const waits = queue().length;
  return html`<div class="chair" role="group" aria-label=${t('chair.title')}>
    <button type="button" class="chair-skip" ?disabled=${!present || pending('next')} @click=${() => next(true)}>${t('chair.skip')}</button>
    <button type="button" class="chair-next" ?disabled=${(!present && !waits) || pending('next')} @click=${() => next(false)}>
      ${waits ? t('chair.next') : html`${t('chair.finish')}${icon('check')}`}
    </button>
  </div>`;
}

/** What the hall does not see just now. */
function unseen() {
  const now = store.get('stage') ?? {};
  if (now.blackout) return html`<span class="chip chip-warn">${icon('eye')}${t('hall.black')}</span>`;
  return now.frozen ? html`<span class="chip chip-queued">${icon('eye')}${t('hall.frozen')}</span>` : nothing;
}

function page() {
  const over = ended();
  if (over) return over;
  return html`<header class="head">
      <div class="head-title">
        ${logo(session().meeting)}<h1 class="over" dir="auto">${session().title}</h1>
        <p class="head-state">${mark()}${unseen()}${dims ? html`<span class="dims">${t('awake.not')}</span>` : nothing}</p>
      </div>
      ${clockPanel()}
    </header>
    ${messages()} ${stage()} ${line()} ${chair()}`;
}

/** @param {any} frame */
function onFrame(frame) {
  if (frame.type !== 'change') return;
  for (const { key, body } of frame.put ?? []) {
    if (key.startsWith('question/') && body.status === 'stage') say(body.text);
    if (key.startsWith('message/') && !body.receivedAt) say(t('message.said', { text: body.text }));
  }
}

if (first.problem) {
  draw(refused);
  comeAgain();
} else {
  afterEach(() => {
    const box = document.getElementById('stage-text');
    if (box) fit(box, 22, 148);
    const list = document.getElementById('stage-top');
    if (list) fit(list, 20, 58);
  });
  draw(page);
  refit(drawNow);
  followView('speaker', { onFrame });
  setInterval(() => {
    sayTime();
    redraw();
  }, 1000);
  awake((held) => {
    dims = !held && !document.hidden;
    redraw();
  });
}
