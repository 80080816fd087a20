// @ts-check
/** The phone's page: what is on stage, the questions, mine, and a box to ask. */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { call, command } from '../live/api.js';
import { icon } from '../ui/icons.js';
import { Hold, draw, explain, first, follow, link, logo, mark, notice, redraw, say, session, store, toast } from '../ui/page.js';
import { Steady, byId } from '../ui/steady.js';
import { age, number, t } from '../ui/words.js';
import { code, compose, join, nameDialog, nameForm, onItsWay, openOutbox, recall, visit } from './attendee/asking.js';

const CALM_MS = 5000;

/** What this page holds of the list: whose votes, in which order, and whether somebody is at it. */
const page = {
  /** @type {Set<string>} */
  votes: new Set(),
  sort: 'top',
  sortedAt: 0,
  /** @type {string[]} */
  wanted: [],
  steady: new Steady(),
  hold: new Hold('.questions'),
};

/** After joining: the stream, what was not sent yet, and what one voted for. */
function arrive() {
  openOutbox();
  follow('attendee', { onLink: (now) => now.mark === 'live' && visit.outbox?.flush(), onFrame });
  call('GET', `/api/sessions/${session().id}/mine`)
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
  const waiting = visit.outbox?.items ?? [];
  if (!mine.length && !waiting.length) return nothing;
  return html`<section class="mine" aria-labelledby="mine-title">
    <h2 id="mine-title">${t('mine.title')}</h2>
    <ul>
      ${repeat(waiting, (item) => item.key, onItsWay)}
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

function head() {
  const now = session();
  const who = (now.speakers ?? []).map((/** @type {any} */ s) => s.name ?? s).join(', ');
  return html`<header class="head">
    <div class="head-line">${logo(now.meeting ?? first.meeting)}<span class="over" dir="auto">${now.meeting?.name ?? first.meeting?.name}</span>${mark()}</div>
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
  if (visit.refused?.status) return notice(t('join.refused'), explain(visit.refused), again());
  if (!visit.participant && session().anonymity === 'named') return html`${head()} ${nameForm(arrive)}`;
  return html`
    ${head()}
    <div class="column">${session().state === 'closed' ? html`<p class="banner">${t('closed.long')}</p>` : nothing} ${stageCard()} ${mySection()} ${questionList()}</div>
    ${compose()} ${nameDialog()}
  `;
}

function again() {
  return html`<p><button type="button" class="primary" @click=${() => location.reload()}>${t('again')}</button> <a href="/">${t('otherCode')}</a></p>`;
}

/* ---- start ---- */

if (first.problem) {
  const unknown = first.problem.status === 404;
  draw(() =>
    notice(
      t(unknown ? 'code.wrong' : 'join.refused'),
      unknown ? t('code.wrongWhy', { code }) : first.problem.detail,
      html`<p><a class="primary" href="/">${t('otherCode')}</a></p>`,
    ),
  );
} else if (!first.session) {
  const { choose } = await import('./attendee/choose.js');
  draw(choose);
} else {
  recall();
  draw(body);
  setInterval(redraw, CALM_MS);
  if (visit.participant) arrive();
  else if (session().anonymity !== 'named') join(arrive);
}
