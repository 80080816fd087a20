// @ts-check
/** What the hall's screens show now, by the rules of the screen's page. */

import { store } from '../../ui/page.js';
import { byId } from '../../ui/steady.js';
import { questions, stage, votes } from './desk.js';

/**
 * @typedef {{text: string, author: any, votes: number}} Line
 * @typedef {{
 *   scene: 'blackout'|'stage'|'top'|'join', frozen: boolean, question?: Line, top: Line[]
 * }} Picture
 */

/** @param {any} q @returns {Line} */
const line = (q) => ({ text: q.text, author: q.author, votes: votes(q.id) });

/** @returns {Picture} */
export function hall() {
  const now = stage();
  if (now.blackout) return { scene: 'blackout', frozen: now.frozen, top: [] };
  const kept = now.frozen ? store.get('frozen') : undefined;
  if (kept) return scene(kept.scene, kept.question, kept.top ?? [], true);
  const staged = questions().find((q) => q.status === 'stage');
  const top = questions()
    .filter((q) => q.status === 'approved' || q.status === 'queued')
    .sort((a, b) => votes(b.id) - votes(a.id) || byId(a, b))
    .slice(0, 5);
  return scene(now.scene, staged && line(staged), top.map(line), now.frozen);
}

/** A chosen scene with nothing to show gives way as it does on the screen. @param {string|undefined} wanted @param {Line|undefined} question @param {Line[]} top @param {boolean} frozen @returns {Picture} */
function scene(wanted, question, top, frozen) {
  const usual = question ? 'stage' : top.length ? 'top' : 'join';
  const chosen = wanted === 'join' || (wanted === 'top' && top.length) || (wanted === 'stage' && question) ? wanted : usual;
  return { scene: /** @type {any} */ (chosen), frozen, question, top };
}
