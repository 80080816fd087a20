// @ts-check
/** Times of day where the meeting is, as moments and back. */

/** How far a zone's clock is ahead of UTC at a moment, in milliseconds. @param {number} at @param {string|undefined} zone */
function ahead(at, zone) {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (/** @type {string} */ type) => Number(parts.find((one) => one.type === type)?.value);
  const clock = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return clock - Math.floor(at / 1000) * 1000;
}

/** What a field of date and time shows. @param {string|number} at @param {string|undefined} zone */
export function wallClock(at, zone) {
  const moment = new Date(at).getTime();
  return new Date(moment + ahead(moment, zone)).toISOString().slice(0, 16);
}

/** The moment that a field of date and time means. @param {string} local for example 2026-08-28T20:05 @param {string|undefined} zone */
export function moment(local, zone) {
  const asUtc = Date.parse(`${local}:00Z`);
  const guess = asUtc - ahead(asUtc, zone);
  // Across a change of the clocks the first guess is off by it.
  return new Date(asUtc - ahead(guess, zone)).toISOString();
}
