// @ts-check
/** The phone's page: what is on stage, the questions, mine, and a box to ask. */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { call, command } from '../live/api.js';
import { Outbox } from '../live/outbox.js';
import { icon } from '../ui/icons.js';
import { Steady, byId } from '../ui/steady.js';
import { age, number, t, time } from '../ui/words.js';
import {
  Hold, draw, drawNow, explain, first, follow, link, mark, notice, redraw, say, session, store, toast, zone,
} from '../ui/page.js';

const LONGEST = 300;
const CALM_MS = 5000;
const code = decodeURIComponent(location.pathname.split('/').pop() ?? '');

/** Everything of this page that is not the session's. */
const page = {
  /** @type {any} */
  participant: first.me?.participant ?? null,
  joining: false,
  /** @type {any} */
  refused: null,
  /** @type {Set<string>} */
  votes: new Set(first.me?.votes ?? []),
  sort: 'top',
  sortedAt: 0,
  /** @type {string[]} */
  wanted: [],
  steady: new Steady(),
  hold: new Hold('.questions'),
  draft: '',
  named: false,
  open: false,
  /** @type {Outbox|null} */
  outbox: null,
};

/* ---- joining ---- */

const shelf = storage();

function storage() {
  try {
    return window.localStorage;
  } catch {
    // Storage forbidden by the browser: the page works, it only forgets with the tab.
    /** @type {Map<string, string>} */
    const memory = new Map();
    return {
      getItem: (/** @type {string} */ k) => memory.get(k) ?? null,
      setItem: (/** @type {string} */ k, /** @type {string} */ v) => void memory.set(k, v),
      removeItem: (/** @type {string} */ k) => void memory.delete(k),
    };
  }
}

/** @param {string} [name] */
async function join(name) {
  page.joining = true;
  redraw();
  try {
    const answer = await command('POST', '/api/join', { body: name ? { code, name } : { code } });
    const id = typeof answer.participant === 'object' ? answer.participant.id : answer.participant;
    page.participant = { id, name: name ?? null };
    page.refused = null;
  } catch (error) {
    page.refused = error;
    if (!(/** @type {any} */ (error).status)) setTimeout(() => join(name), 3000);
  }
  page.joining = false;
  redraw();
  if (page.participant) arrive();
}

function arrive() {
  const id = session().id;
  page.outbox = new Outbox({
    name: `plenary.outbox.${id}`,
    shelf,
    send: sendQuestion,
    changed: redraw,
  });
  page.outbox.flush();
  follow('attendee', { onLink: (now) => now.mark === 'live' && page.outbox?.flush(), onFrame });
  call('GET', `/api/sessions/${id}/mine`)
    .then((mine) => {
      page.votes = new Set(mine.votes);
      redraw();
    })
    .catch(() => {
      // Votes are drawn as not given until the next load; voting again is harmless.
    });
}

/** @param {any} frame */
function onFrame(frame) {
  if (frame.type !== 'change') return;
  const fresh = (frame.put ?? []).filter((/** @type {any} */ entry) => entry.key.startsWith('question/'));
  const staged = fresh.find((/** @type {any} */ entry) => entry.body.status === 'stage');
  if (staged) say(t('say.stage', { text: staged.body.text }));
  const opened = fresh.filter((/** @type {any} */ entry) => entry.body.status === 'approved').length;
  if (opened) say(t('say.fresh', { n: opened }));
}

/* ---- asking ---- */

/** @param {any} item */
function sendQuestion(item) {
  /** @type {any} */
  const body = { text: item.text };
  if (item.anonymous !== undefined) body.anonymous = item.anonymous;
  return call('POST', `/api/sessions/${session().id}/questions`, { body, key: item.key }).then(
    (answer) => {
      // The answer may overtake the stream: what it says is drawn until the stream says it too.
      const key = `mine/${answer.id}`;
      if (!store.own.has(key)) {
        store.own.set(key, { key, version: 0, body: { askedAt: new Date().toISOString(), ...answer } });
        store.changed();
      }
      say(t('say.sent'));
    },
  );
}

