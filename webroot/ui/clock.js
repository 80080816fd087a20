// @ts-check
/** The podium's clock, counted by each page for itself from absolute times. Pure. */

export const AMBER_MS = 2 * 60_000;

/**
 * @typedef {{left: number, paused: boolean, byHand: boolean, tone: 'calm'|'soon'|'over'}} Clock
 */

/**
 * @param {any} stage the entity, if there is one
 * @param {any} session
 * @param {number} now the server's time, milliseconds
 * @returns {Clock|null} null when nothing says when time is up
 */
export function clock(stage, session, now) {
  const set = stage?.clock;
  const end = set?.endsAt ?? (session.state === 'scheduled' ? undefined : session.endsAt);
  const left = set?.leftMs ?? (end === undefined ? null : Date.parse(end) - now);
  if (left === null) return null;
  const tone = left <= 0 ? 'over' : left <= AMBER_MS ? 'soon' : 'calm';
  return { left, paused: set?.leftMs !== undefined, byHand: set !== undefined, tone };
}

/** "4:05", "−0:10", "1:02:00": what is left, rounded so that it says 0:00 at the end. @param {number} left */
export function counted(left) {
  const seconds = left >= 0 ? Math.ceil(left / 1000) : Math.floor(-left / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const words = hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  return left < 0 && seconds > 0 ? `−${words}` : words;
}
