// @ts-check
/** The phone's page: what is on stage, the questions, mine, and a box to ask. */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { call, command } from '../live/api.js';
import { icon } from '../ui/icons.js';
import { Hold, draw, explain, first, follow, found, keptAt, link, logo, mark, redraw, say, session, shownAsOf, store, toast } from '../ui/page.js';
import { Steady, byId } from '../ui/steady.js';
import { age, number, t } from '../ui/words.js';
import { checkSignIn, compose, isPassing, join, recall, shelf, signedIn, visit } from './attendee/asking.js';

const CALM_MS = 5000;
/** A stream that stays away is asked for its reason at most so often. */
const CHECK_MS = 60_000;

/** What this page holds of the list: whose votes, in which order, and whether somebody is at it. */
const page = {
  /** @type {Set<string>} */
  votes: new Set(),
  sort: 'top',
  sortedAt: 0,
  checkedAt: 0,
  kept: false,
  /** @type {string[]} */
  wanted: [],
  /** It was there before the page was, and does not arrive. @type {string|undefined} */
  stagedFirst: undefined,
  steady: new Steady(),
  hold: new Hold('.questions'),
};

/* ---- parts that nobody waits for before asking ---- */

const parts = {
  mine: () => import('./attendee/mine.js'),
  states: () => import('./attendee/states.js'),
  foot: () => import('./attendee/foot.js'),
  names: () => import('./attendee/names.js'),
  hints: () => import('./attendee/hints.js'),
  older: () => import('./attendee/older.js'),
  device: () => import('./attendee/device.js'),
  keep: () => import('../live/keep.js'),
  chat: () => import('./attendee/chat.js'),
};

/** @type {Record<string, any>} */
const loaded = {};

/** @param {keyof typeof parts} name @returns {Promise<any>} the part; null while it cannot be had */
async function need(name) {
  try {
    loaded[name] ??= await parts[name]();
    redraw();
    return loaded[name];
  } catch {
    return null;
  }
}

async function hint() {
  if (visit.hints) return;
  const hints = await need('hints');
  hints?.use({ vote, voted: (/** @type {string} */ id) => page.votes.has(id) });
  visit.hints = hints;
}

/** Once there is a chat, its tab. */
async function chat() {
  if (loaded.chat || !(store.all('prompt/').length || store.all('question/').some((q) => q.place === 'wall'))) return;
  (await need('chat'))?.use({ vote, voted: (/** @type {string} */ id) => page.votes.has(id) });
}

const older = async () => (await need('older'))?.more(page.sort);
const device = async () => (await need('device'))?.show();

/* ---- being here ---- */

/** After joining: the stream, what was not sent yet, and what one voted for. */
async function arrive() {
  visit.outbox?.flush();
  visit.returned = () => {
    stream.then((one) => one.drop());
    myVotes();
  };
  const stream = follow('attendee', { onLink, onFrame });
  myVotes();
  await stream;
  await complete();
}

/** Everything else there is to this page; what a bad network kept away is fetched the next time. */
async function complete() {
  for (const name of /** @type {const} */ (['mine', 'foot', 'states', 'names'])) await need(name);
  await chat();
  const keep = await need('keep');
  if (!keep || page.kept) return;
  page.kept = true;
  keep.keepState(store, shelf, () => {
    if (isGone()) return null;
    const { id, joinCode, title } = session();
    const asOf = link.mark === 'live' ? Date.now() : link.asOf;
    return { session: id, participant: visit.participant?.id, asOf, code: joinCode, title };
  });
  if (document.readyState === 'complete') keep.stayOpen();
  else addEventListener('load', keep.stayOpen);
}

/** @param {any} now */
function onLink(now) {
  if (now.mark === 'live') {
    visit.outbox?.flush();
    complete();
  }
  if (now.mark !== 'offline' || !navigator.onLine || Date.now() - page.checkedAt < CHECK_MS) return;
  page.checkedAt = Date.now();
  checkSignIn();
}

async function myVotes() {
  try {
    const mine = await signedIn(() => call('GET', `/api/sessions/${session().id}/mine`));
    page.votes = new Set(mine.votes);
    redraw();
  } catch {
    // Votes are drawn as not given until the next load; voting again is harmless.
  }
}

