// @ts-check
/** What the hall's screens show now: worked out as the screen's page does it. */

import { hall as shown } from '../../ui/hall.js';
import { store } from '../../ui/page.js';

/** @typedef {import('../../ui/hall.js').Shown} Line */
/**
 * @typedef {{
 *   scene: 'blackout'|'stage'|'top'|'join', frozen: boolean, question?: Line, top: Line[]
 * }} Picture
 */

/** @returns {Picture} */
export function hall() {
  const { scene, frozen, question, top } = shown(store);
  return { scene: scene === 'black' ? 'blackout' : scene, frozen, question: question ?? undefined, top };
}
