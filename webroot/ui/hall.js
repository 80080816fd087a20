// @ts-check
/**
 * What the hall's screens show, worked out from the store: the same for the screen itself and for
 * the moderator's preview of it. Pure.
 */

import { byId } from './steady.js';

/** @typedef {import('../live/store.js').Store} Store */
/** @typedef {{id: string, text: string, author: any, votes: number, source: string, origin?: any}} Shown */
/** @typedef {'join'|'stage'|'top'|'wall'|'prompt'|'black'} Scene */

export const TOP = 5;
/** Answers beside a prompt, and posts on the wall. */
export const ANSWERS = 4;

/** @param {Store} store @param {any} question @returns {Shown} */
const withVotes = (store, question) => ({ ...question, votes: store.get(`tally/${question.id}`)?.votes ?? 0 });

const isOpen = (/** @type {any} */ one) => one.status === 'approved' || one.status === 'queued' || one.status === 'answered';

/** What is public and not yet taken, by votes. @param {Store} store @returns {Shown[]} */
export function mostWanted(store) {
  return store
    .all('question/')
    .filter((question) => !question.place && (question.status === 'approved' || question.status === 'queued'))
    .map((question) => withVotes(store, question))
    .sort((a, b) => b.votes - a.votes || byId(a, b));
}

/** What is on stage now, frozen or not. @param {Store} store @returns {Shown|null} */
export function onStage(store) {
  const question = store.all('question/').find((one) => one.status === 'stage');
  return question ? withVotes(store, question) : null;
}

/** Posts for the wall, newest first. @param {Store} store @returns {Shown[]} */
export function wallPosts(store) {
  return store
    .all('question/')
    .filter((one) => one.place === 'wall' && isOpen(one))
    .map((one) => withVotes(store, one))
    .sort((a, b) => byId(b, a));
}

/** What went out of a chat, in its order. @param {Store} store @returns {any[]} */
export function promptsOut(store) {
  return store
    .all('prompt/')
    .filter((one) => one.state === 'out')
    .sort((a, b) => (a.outAt < b.outAt ? -1 : a.outAt > b.outAt ? 1 : byId(a, b)));
}

/** The question of the chat that people answer now, or did at a time. @param {Store} store @param {string} [at] */
export function currentPrompt(store, at) {
  return promptsOut(store).findLast((one) => one.kind === 'prompt' && (!at || one.outAt <= at)) ?? null;
}

/** A prompt's public answers, those found helpful by most people first. @param {Store} store @param {string} prompt @returns {Shown[]} */
export function answersTo(store, prompt) {
  return store
    .all('question/')
    .filter((one) => one.prompt === prompt && isOpen(one))
    .map((one) => withVotes(store, one))
    .sort((a, b) => b.votes - a.votes || byId(b, a));
}

/**
 * A scene that has nothing to show gives way to the one that always has: how to join.
 *
 * @param {Store} store
 * @param {string|null} [pinned] the scene of a screen that does not follow the moderator's choice
 * @returns {{scene: Scene, question: Shown|null, top: Shown[], wall: Shown[], prompt: any, answers: Shown[], frozen: boolean}}
 */
export function hall(store, pinned = null) {
  const stage = store.get('stage') ?? {};
  const kept = stage.frozen ? store.get('frozen') : undefined;
  const question = kept ? (kept.question ?? null) : onStage(store);
  const top = kept ? kept.top : mostWanted(store).slice(0, TOP);
  const frozen = kept !== undefined;
  const prompt = currentPrompt(store, kept?.at);
  /** @type {any[]} */
  const cards = kept?.cards ?? [];
  const answers = !prompt ? [] : kept ? cards.filter((one) => one.prompt === prompt.id) : answersTo(store, prompt.id);
  const wall = kept ? cards.filter((one) => one.place === 'wall') : wallPosts(store);
  const all = { question, top, wall, prompt, answers, frozen };
  if (stage.blackout || pinned === 'black') return { scene: 'black', ...all };
  const wanted = pinned ?? (kept ? kept.scene : stage.scene) ?? (question ? 'stage' : 'top');
  const has =
    (wanted === 'stage' && question) ||
    (wanted === 'top' && top.length > 0) ||
    (wanted === 'wall' && wall.length > 0) ||
    (wanted === 'prompt' && prompt !== null);
  return { scene: has ? /** @type {Scene} */ (wanted) : 'join', ...all };
}