/** @param {any} frame */
function onFrame(frame) {
  if (page.kept) chat();
  if (frame.type !== 'change') return;
  const fresh = (frame.put ?? []).filter((/** @type {any} */ entry) => entry.key.startsWith('question/') && !entry.body.place);
  const asked = (frame.put ?? []).find((/** @type {any} */ entry) => entry.key.startsWith('prompt/') && !entry.body.posted.length);
  if (asked) say(t('say.prompt', { text: asked.body.text }));
  const staged = fresh.find((/** @type {any} */ entry) => entry.body.status === 'stage');
  if (staged) say(t('say.stage', { text: staged.body.text }));
  const opened = fresh.filter((/** @type {any} */ entry) => entry.body.status === 'approved').length;
  if (opened) say(t('say.fresh', { n: opened }));
}

/* ---- voting ---- */

/** @param {string} id @returns {Promise<boolean>} whether it was counted */
async function vote(id) {
  const had = page.votes.has(id);
  const step = had ? -1 : 1;
  if (had) page.votes.delete(id);
  else page.votes.add(id);
  const paged = loaded.older?.fetched(id);
  if (paged) paged.votes += step;
  const wish = store.wish(`tally/${id}`, (body) => ({ ...body, votes: Math.max(0, body.votes + step) }));
  try {
    const path = `/api/sessions/${session().id}/questions/${id}/vote`;
    const answer = await signedIn(() => command(had ? 'DELETE' : 'PUT', path));
    store.confirm(wish, answer?.version);
    return true;
  } catch (error) {
    if (had) page.votes.add(id);
    else page.votes.delete(id);
    if (paged) paged.votes -= step;
    store.retract(wish);
    toast(t('vote.failed', { why: explain(error) }), { tone: 'bad' });
    return false;
  }
}

/* ---- drawing ---- */

const votesOf = (/** @type {string} */ id) => store.get(`tally/${id}`)?.votes ?? 0;

/** What the list should show, at most once every five seconds anew. */
function wantedOrder() {
  const open = store.all('question/').filter((q) => !q.place && (q.status === 'approved' || q.status === 'queued'));
  const now = Date.now();
  const there = new Set(open.map((q) => q.id));
  if (now - page.sortedAt >= CALM_MS || page.wanted.length === 0) {
    page.sortedAt = now;
    const order =
      page.sort === 'top'
        ? (/** @type {any} */ a, /** @type {any} */ b) =>
            Number(b.pinned ?? false) - Number(a.pinned ?? false) ||
            votesOf(b.id) - votesOf(a.id) ||
            byId(a, b)
        : (/** @type {any} */ a, /** @type {any} */ b) => byId(b, a);
    page.wanted = open.sort(order).map((q) => q.id);
    return page.wanted;
  }
  const known = new Set(page.wanted);
  const fresh = open.filter((q) => !known.has(q.id)).sort(byId).map((q) => q.id);
  return [...page.wanted.filter((id) => there.has(id)), ...fresh];
}

/** @param {string} sort */
function sortBy(sort) {
  page.sort = sort;
  refresh();
}

function refresh() {
  page.sortedAt = 0;
  page.hold.release();
  /** @type {HTMLElement|null} */ (document.activeElement)?.blur();
  redraw();
}

/** Somebody reads further down: what is above must not push what they read. */
function readingOn() {
  const list = document.querySelector('.questions');
  return list !== null && list.getBoundingClientRect().top < 0;
}

