// @ts-check
/** The stage: cue, freeze, blackout, scenes, the clock, words to the podium, and a pause in asking. */

import { call, intentKey } from '../../live/api.js';
import { say, session, store, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { told } from './acts.js';
import { desk, path, stage } from './desk.js';
import { deliver, inTurn, versionOf } from './send.js';

/**
 * @param {any} body @param {string} done
 * @param {(stage: any) => any} [drawn] how the stage is drawn until the server has said it
 */
export async function setStage(body, done, drawn) {
  const wish = drawn && store.wish('stage', drawn);
  try {
    const answer = await inTurn(['stage'], () => deliver({ method: 'POST', path: `${path()}/stage`, body }));
    if (wish) store.confirm(wish, answer.version);
    say(done);
  } catch (error) {
    if (wish) store.retract(wish);
    toast(told(error), { tone: 'bad', slot: 'act' });
  }
}

export function switchFreeze() {
  const freeze = !stage().frozen;
  return setStage({ freeze }, t(freeze ? 'did.frozen' : 'did.thawed'), (now) => ({ ...now, frozen: freeze }));
}

export function switchBlackout() {
  const blackout = !stage().blackout;
  return setStage({ blackout }, t(blackout ? 'did.dark' : 'did.light'), (now) => ({ ...now, blackout }));
}

/** Prepares a question, or takes the cue away from the one that has it. @param {string} id */
export function cueOrNot(id) {
  const cue = store.get('desk')?.cue === id ? null : id;
  const version = cue ? (versionOf(id) ?? undefined) : undefined;
  desk.marked.clear();
  return setStage({ cue, version }, t(cue ? 'did.cued' : 'did.uncued'));
}

/** @param {string} scene */
export function setScene(scene) {
  return setStage({ scene: scene === 'auto' ? null : scene }, t('did.scene'), (now) => ({
    ...now,
    scene: scene === 'auto' ? undefined : scene,
  }));
}

/** @param {boolean} chair */
export function giveChair(chair) {
  return setStage({ chair }, t('did.chair'), (now) => ({ ...now, chair }));
}

/* ---- the clock ---- */

/** @param {'start'|'pause'|'resume'|'extend'|'reset'} action @param {number} [minutes] */
export async function setClock(action, minutes) {
  const body = minutes === undefined ? { action } : { action, minutes };
  try {
    await deliver({ method: 'POST', path: `${path()}/stage/clock`, body });
  } catch (error) {
    toast(told(error), { tone: 'bad', slot: 'act' });
  }
}

/* ---- words to the podium ---- */

/** @param {string} text @returns {Promise<boolean>} */
export async function sendMessage(text) {
  try {
    await deliver({ method: 'POST', path: `${path()}/messages`, body: { text } });
    say(t('did.sent'));
    return true;
  } catch (error) {
    toast(told(error), { tone: 'bad' });
    return false;
  }
}

/** @param {string} id */
export async function withdrawMessage(id) {
  try {
    await call('DELETE', `${path()}/messages/${id}`);
  } catch (error) {
    toast(told(error), { tone: 'bad' });
  }
}

/* ---- the session ---- */

/** @type {Record<string, string>} */
export const states = { scheduled: 'state.scheduled', open: 'state.open', live: 'state.live', closed: 'state.closed' };

/** A list is changed by a stray key, and a closed session is public: the way back is one key too. @param {string} state */
export async function switchState(state) {
  const before = session().state;
  if (!(await setSession({ state }))) return;
  const text = t('did.state', { state: t(states[state]) });
  say(text);
  toast(text, { label: t('undo'), action: () => switchState(before), slot: 'state' });
}

/** @param {any} change of the session @returns {Promise<boolean>} whether it took effect */
export async function setSession(change) {
  const wish = store.wish('session', (body) => ({ ...body, ...change }));
  try {
    const answer = await deliver({ method: 'PATCH', path: path(), body: change }, intentKey());
    store.confirm(wish, answer?.version);
    return true;
  } catch (error) {
    store.retract(wish);
    toast(told(error), { tone: 'bad' });
    return false;
  }
}
