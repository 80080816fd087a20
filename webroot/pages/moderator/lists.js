// @ts-check
/** Boxes with a list to choose from: what to merge, what to take along, what to hand over. */

import { html, nothing } from 'lit-html';
import { call } from '../../live/api.js';
import { explain, first, link, redraw, session, store, toast, zone } from '../../ui/page.js';
import { number, t, time } from '../../ui/words.js';
import { mergeInto, told } from './acts.js';
import { alike, columns, desk, isMe, path, places, question, questions, triage, votes } from './desk.js';
import { close } from './dialogs.js';
import { keepKeys } from './keep.js';
import { deliver, waitingActs } from './send.js';

/* ---- merge ---- */

/** @type {{into: string, chosen: Set<string>, found: string[]}} */
let merge = { into: '', chosen: new Set(), found: [] };

const COURSE = ['stage', 'queued', 'approved', 'incoming', 'answered', 'dismissed'];

/** Which stays if nobody says otherwise: what is in line must not leave it for one that nobody has read. @param {string[]} ids */
function furthest(ids) {
  const place = (/** @type {string} */ id) => COURSE.indexOf(question(id)?.status);
  return ids.toSorted((a, b) => place(a) - place(b) || votes(b) - votes(a))[0];
}

/** Suggests what was alike when it was asked, and what is alike now. @param {string} id */
export async function startMerge(id) {
  const known = alike(id).map((hint) => hint.id);
  const chosen = alike(id).filter((hint) => hint.score >= 60).map((hint) => hint.id);
  merge = { into: furthest([id, ...chosen]), chosen: new Set(chosen), found: known };
  const text = question(id)?.text;
  if (!text) return;
  const more = await call('POST', `${path()}/questions/similar`, { body: { text } }).catch(() => ({ questions: [] }));
  for (const one of more.questions ?? []) {
    if (one.id !== id && question(one.id) && !merge.found.includes(one.id)) merge.found.push(one.id);
  }
  redraw();
}

/** @param {string} id */
export function merging(id) {
  const all = [id, ...merge.found].filter((one) => question(one));
  const others = all.filter((one) => one !== merge.into && (one === id || merge.chosen.has(one)));
  return html`<form
    @submit=${(/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      close();
      if (others.length) mergeInto(merge.into, others);
    }}
  >
    <h2 id="dialog-title">${t('merge.title')}</h2>
    ${merge.found.length ? html`<p class="hint">${t('merge.how')}</p>` : html`<p class="hint">${t('merge.none')}</p>`}
    <ul class="pick">${all.map((one) => mergeRow(one, id))}</ul>
    <div class="row-end">
      <button type="button" class="quiet-button" @click=${close}>${t('cancel')}</button>
      <button class="primary" data-first ?disabled=${others.length === 0}>${t('merge.do', { n: others.length + 1 })} <kbd>↵</kbd></button>
    </div>
  </form>`;
}

/** @param {string} one @param {string} id */
function mergeRow(one, id) {
  const q = question(one);
  const toggle = () => {
    if (merge.chosen.has(one)) merge.chosen.delete(one);
    else merge.chosen.add(one);
    redraw();
  };
  return html`<li>
    <label class="pick-main">
      <input type="checkbox" .checked=${one === id || merge.chosen.has(one)} ?disabled=${one === id} @change=${toggle} />
      <span dir="auto">${q.text}</span>
      <span class="meta">${t(places[q.status])} · ${t('votes', { n: votes(one) })}</span>
    </label>
    <label class="pick-root"><input type="radio" name="into" .checked=${merge.into === one} @change=${() => ((merge.into = one), merge.chosen.add(one), redraw())} /><span>${t('merge.keep')}</span></label>
  </li>`;
}

/* ---- to the next talk ---- */

/** @type {any[]|null} the meeting's other sessions, those of the same room first */
let talks = null;
let talk = '';
/** @type {Set<string>} */
let left = new Set();

const open = () => questions().filter((q) => ['incoming', 'approved', 'queued', 'stage'].includes(q.status)).sort((a, b) => votes(b.id) - votes(a.id));

/** What is taken along is moderated there by whoever takes it. @param {any} talk */
function mayModerate(talk) {
  return (first.me?.grants ?? []).some(
    (/** @type {any} */ one) =>
      (one.role === 'moderator' || one.role === 'organiser') &&
      (!one.meeting || one.meeting === session().meeting.id) &&
      (!one.session || one.session === talk.id),
  );
}

/** The day as well where it is another one. @param {any} talk */
function when(talk) {
  if (!talk.startsAt) return '';
  const day = (/** @type {any} */ at) => time(at, zone(), { dateStyle: 'short' });
  const hour = { hour: '2-digit', minute: '2-digit' };
  const near = day(talk.startsAt) === day(session().startsAt ?? store.time());
  return time(talk.startsAt, zone(), /** @type {any} */ (near ? hour : { weekday: 'short', day: 'numeric', month: 'short', ...hour }));
}

