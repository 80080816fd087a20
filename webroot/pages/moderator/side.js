// @ts-check
/** The slim side: what the hall sees, the stage and its clock, the podium, and how busy it is. */

import { html, nothing } from 'lit-html';
import { clock, counted } from '../../ui/clock.js';
import { hall } from '../../ui/hall.js';
import { icon, qr } from '../../ui/icons.js';
import { first, session, store, zone } from '../../ui/page.js';
import { t, time } from '../../ui/words.js';
import { goLive } from './acts.js';
import { cued, desk, stage } from './desk.js';
import { openAsk, openCarry, openHandOver } from './dialogs.js';
import { hashtags } from './hashtags.js';
import { history } from './history.js';
import { chosen } from './keymap.js';
import { networks } from './networks.js';
import { plots } from './plots.js';
import { cueOrNot, giveChair, sendMessage, setClock, setScene, setSession, switchBlackout, switchFreeze, withdrawMessage } from './stage.js';

export function side() {
  return html`<aside class="side" aria-label=${t('side.label')}>
    ${preview()} ${desk.side === 'history' ? history() : html`${timer()} ${podium()} ${room()} ${networks()} ${plots()} ${joinCard()} ${hashtags()}`}
  </aside>`;
}

/** @type {Record<string, string>} */
const scenes = { auto: 'scene.auto', join: 'scene.join', stage: 'scene.stage', top: 'scene.top', wall: 'scene.wall', prompt: 'scene.prompt' };

/** Exactly what the hall sees, what comes next, and the four ways to change it. */
function preview() {
  const now = stage();
  const ready = cued();
  return html`<section class="air" aria-labelledby="preview-title">
    <h2 id="preview-title">${icon('eye')}${t('preview.title')}${now.frozen ? html`<span class="chip chip-queued">${t('preview.frozen')}</span>` : nothing}</h2>
    <div class="preview ${now.frozen ? 'is-frozen' : ''}">${picture()}</div>
    <div class="switches">
      <button type="button" class="switch" aria-pressed=${now.frozen} @click=${switchFreeze}>${icon('snow')}<span>${t('act.freeze')}</span><kbd>${key('freeze', 'F')}</kbd></button>
      <button type="button" class="switch" aria-pressed=${now.blackout} @click=${switchBlackout}>${icon('moon')}<span>${t('act.blackout')}</span><kbd>${key('blackout', 'B')}</kbd></button>
    </div>
    <label class="scene"><span class="sr">${t('scene.label')}</span>
      <select @change=${(/** @type {any} */ e) => setScene(e.target.value)}>
        ${Object.keys(scenes).map((scene) => html`<option value=${scene} .selected=${scene === (now.scene ?? 'auto')}>${t(scenes[scene])}</option>`)}
      </select></label>
    ${ready
      ? html`<div class="cued">
          <p class="over">${t('status.cued')} · ${store.get('desk').cuedBy}</p>
          <p class="quote" dir="auto">${ready.text}</p>
          <div class="row"><button type="button" class="primary small" @click=${() => goLive(ready.id)}>${t('act.stage')}</button>
          <button type="button" class="quiet-button small" @click=${() => cueOrNot(ready.id)}>${t('cue.away')}</button></div>
        </div>`
      : nothing}
  </section>`;
}

/** @param {string} id @param {string} usual */
const key = (id, usual) => chosen({ id, keys: [usual] })[0];

function picture() {
  const now = hall(store);
  if (now.scene === 'black') return html`<p class="preview-empty">${t('preview.dark')}</p>`;
  if (now.scene === 'stage' && now.question) {
    return html`<p class="preview-text" dir="auto">${now.question.text}</p>
      <p class="preview-meta"><span dir="auto">${now.question.author?.name ?? t('author.anonymous')}</span><span>${t('votes', { n: now.question.votes })}</span></p>`;
  }
  if (now.scene === 'top') return html`<ol class="preview-top">${now.top.map((q) => html`<li dir="auto">${q.text}</li>`)}</ol>`;
  if (now.scene === 'wall') return html`<ul class="preview-top">${now.wall.slice(0, 4).map((one) => html`<li dir="auto">${one.text}</li>`)}</ul>`;
  if (now.scene === 'prompt') {
    return html`<p class="preview-text" dir="auto">${now.prompt.text}</p>
      <p class="preview-meta"><span>${t('chat.answers', { n: now.answers.length })}</span></p>`;
  }
  return html`<p class="preview-empty">${t('preview.empty')}</p>`;
}