function questionList() {
  const shown = page.steady.show(wantedOrder(), page.hold.held || readingOn());
  const closed = session().state === 'closed';
  // What was on stage when the session was closed is not being answered any more.
  const done = store.all('question/').filter((q) => !q.place && (q.status === 'answered' || (closed && q.status === 'stage')));
  return html`<section class="questions" aria-labelledby="questions-title">
    <header class="list-head">
      <h2 id="questions-title">${t('questions.title')}<span class="count">${number(shown.ids.length)}</span></h2>
      <div class="segments" role="group" aria-label=${t('questions.sort')}>
        ${['top', 'new'].map(
          (sort) =>
            html`<button type="button" aria-pressed=${page.sort === sort} @click=${() => sortBy(sort)}>
              ${sort === 'top' ? t('questions.top') : t('questions.new')}
            </button>`,
        )}
      </div>
    </header>
    ${shown.fresh
      ? html`<button type="button" class="fresh" @click=${refresh}>${t('questions.fresh', { n: shown.fresh })}</button>`
      : nothing}
    ${shown.ids.length
      ? html`<ol class="cards">
          ${repeat(shown.ids, (id) => id, (id) => questionCard(store.get(`question/${id}`), votesOf(id), shown.ghosts.has(id)))}
        </ol>`
      : html`<p class="empty">${done.length || onStage() ? t('questions.noneLeft') : closed || session().asking === 'paused' ? t('questions.noneAsked') : t('questions.none')}</p>`}
    ${olderQuestions()}
    ${done.length
      ? html`<details class="done">
          <summary>${t('questions.answered', { n: done.length })}</summary>
          <ol class="cards">
            ${repeat(done.sort(byId), (q) => q.id, (q) => html`<li class="card quiet"><p dir="auto">${q.text}</p></li>`)}
          </ol>
        </details>`
      : nothing}
  </section>`;
}

/** The stream carries the questions that matter most; the others are a tap away. */
function olderQuestions() {
  if (store.all('question/').length < (first.bound ?? Infinity)) return nothing;
  if (loaded.older) return loaded.older.olderList(page.sort, (/** @type {any} */ q) => questionCard(q, q.votes, false));
  return html`<button type="button" class="quiet-button wide" @click=${older}>${t('older.more')}</button>`;
}

/** @param {any} q @param {number} votes @param {boolean} ghost */
function questionCard(q, votes, ghost) {
  if (!q || ghost) return html`<li class="card ghost"><p dir="auto">${q?.text ?? t('questions.gone')}</p></li>`;
  const id = q.id;
  const mine = store.get(`mine/${id}`) !== undefined;
  const voted = page.votes.has(id);
  const closed = session().state === 'closed';
  return html`<li class="card" id=${`q-${id}`}>
    <div class="card-text">
      <p dir="auto">${q.text}</p>
      <p class="meta">
        <span dir="auto">${q.author?.name ?? t('author.anonymous')}</span>
        ${found(q)}
        ${q.author?.role ? html`<span class="badge">${roleName(q.author.role)}</span>` : nothing}
        <span>${age(store.time() - Date.parse(q.askedAt))}</span>
        ${q.status === 'queued' ? html`<span class="chip chip-queued">${t('fate.queued')}</span>` : nothing}
        ${(q.labels ?? []).map((/** @type {string} */ label) => html`<span class="chip" dir="auto">${label}</span>`)}
      </p>
    </div>
    <button
      type="button"
      class="vote"
      aria-pressed=${voted}
      ?disabled=${mine || closed || !visit.participant}
      aria-label=${mine ? t('vote.own', { n: votes }) : voted ? t('vote.take', { n: votes }) : t('vote.give', { n: votes })}
      @click=${() => vote(id)}
    >
      ${icon('up')}<span>${number(votes)}</span>
    </button>
  </li>`;
}

/** @param {string} role */
function roleName(role) {
  return { moderator: t('role.moderator'), speaker: t('role.speaker'), organiser: t('role.organiser') }[role] ?? role;
}

const onStage = () => store.all('question/').find((one) => one.status === 'stage');

function stageCard() {
  const q = onStage();
  if (!q || session().state === 'closed') return nothing;
  return html`<section class=${q.id === page.stagedFirst ? 'stage' : 'stage stage-new'} aria-labelledby="stage-title">
    <h2 id="stage-title"><i></i>${t('stage.now')}</h2>
    <p class="stage-text" dir="auto">${q.text}</p>
    <p class="meta">
      <span dir="auto">${q.author?.name ?? t('author.anonymous')}</span>
      ${found(q)}
      <span>${t('votes', { n: votesOf(q.id) })}</span>
    </p>
  </section>`;
}

