// @ts-check
/** What the podium does: say OK, set the clock, and, for a chair, next and skip. */

import { command } from '../../live/api.js';
import { onStage } from '../../ui/hall.js';
import { explain, redraw, session, store, toast } from '../../ui/page.js';

/** Acts under way, so that a double tap is one. @type {Set<string>} */
const under = new Set();

/** @param {string} name */
export const pending = (name) => under.has(name);

const path = (/** @type {string} */ rest) => `/api/sessions/${session().id}${rest}`;

/**
 * @param {string} name
 * @param {() => Promise<any>} work
 */
async function once(name, work) {
  if (under.has(name)) return;
  under.add(name);
  redraw();
  try {
    await work();
  } catch (error) {
    toast(explain(error), { tone: 'bad', slot: name });
  } finally {
    under.delete(name);
    redraw();
  }
}

/** The strip goes at once; it comes back when the server could not be told. @param {any} message */
export function ok(message) {
  return once(`ok ${message.id}`, async () => {
    const wish = store.wish(`message/${message.id}`, (body) => ({ ...body, receivedAt: body.at }));
    try {
      const answer = await command('POST', path(`/messages/${message.id}/receipt`));
      store.confirm(wish, answer?.version);
    } catch (error) {
      store.retract(wish);
      throw error;
    }
  });
}

/** @param {'start'|'pause'|'resume'|'extend'|'reset'} action @param {number} [minutes] */
export function setClock(action, minutes) {
  const body = minutes === undefined ? { action } : { action, minutes };
  return once('clock', () => command('POST', path('/stage/clock'), { body }));
}

/** From the question the chair sees: whoever was quicker is not overruled. @param {boolean} skip */
export function next(skip) {
  const body = { skip, from: onStage(store)?.id ?? null };
  return once('next', () => command('POST', path('/stage/next'), { body }));
}
