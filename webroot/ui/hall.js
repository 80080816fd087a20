// @ts-check
/**
 * What the hall's screens show, worked out from the store: the same for the screen itself and for
 * the moderator's preview of it. Pure.
 */

import { byId } from './steady.js';

/** @typedef {import('../live/store.js').Store} Store */
/** @typedef {{id: string, text: string, author: any, votes: number}} Shown */
/** @typedef {'join'|'stage'|'top'|'black'} Scene */

export const TOP = 5;

/** @param {Store} store @param {any} question @returns {Shown} */
const withVotes = (store, question) => ({ ...question, votes: store.get(`tally/${question.id}`)?.votes ?? 0 });

/** What is public and not yet taken, by votes. @param {Store} store @returns {Shown[]} */
export function mostWanted(store) {
  return store
    .all('question/')
    .filter((question) => question.status === 'approved' || question.status === 'queued')
    .map((question) => withVotes(store, question))
    .sort((a, b) => b.votes - a.votes || byId(a, b));
}

/** What is on stage now, frozen or not. @param {Store} store @returns {Shown|null} */
export function onStage(store) {
  const question = store.all('question/').find((one) => one.status === 'stage');
  return question ? withVotes(store, question) : null;
}

/**
 * A scene that has nothing to show gives way to the one that always has: how to join.
 *
 * @param {Store} store
 * @param {string|null} [pinned] the scene of a screen that does not follow the moderator's choice
 * @returns {{scene: Scene, question: Shown|null, top: Shown[], frozen: boolean}}
 */
export function hall(store, pinned = null) {
  const stage = store.get('stage') ?? {};
  const kept = stage.frozen ? store.get('frozen') : undefined;
  const question = kept ? (kept.question ?? null) : onStage(store);
  const top = kept ? kept.top : mostWanted(store).slice(0, TOP);
  const frozen = kept !== undefined;
  if (stage.blackout || pinned === 'black') return { scene: 'black', question, top, frozen };
  const wanted = pinned ?? (kept ? kept.scene : stage.scene) ?? (question ? 'stage' : 'top');
  const has = (wanted === 'stage' && question) || (wanted === 'top' && top.length > 0);
  return { scene: has ? /** @type {Scene} */ (wanted) : 'join', question, top, frozen };
}