/** @param {Event} event */
function ask(event) {
  event.preventDefault();
  const text = page.draft.trim();
  if (!text || [...text].length > LONGEST) return;
  const choice = session().anonymity === 'choice';
  page.outbox?.add(text, choice ? { anonymous: !page.named } : {});
  setDraft('');
  page.open = false;
  const box = /** @type {HTMLTextAreaElement|null} */ (document.getElementById('ask'));
  if (box) {
    box.value = '';
    fitBox(box);
    box.blur();
  }
  document.querySelector('.mine')?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

/** @param {string} text */
function setDraft(text) {
  page.draft = text;
  const key = `plenary.draft.${session().id}`;
  try {
    if (text) shelf.setItem(key, text);
    else shelf.removeItem(key);
  } catch {
    // A full storage: the draft lives as long as the tab.
  }
  redraw();
}

/** @param {HTMLTextAreaElement} box */
function fitBox(box) {
  box.style.blockSize = 'auto';
  box.style.blockSize = `${Math.min(box.scrollHeight, 160)}px`;
}

/* ---- voting ---- */

/** @param {string} id */
async function vote(id) {
  const had = page.votes.has(id);
  const step = had ? -1 : 1;
  if (had) page.votes.delete(id);
  else page.votes.add(id);
  const wish = store.wish(`tally/${id}`, (body) => ({ ...body, votes: Math.max(0, body.votes + step) }));
  try {
    const path = `/api/sessions/${session().id}/questions/${id}/vote`;
    const answer = await command(had ? 'DELETE' : 'PUT', path);
    store.confirm(wish, answer?.version);
  } catch (error) {
    if (had) page.votes.add(id);
    else page.votes.delete(id);
    store.retract(wish);
    toast(t('vote.failed', { why: explain(error) }), { tone: 'bad' });
  }
}

/** @param {string} id */
async function withdraw(id) {
  try {
    await command('DELETE', `/api/sessions/${session().id}/questions/${id}`);
    store.own.delete(`mine/${id}`);
    redraw();
    toast(t('mine.withdrawn'));
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
}

/* ---- drawing ---- */

const votesOf = (/** @type {string} */ id) => store.get(`tally/${id}`)?.votes ?? 0;

/** What the list should show, at most once every five seconds anew. */
function wantedOrder() {
  const open = store.all('question/').filter((q) => q.status === 'approved' || q.status === 'queued');
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
  const done = store.all('question/').filter((q) => q.status === 'answered');
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
          ${repeat(shown.ids, (id) => id, (id) => questionCard(id, shown.ghosts.has(id)))}
        </ol>`
      : html`<p class="empty">${t('questions.none')}</p>`}
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

/** @param {string} id @param {boolean} ghost */
function questionCard(id, ghost) {
  const q = store.get(`question/${id}`);
  if (!q || ghost) return html`<li class="card ghost"><p dir="auto">${q?.text ?? t('questions.gone')}</p></li>`;
  const mine = store.get(`mine/${id}`) !== undefined;
  const voted = page.votes.has(id);
  const votes = votesOf(id);
  const closed = session().state === 'closed';
  return html`<li class="card" id=${`q-${id}`}>
    <div class="card-text">
      <p dir="auto">${q.text}</p>
      <p class="meta">
        <span dir="auto">${q.author?.name ?? t('author.anonymous')}</span>
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
      ?disabled=${mine || closed || !page.participant}
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

function stageCard() {
  const q = store.all('question/').find((one) => one.status === 'stage');
  if (!q) return nothing;
  return html`<section class="stage" aria-labelledby="stage-title">
    <h2 id="stage-title"><i></i>${t('stage.now')}</h2>
    <p class="stage-text" dir="auto">${q.text}</p>
    <p class="meta">
      <span dir="auto">${q.author?.name ?? t('author.anonymous')}</span>
      <span>${t('votes', { n: votesOf(q.id) })}</span>
    </p>
  </section>`;
}

/** @type {Record<string, {words: string, tone: string}>} */
const fates = {
  incoming: { words: 'fate.incoming', tone: 'wait' },
  approved: { words: 'fate.approved', tone: 'good' },
  queued: { words: 'fate.queued', tone: 'queued' },
  stage: { words: 'fate.stage', tone: 'stage' },
  answered: { words: 'fate.answered', tone: 'good' },
  dismissed: { words: 'fate.dismissed', tone: 'bad' },
  merged: { words: 'fate.merged', tone: 'queued' },
};

/** @type {Record<string, string>} */
const reasons = {
  duplicate: 'reason.duplicate',
  'off-topic': 'reason.off-topic',
  unclear: 'reason.unclear',
  unsuitable: 'reason.unsuitable',
  'no-time': 'reason.no-time',
};

function mySection() {
  const mine = store.all('mine/').filter((one) => one.status !== 'withdrawn').sort((a, b) => byId(b, a));
  const waiting = page.outbox?.items ?? [];
  if (!mine.length && !waiting.length) return nothing;
  return html`<section class="mine" aria-labelledby="mine-title">
    <h2 id="mine-title">${t('mine.title')}</h2>
    <ul>
      ${repeat(waiting, (item) => item.key, waitingItem)}
      ${repeat(mine, (one) => one.id, mineItem)}
    </ul>
  </section>`;
}

/** @param {any} one */
function mineItem(one) {
  const fate = fates[one.status] ?? fates.incoming;
  const why = one.reason ? (reasons[one.reason] ? t(reasons[one.reason]) : one.reason) : null;
  return html`<li class="fate fate-${fate.tone}">
    <p dir="auto">${one.text}</p>
    <p class="meta">
      <strong>${t(fate.words)}</strong>
      ${why ? html`<span dir="auto">${why}</span>` : nothing}
      ${one.mergedInto
        ? html`<a href=${`#q-${one.mergedInto}`}>${t('mine.mergedLink')}</a>`
        : nothing}
      ${one.status === 'incoming'
        ? html`<button type="button" class="link" @click=${() => withdraw(one.id)}>${t('mine.withdraw')}</button>`
        : nothing}
    </p>
  </li>`;
}

/** @param {any} item */
function waitingItem(item) {
  const refused = item.state === 'refused';
  return html`<li class="fate ${refused ? 'fate-bad' : 'fate-wait'}">
    <p dir="auto">${item.text}</p>
    <p class="meta">
      <strong>${refused ? t('fate.refused') : item.state === 'sending' ? t('fate.sending') : t('fate.waiting')}</strong>
      ${refused ? html`<span dir="auto">${item.why}</span>` : nothing}
      ${item.state === 'waiting'
        ? html`<button type="button" class="link" @click=${() => page.outbox?.flush()}>${t('fate.retry')}</button>`
        : nothing}
      ${refused
        ? html`<button type="button" class="link" @click=${() => reword(item.key)}>${t('fate.reword')}</button>`
        : nothing}
    </p>
  </li>`;
}

/** @param {string} key */
function reword(key) {
  const item = page.outbox?.take(key);
  const box = /** @type {HTMLTextAreaElement|null} */ (document.getElementById('ask'));
  if (!item || !box) return;
  box.value = item.text;
  setDraft(item.text);
  box.focus();
}

function compose() {
  const now = session();
  if (now.state === 'closed') return html`<p class="compose compose-shut">${t('closed.short')}</p>`;
  if (now.state === 'scheduled') return html`<p class="compose compose-shut">${notYet(now)}</p>`;
  const length = [...page.draft.trim()].length;
  const open = page.open || length > 0;
  return html`<form class="compose" data-open=${open} @submit=${ask}>
    ${open && now.anonymity === 'choice' ? whoAsks() : nothing}
    <div class="compose-row">
      <label class="sr" for="ask">${t('ask.label')}</label>
      <textarea
        id="ask"
        rows="1"
        dir="auto"
        placeholder=${t('ask.placeholder')}
        enterkeyhint="send"
        .value=${page.draft}
        @focus=${() => ((page.open = true), redraw())}
        @blur=${() => ((page.open = false), setTimeout(redraw, 150))}
        @input=${(/** @type {any} */ event) => (setDraft(event.target.value), fitBox(event.target))}
        @keydown=${(/** @type {KeyboardEvent} */ event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) ask(event);
        }}
      ></textarea>
      <button type="submit" class="send" ?disabled=${length === 0 || length > LONGEST || !page.outbox}>
        ${icon('send')}<span>${t('ask.send')}</span>
      </button>
    </div>
    ${open
      ? html`<p class="compose-foot">
          <span>${now.moderation ? t('ask.moderated') : t('ask.direct')}</span>
          <span class="left" data-tone=${length > LONGEST ? 'bad' : length > LONGEST - 40 ? 'warn' : 'plain'}>
            ${length > LONGEST - 80 ? t('ask.left', { n: LONGEST - length }) : nothing}
          </span>
        </p>`
      : nothing}
  </form>`;
}

function whoAsks() {
  const name = page.participant?.name;
  return html`<div class="segments segments-wide" role="group" aria-label=${t('ask.as')} @mousedown=${(/** @type {Event} */ e) => e.preventDefault()}>
    <button type="button" aria-pressed=${!page.named} @click=${() => ((page.named = false), redraw())}>${t('ask.anonymous')}</button>
    <button type="button" aria-pressed=${page.named} @click=${giveName}>${name ?? t('ask.withName')}</button>
  </div>`;
}

function giveName() {
  page.named = true;
  if (page.participant?.name) return redraw();
  page.named = false;
  /** @type {HTMLDialogElement|null} */ (document.getElementById('name-dialog'))?.showModal();
}

/** @param {SubmitEvent} event */
async function nameGiven(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const name = String(new FormData(form).get('name') ?? '').trim();
  if (!name) return;
  form.closest('dialog')?.close();
  try {
    await command('POST', '/api/join', { body: { code, name } });
    page.participant = { ...page.participant, name };
    page.named = true;
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  redraw();
}

function nameDialog() {
  return html`<dialog id="name-dialog" aria-labelledby="name-title">
    <form @submit=${nameGiven}>
      <h2 id="name-title">${t('name.title')}</h2>
      <p>${t('name.why')}</p>
      <label>${t('name.label')}<input name="name" maxlength="80" autocomplete="name" required /></label>
      <div class="row-end">
        <button type="button" class="quiet" @click=${(/** @type {any} */ e) => e.target.closest('dialog').close()}>${t('cancel')}</button>
        <button type="submit" class="primary">${t('name.use')}</button>
      </div>
    </form>
  </dialog>`;
}

/** @param {any} now */
function notYet(now) {
  if (!now.startsAt) return t('notYet.undated');
  const day = { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' };
  return t('notYet.at', { time: time(now.startsAt, zone(), /** @type {any} */ (day)) });
}

function head() {
  const now = session();
  const who = (now.speakers ?? []).map((/** @type {any} */ s) => s.name ?? s).join(', ');
  return html`<header class="head">
    <div class="head-line"><span class="over" dir="auto">${now.meeting?.name ?? first.meeting?.name}</span>${mark()}</div>
    <h1 dir="auto">${now.title}</h1>
    <p class="meta">
      ${who ? html`<span dir="auto">${who}</span>` : nothing}
      ${now.room ? html`<span dir="auto">${now.room}</span>` : nothing}
      ${store.live > 1 ? html`<span>${t('live.people', { n: store.live })}</span>` : nothing}
    </p>
  </header>`;
}

function body() {
  if (link.mark === 'ended' && link.reason === 'revoked') return notice(t('ended.revoked'), t('ended.revokedWhy'), again());
  if (page.refused?.status) return notice(t('join.refused'), explain(page.refused), again());
  if (!page.participant && session().anonymity === 'named') return nameForm();
  return html`
    ${head()}
    <div class="column">${session().state === 'closed' ? html`<p class="banner">${t('closed.long')}</p>` : nothing} ${stageCard()} ${mySection()} ${questionList()}</div>
    ${compose()} ${nameDialog()}
  `;
}

function again() {
  return html`<p><button type="button" class="primary" @click=${() => location.reload()}>${t('again')}</button> <a href="/">${t('otherCode')}</a></p>`;
}

function nameForm() {
  return html`${head()}
    <form
      class="panel"
      @submit=${(/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const name = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('name') ?? '').trim();
        if (name) join(name);
      }}
    >
      <h2>${t('name.needed')}</h2>
      <p>${t('name.why')}</p>
      <label>${t('name.label')}<input name="name" maxlength="80" autocomplete="name" required autofocus /></label>
      <button type="submit" class="primary wide" ?disabled=${page.joining}>${t('name.join')}</button>
    </form>`;
}

/* ---- a meeting's code: what is live now, and what to choose from ---- */

function choose() {
  const list = first.sessions ?? first.meeting?.sessions ?? [];
  const live = list.filter((/** @type {any} */ s) => s.state === 'live');
  const open = list.filter((/** @type {any} */ s) => s.state === 'open');
  const later = list.filter((/** @type {any} */ s) => s.state === 'scheduled');
  return html`<header class="head"><h1 dir="auto">${first.meeting?.name}</h1></header>
    <div class="column">
      ${sessionsOf(t('choose.live'), live, true)} ${sessionsOf(t('choose.open'), open, false)}
      ${sessionsOf(t('choose.later'), later.slice(0, 50), false)}
      ${list.length ? nothing : html`<p class="empty">${t('choose.none')}</p>`}
    </div>`;
}

/** @param {string} title @param {any[]} list @param {boolean} hot */
function sessionsOf(title, list, hot) {
  if (!list.length) return nothing;
  return html`<section class="choose">
    <h2>${hot ? html`<i></i>` : nothing}${title}</h2>
    <ul class="cards">
      ${list.map(
        (s) =>
          html`<li>
            <a class="card ${hot ? 'hot' : ''}" href=${`/s/${s.joinCode}`}>
              <span class="card-text"
                ><strong dir="auto">${s.title}</strong>
                <span class="meta"
                  >${s.startsAt ? html`<span>${time(s.startsAt, zone(), { weekday: 'short', hour: '2-digit', minute: '2-digit' })}</span>` : nothing}
                  ${s.room ? html`<span dir="auto">${s.room}</span>` : nothing}</span
                ></span
              >
            </a>
          </li>`,
      )}
    </ul>
  </section>`;
}

/* ---- start ---- */

if (first.problem) {
  draw(() =>
    notice(
      t('code.wrong'),
      t('code.wrongWhy', { code }),
      html`<form class="inline" action="/" method="get">
        <a class="primary" href="/">${t('otherCode')}</a>
      </form>`,
    ),
  );
} else if (!first.session) {
  draw(choose);
} else {
  page.draft = shelf.getItem(`plenary.draft.${session().id}`) ?? '';
  draw(body);
  setInterval(redraw, CALM_MS);
  if (page.participant) arrive();
  else if (session().anonymity !== 'named') join();
  drawNow();
}