function timer() {
  const now = clock(store.get('stage'), session(), store.time());
  const left = now ? counted(now.left) : t('clock.none');
  const pause = now?.paused ? 'clock.resume' : 'clock.pause';
  return html`<section class="clock is-${now?.tone ?? 'calm'}" aria-labelledby="clock-title">
    <h2 id="clock-title">${icon('clock')}${t('clock.title')}</h2>
    <div class="clock-row">
      <strong class="ltr ${now && left.length > 5 ? 'is-long' : ''}">${left}</strong>
      ${now
        ? html`<button type="button" class="switch" @click=${() => setClock('extend', -1)}><span class="ltr" aria-hidden="true">−1</span><span class="sr">${t('clock.less')}</span></button>
            <button type="button" class="switch" @click=${() => setClock('extend', 1)}><span class="ltr" aria-hidden="true">+1</span><span class="sr">${t('clock.more')}</span></button>
            <button type="button" class="switch" aria-label=${t(pause)} title=${t(pause)} @click=${() => setClock(now.paused ? 'resume' : 'pause')}>${icon(now.paused ? 'play' : 'pause')}</button>`
        : html`<button type="button" class="switch" @click=${() => setClock('start', 10)}>${t('clock.start', { n: 10 })}</button>`}
    </div>
  </section>`;
}

/** Words to the podium, each with its receipt. */
function podium() {
  const all = store.all('message/').sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 5);
  return html`<section class="podium" aria-labelledby="podium-title">
    <h2 id="podium-title">${icon('speaker')}${t('podium.title')}</h2>
    <form
      @submit=${(/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const form = /** @type {HTMLFormElement} */ (event.target);
        const text = String(new FormData(form).get('text') ?? '').trim();
        form.reset();
        if (text) sendMessage(text).then((sent) => sent || form.text.value || (form.text.value = text));
      }}
    >
      <label class="sr" for="podium-text">${t('podium.text')}</label>
      <input id="podium-text" name="text" maxlength="200" autocomplete="off" dir="auto" placeholder=${t('podium.text')} />
      <button class="switch" aria-label=${t('podium.send')} title=${t('podium.send')}>${icon('send')}</button>
    </form>
    <ul>
      ${all.map(
        (one) => html`<li>
          <p dir="auto">${one.text}</p>
          <p class="meta">${one.receivedAt ? html`<span class="ok">${t('podium.ok', { who: one.receivedBy, time: time(one.receivedAt, zone()) })}</span>` : t('podium.waits', { time: time(one.at, zone()) })}
            ${one.receivedAt ? nothing : html`<button type="button" class="link" @click=${() => withdrawMessage(one.id)}>${t('podium.withdraw')}</button>`}</p>
        </li>`,
      )}
    </ul>
    <label class="choice"><input type="checkbox" .checked=${stage().chair === true} @change=${(/** @type {any} */ e) => giveChair(e.target.checked)} /><span>${t('podium.chair')}</span></label>
  </section>`;
}

/** What is done once or twice a talk. */
function room() {
  const paused = session().asking === 'paused';
  return html`<section class="room" aria-label=${t('room.label')}>
    <button type="button" class="switch" aria-pressed=${paused} @click=${() => setSession({ asking: paused ? 'open' : 'paused' })}>${icon('pause')}<span>${t('room.pause')}</span></button>
    <button type="button" class="switch" @click=${openAsk}>${icon('mic')}<span>${t('act.ask')}</span></button>
    <button type="button" class="switch" @click=${openCarry}>${icon('carry')}<span>${t('room.carry')}</span></button>
    <button type="button" class="switch" @click=${openHandOver}>${icon('hand')}<span>${t('room.hand')}</span></button>
  </section>`;
}

function joinCard() {
  const now = session();
  if (!now.joinCode) return nothing;
  return html`<section class="join">
    ${first.qr ? qr(first.qr, t('join.qr', { code: now.joinCode })) : nothing}
    <div>
      <span class="over">${t('join.at', { host: new URL(first.origin ?? location.origin).host })}</span>
      <strong class="code">${now.joinCode}</strong>
      <a href=${`/s/${now.joinCode}`} target="_blank" rel="noopener">${t('join.attendee')}</a>
      <a href=${`/speak/${now.id}`} target="_blank" rel="noopener">${t('join.speaker')}</a>
      <a href=${`/screen/${now.id}`} target="_blank" rel="noopener">${t('join.screen')}</a>
    </div>
  </section>`;
}
