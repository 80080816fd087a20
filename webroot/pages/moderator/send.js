// @ts-check
/**
 * Acts on their way. Each is written down with its idempotency key and sent until the server has
 * answered, so that a network that is gone for minutes, or a reload in between, costs nothing.
 * Acts on one question go out one after the other.
 */

import { call, intentKey, worthResending } from '../../live/api.js';
import { redraw, session, store } from '../../ui/page.js';
import { read, write } from './keep.js';

/** @typedef {{key: string, method: string, path: string, body?: any, version?: number|null, at: number}} Act */

const PATIENCE_MS = 30 * 60_000;
const LONGEST_WAIT_MS = 5000;
const shelf = () => `plenary.acts.${session().id}`;

/** @type {Map<string, Act>} */
const waiting = new Map();
/** Those whose first try failed. @type {Set<string>} */
const delayed = new Set();
/** @type {Set<() => void>} */
const sleepers = new Set();

/** How many acts wait for the network. */
export const waitingActs = () => delayed.size;

/** The network is back: nobody sits out a wait. */
export function hurry() {
  for (const wake of sleepers) wake();
}

/** @param {Omit<Act, 'key'|'at'>} wanted @param {string} [key] @returns {Promise<any>} */
export async function deliver(wanted, key = intentKey()) {
  const act = { ...wanted, key, at: Date.now() };
  return send(act);
}

/** @param {Act} act */
async function send(act) {
  waiting.set(act.key, act);
  save();
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await call(act.method, act.path, { body: act.body, key: act.key, version: act.version });
      } catch (error) {
        if (!worthResending(error) || Date.now() - act.at > PATIENCE_MS) throw error;
        delayed.add(act.key);
        redraw();
        await pause(/** @type {any} */ (error).retryAfterMs ?? 300 * 2 ** attempt);
      }
    }
  } finally {
    waiting.delete(act.key);
    delayed.delete(act.key);
    save();
    redraw();
  }
}

/** @param {number} ms @returns {Promise<void>} */
function pause(ms) {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      sleepers.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, Math.min(LONGEST_WAIT_MS, ms) * (0.75 + Math.random() / 2));
    sleepers.add(wake);
  });
}

function save() {
  write(sessionStorage, shelf(), waiting.size ? [...waiting.values()] : null);
}

/** After a reload: what had not been answered yet goes out again, once. @param {(error: any) => void} refused */
export function resume(refused) {
  const left = read(sessionStorage, shelf());
  for (const act of Array.isArray(left) ? left : []) send(act).catch(refused);
}

/* ---- one act on a question after the other ---- */

/** The newest version of `triage/{id}` that this page knows of. @type {Map<string, number>} */
const confirmed = new Map();
/** @type {Map<string, Promise<any>>} */
const running = new Map();

/** @param {string} id the version this page has seen, for `If-Match` */
export function versionOf(id) {
  return Math.max(store.versionOf(`triage/${id}`) ?? 0, confirmed.get(id) ?? 0) || null;
}

/** @param {string} id @param {number} version */
export function confirm(id, version) {
  confirmed.set(id, version);
}

/** Until every act that was begun has its answer. */
export const settled = () => Promise.allSettled([...running.values()]);

/** @param {string[]} ids @param {() => Promise<any>} act */
export function inTurn(ids, act) {
  const before = Promise.all(ids.map((id) => running.get(id)));
  const run = before.then(act, act);
  const over = run.catch(() => undefined);
  for (const id of ids) running.set(id, over);
  return run;
}