export async function loadTalks() {
  left = new Set(open().filter((q) => q.status === 'queued' || q.status === 'approved').map((q) => q.id));
  talks = null;
  const now = session();
  try {
    const found = await call('GET', `/api/meetings/${now.meeting.id}/sessions?limit=200`);
    const others = found.sessions.filter((/** @type {any} */ one) => one.id !== now.id && one.state !== 'closed' && mayModerate(one));
    const rank = (/** @type {any} */ one) => [one.room === now.room ? 0 : 1, (one.startsAt ?? '') > (now.startsAt ?? '') ? 0 : 1, one.startsAt ?? ''].join(' ');
    talks = others.sort((/** @type {any} */ a, /** @type {any} */ b) => rank(a).localeCompare(rank(b)));
    talk = talks?.[0]?.id ?? '';
  } catch (error) {
    talks = [];
    toast(explain(error), { tone: 'bad' });
  }
  redraw();
}

export function carry() {
  return html`<form
    @submit=${(/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      close();
      carryOver();
    }}
  >
    <h2 id="dialog-title">${t('carry.title')}</h2>
    ${talks === null
      ? html`<p class="hint">${t('carry.wait')}</p>`
      : talks.length === 0
        ? html`<p class="hint">${t('carry.none')}</p>`
        : html`<label>${t('carry.to')}
            <select data-first @change=${(/** @type {any} */ e) => (talk = e.target.value)}>
              ${talks.map((one) => html`<option value=${one.id} .selected=${one.id === talk}>${[when(one), one.room, one.title].filter(Boolean).join(' · ')}</option>`)}
            </select></label>`}
    <ul class="pick">${open().map(carryRow)}</ul>
    <p class="hint">${t('carry.how')}</p>
    <div class="row-end">
      <button type="button" class="quiet-button" @click=${close}>${t('cancel')}</button>
      <button class="primary" ?disabled=${!talk || left.size === 0}>${t('carry.do', { n: left.size })}</button>
    </div>
  </form>`;
}

/** @param {any} q */
function carryRow(q) {
  const toggle = () => (left.has(q.id) ? left.delete(q.id) : left.add(q.id), redraw());
  return html`<li>
    <label class="pick-main">
      <input type="checkbox" .checked=${left.has(q.id)} @change=${toggle} />
      <span dir="auto">${q.text}</span>
      <span class="meta">${t(places[q.status])} · ${t('votes', { n: votes(q.id) })}</span>
    </label>
  </li>`;
}

async function carryOver() {
  const to = talk;
  try {
    const body = { from: session().id, questions: [...left].slice(0, 100) };
    const answer = await deliver({ method: 'POST', path: `/api/sessions/${to}/carry-over`, body });
    const follow = () => location.assign(`/moderate/${to}`);
    toast(t('did.carried', { n: answer.questions.length }), { label: t('carry.follow'), action: follow });
  } catch (error) {
    toast(told(error), { tone: 'bad' });
  }
}

/* ---- hand-over ---- */

/** What the next moderator has to know; this page then lets go of its cards and stops listening to keys. */
export function handOver() {
  const mine = store.all('claim/').filter((held) => isMe(held.by));
  const noted = questions().filter((q) => triage(q.id).note && q.status !== 'answered' && q.status !== 'dismissed');
  return html`<form
    @submit=${(/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      close();
      letGo(mine);
    }}
  >
    <h2 id="dialog-title">${t('hand.title')}</h2>
    <ul class="facts">
      ${columns.slice(0, 4).map((column) => html`<li><strong>${number((desk.shown[column.id] ?? []).length)}</strong> ${t(column.title)}</li>`)}
      <li><strong>${number(mine.length)}</strong> ${t('hand.claims', { n: mine.length })}</li>
    </ul>
    ${noted.length ? html`<h3>${t('hand.notes')}</h3><ul class="notes">${noted.map((q) => html`<li dir="auto">${q.text}<br /><span class="meta">${triage(q.id).note}</span></li>`)}</ul>` : nothing}
    ${waitingActs() || link.mark !== 'live' ? html`<p class="trouble">${t('hand.unsent')}</p>` : nothing}
    <p class="hint">${t('hand.how')}</p>
    <div class="row-end">
      <button type="button" class="quiet-button" @click=${close}>${t('cancel')}</button>
      <button class="primary" data-first>${t('hand.do')}</button>
    </div>
  </form>`;
}

/** @param {any[]} mine */
async function letGo(mine) {
  desk.keysOn = false;
  keepKeys();
  await Promise.allSettled(mine.map((held) => call('DELETE', `${path()}/questions/${held.question}/claim`)));
  const back = () => ((desk.keysOn = true), keepKeys(), redraw());
  toast(t('did.handed'), { label: t('hand.back'), action: back });
}
