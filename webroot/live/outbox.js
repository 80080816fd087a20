// @ts-check
/**
 * Questions on their way. Each is written down with its idempotency key before it is sent for the
 * first time, and crossed out only when the server has answered: a dead hall Wi-Fi, a closed tab or
 * two tabs at once still make it one question.
 *
 * Every question has a place of its own on the shelf, so that two tabs never overwrite each other's;
 * one tab at a time sends. That is only for economy: the key makes a question that two tabs sent one.
 */

import { intentKey, worthResending } from './api.js';

/**
 * `stale`: it was tried, nobody knows how that ended, and the server has forgotten the key since.
 *
 * @typedef {{
 *   key: string, text: string, anonymous?: boolean, prompt?: string, at: number, tried?: boolean,
 *   state: 'waiting'|'sending'|'refused'|'stale', why?: string
 * }} Sending
 * @typedef {Pick<Storage, 'getItem'|'setItem'|'removeItem'|'key'|'length'>} Shelf
 */

const PATIENCE_MS = 30_000;
/** The server remembers a key for 24 hours. */
const KEY_LIFE_MS = 23 * 3_600_000;
/** Without Web Locks (plain http): so long a tab that says it sends is believed. */
const TURN_MS = 20_000;

export class Outbox {
  /**
   * @param {{
   *   name: string, shelf: Shelf,
   *   send: (item: Sending) => Promise<any>, changed?: () => void,
   *   later?: (action: () => void, ms: number) => void, now?: () => number, locks?: any,
   *   ready?: () => boolean, explain?: (error: any) => string
   * }} options `name` keeps one session's questions apart from another's; `locks` are the browser's
   *     Web Locks, where there are some; before `ready` nothing is sent
   */
  constructor(options) {
    const { name, shelf, send, locks, changed = () => {}, now = Date.now, ready = () => true } = options;
    const { later = (/** @type {() => void} */ action, /** @type {number} */ ms) => setTimeout(action, ms) } = options;
    this.name = name;
    this.shelf = shelf;
    this.send = send;
    this.changed = changed;
    this.later = later;
    this.now = now;
    this.locks = locks;
    this.ready = ready;
    this.explain = options.explain ?? ((/** @type {any} */ error) => error.message);
    this.me = intentKey();
    this.busy = false;
    this.failures = 0;
    /** What could not be written to the shelf. @type {Map<string, Sending>} */
    this.loose = new Map();
    /** @type {string|null} */
    this.sending = null;
    /** @type {Sending[]} */
    this.items = [];
    this.read();
  }

  /** What is on the shelf now; another tab may have put it there, or taken it away. */
  read() {
    /** @type {Sending[]} */
    const found = [...this.loose.values()];
    for (let i = 0; i < this.shelf.length; i += 1) {
      const place = this.shelf.key(i);
      const item = place?.startsWith(`${this.name}.`) ? parse(this.shelf.getItem(place)) : null;
      if (item) found.push(item);
    }
    const late = this.now() - KEY_LIFE_MS;
    this.items = found
      .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
      .map((item) => ({
        ...item,
        state:
          item.state === 'refused'
            ? 'refused'
            : item.key === this.sending
              ? 'sending'
              : item.tried && item.at < late
                ? 'stale'
                : 'waiting',
      }));
    return this.items;
  }

  /** Another tab did something. @param {string|null} place on the shelf; null for all of it */
  elsewhere(place) {
    if (place !== null && !place.startsWith(this.name)) return;
    this.read();
    this.changed();
  }

  /** @param {Sending} item */
  write(item) {
    try {
      this.shelf.setItem(`${this.name}.${item.key}`, JSON.stringify(item));
      this.loose.delete(item.key);
    } catch {
      // A full or forbidden storage: the question still goes out, it only does not outlive the tab.
      this.loose.set(item.key, item);
    }
    this.refresh();
  }

  /** @param {string} key */
  remove(key) {
    this.loose.delete(key);
    this.shelf.removeItem(`${this.name}.${key}`);
    this.refresh();
  }

  refresh() {
    this.read();
    this.changed();
  }

  /** @param {string} text @param {{anonymous?: boolean, prompt?: string}} [how] */
  add(text, how = {}) {
    // A clock that was set back must not let a question overtake the one before it.
    const at = Math.max(this.now(), (this.items.at(-1)?.at ?? 0) + 1);
    this.write({ key: intentKey(), text, ...how, at, state: 'waiting' });
    return this.flush();
  }

  /** Takes a refused one back, for example to word it anew. @param {string} key */
  take(key) {
    const item = this.items.find((one) => one.key === key);
    this.remove(key);
    return item;
  }

  /** Sends what waits, in order, one at a time. Harmless to call at any moment. */
  async flush() {
    if (this.busy || !this.ready()) return;
    this.busy = true;
    try {
      await this.alone(async () => {
        for (let item = this.next(); item; item = this.next()) {
          if (!(await this.sendOne(item))) break;
        }
      });
    } finally {
      this.busy = false;
    }
  }

  /**
   * Runs it unless another tab is at it; then a little later, for that tab may be closed.
   *
   * @param {() => Promise<void>} action
   */
  async alone(action) {
    if (this.locks) {
      await this.locks.request(this.name, { ifAvailable: true }, async (/** @type {any} */ lock) => {
        if (lock) await action();
        else this.again(TURN_MS / 4);
      });
    } else if (this.turn()) {
      await action();
      this.shelf.removeItem(`${this.name}:turn`);
    } else {
      this.again(TURN_MS / 4);
    }
  }

  /** @returns {boolean} whether it is this tab's turn, for a while from now */
  turn() {
    const place = `${this.name}:turn`;
    const [whose, until] = (this.shelf.getItem(place) ?? '').split(' ');
    const left = Number(until) - this.now();
    if (whose && whose !== this.me && left > 0 && left <= TURN_MS) return false;
    try {
      this.shelf.setItem(place, `${this.me} ${this.now() + TURN_MS}`);
    } catch {
      // Nothing can be written, so no other tab can either.
    }
    return true;
  }

  /** @param {number} ms */
  again(ms) {
    if (this.items.some((item) => item.state === 'waiting')) this.later(() => this.flush(), ms);
  }

  next() {
    return this.read().find((item) => item.state === 'waiting');
  }

  /** @param {Sending} item @returns {Promise<boolean>} whether the next one may go */
  async sendOne(item) {
    this.sending = item.key;
    if (!this.locks) this.turn();
    this.write({ ...item, tried: true });
    try {
      await this.send(item);
      this.sending = null;
      this.failures = 0;
      this.remove(item.key);
      return true;
    } catch (error) {
      this.sending = null;
      const problem = /** @type {any} */ (error);
      if (!worthResending(problem)) {
        const why = this.explain(problem);
        this.write({ ...item, tried: true, state: 'refused', why });
        return true;
      }
      this.failures += 1;
      this.refresh();
      const wait = problem.retryAfterMs ?? Math.min(PATIENCE_MS, 1000 * 2 ** this.failures);
      this.later(() => this.flush(), wait * (0.75 + 0.5 * Math.random()));
      return false;
    }
  }
}

/** @param {string|null} text @returns {Sending|null} */
function parse(text) {
  try {
    const item = JSON.parse(text ?? '');
    return typeof item?.key === 'string' && typeof item.text === 'string' ? item : null;
  } catch {
    return null;
  }
}