function head() {
  const now = session();
  const who = (now.speakers ?? []).map((/** @type {any} */ s) => s.name ?? s).join(', ');
  return html`<header class="head">
    <div class="head-line">
      ${logo(now.meeting ?? first.meeting)}<span class="over" dir="auto">${now.meeting?.name ?? first.meeting?.name}</span>
      ${now.state === 'scheduled' ? nothing : mark()}
    </div>
    <h1 dir="auto">${now.title}</h1>
    <p class="meta">
      ${who ? html`<span dir="auto">${who}</span>` : nothing}
      ${now.room ? html`<span dir="auto">${now.room}</span>` : nothing}
      ${store.live > 1 ? html`<span>${t('live.people', { n: store.live })}</span>` : nothing}
    </p>
  </header>`;
}

const isGone = () => link.mark === 'ended' && link.reason === 'closed';

function body() {
  const states = loaded.states;
  const { state, anonymity } = session();
  const closed = state === 'closed';
  const nameless = !visit.participant && anonymity === 'named';
  if ((visit.refused || isGone()) && !states) need('states');
  if (states && isGone()) return states.gone();
  if (states && link.mark === 'ended' && link.reason === 'revoked') return states.signedOut();
  // A name that is not taken is said beside its field.
  const name = nameless && visit.refused?.status === 422;
  if (states && visit.refused && !isPassing(visit.refused) && !name) return states.refusedDoor(visit.refused);
  if (states && state === 'scheduled') return html`${head()} ${states.notYet()} ${loaded.foot?.foot(device)}`;
  if (nameless) return html`${head()} ${loaded.names?.nameForm(arrive)}`;
  return html`
    ${head()}
    <div class="column">
      ${states && visit.refused ? states.waiting() : nothing}
      ${closed ? states?.closedBanner() : nothing}
      ${loaded.chat?.tabs()} ${stageCard()}
      ${loaded.chat?.shown() ? html`${loaded.mine?.mySection()} ${loaded.chat.view()}` : html`${loaded.mine?.mySection()} ${questionList()}`}
      ${loaded.foot?.foot(device)}
    </div>
    ${closed && states ? states.over() : compose(hint)} ${loaded.names?.nameDialog()} ${loaded.device?.dialog()}
  `;
}

/* ---- start ---- */

/** What was known when this phone last saw the session, where that is newer than the page. */
async function remember() {
  const seen = shelf.getItem(`plenary.seen.${session().id}`);
  if (!seen) return;
  const { recallState } = await import('../live/keep.js');
  const asOf = recallState(store, seen, visit.participant?.id, keptAt !== null);
  if (asOf) shownAsOf(asOf);
}

async function begin() {
  recall();
  await remember();
  page.stagedFirst = onStage()?.id;
  const now = session();
  if (now.state === 'scheduled') {
    const states = await need('states');
    draw(body);
    need('foot');
    states?.waitForOpening();
    setInterval(redraw, CALM_MS);
    return;
  }
  // What takes room above the list is there from the first drawing, so that nothing moves after it.
  if (store.own.size || visit.outbox?.items.length) await need('mine');
  await chat();
  if (now.state === 'closed') await need('states');
  if (!visit.participant && now.anonymity === 'named') await need('names');
  draw(body);
  setInterval(redraw, CALM_MS);
  if (visit.participant) arrive();
  else if (now.anonymity !== 'named') join(arrive);
  need('mine');
  setTimeout(() => need('states'), CALM_MS);
}

async function start() {
  if (new URLSearchParams(location.search).has('lang')) (await import('../ui/language.js')).forgetLanguageInAddress();
  const given = location.hash.match(/^#device=([A-Za-z0-9 -]{8,20})$/)?.[1];
  if (given) {
    history.replaceState(null, '', location.pathname + location.search);
    const arriving = await need('device');
    const declined = () => (first.session ? begin() : location.reload());
    if (arriving) return draw(() => arriving.arriving(given, declined));
  }
  if (first.problem) {
    const states = await need('states');
    draw(() => states?.refusedPage(first.problem));
    states?.comeAgain(first.problem);
  } else if (first.session) {
    await begin();
  } else {
    const { choose } = await import('./attendee/choose.js');
    draw(choose);
  }
}

start();
