// @ts-check
/**
 * Questions on their way. Each is written down with its idempotency key before it is sent for the
 * first time, and crossed out only when the server has answered: a dead hall Wi-Fi, a closed tab or
 * two tabs at once still make it one question.
 */

import { intentKey, worthResending } from './api.js';

/**
 * @typedef {{
 *   key: string, text: string, anonymous?: boolean, at: number,
 *   state: 'waiting'|'sending'|'refused', why?: string
 * }} Sending
 * @typedef {Pick<Storage, 'getItem'|'setItem'|'removeItem'>} Shelf
 */

const PATIENCE_MS = 30_000;

export class Outbox {
  /**
   * @param {{
   *   name: string, shelf: Shelf,
   *   send: (item: Sending) => Promise<any>, changed?: () => void,
   *   later?: (action: () => void, ms: number) => void
   * }} options `name` keeps one session's questions apart from another's
   */
  constructor({ name, shelf, send, changed = () => {}, later = (a, ms) => setTimeout(a, ms) }) {
    this.name = name;
    this.shelf = shelf;
    this.send = send;
    this.changed = changed;
    this.later = later;
    this.busy = false;
    this.failures = 0;
    /** @type {Sending[]} */
    this.items = this.read().map((item) =>
      item.state === 'sending' ? { ...item, state: 'waiting' } : item,
    );
  }

  /** @returns {Sending[]} */
  read() {
    try {
      const items = JSON.parse(this.shelf.getItem(this.name) ?? '[]');
      return Array.isArray(items) ? items : [];
    } catch {
      return [];
    }
  }

  save() {
    try {
      if (this.items.length) this.shelf.setItem(this.name, JSON.stringify(this.items));
      else this.shelf.removeItem(this.name);
    } catch {
      // A full or forbidden storage: the question still goes out, it only does not outlive the tab.
    }
    this.changed();
  }

  /** @param {string} text @param {{anonymous?: boolean}} [how] */
  add(text, how = {}) {
    this.items.push({ key: intentKey(), text, ...how, at: Date.now(), state: 'waiting' });
    this.save();
    return this.flush();
  }

  /** Takes a refused one back, for example to word it anew. @param {string} key */
  take(key) {
    const item = this.items.find((one) => one.key === key);
    this.items = this.items.filter((one) => one.key !== key);
    this.save();
    return item;
  }

  /** Sends what waits, in order, one at a time. Harmless to call at any moment. */
  async flush() {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let item = this.next(); item; item = this.next()) {
        if (!(await this.sendOne(item))) break;
      }
    } finally {
      this.busy = false;
    }
  }

  next() {
    return this.items.find((item) => item.state === 'waiting');
  }

  /** @param {Sending} item @returns {Promise<boolean>} whether the next one may go */
  async sendOne(item) {
    item.state = 'sending';
    this.save();
    try {
      await this.send(item);
      this.items = this.items.filter((one) => one !== item);
      this.failures = 0;
      this.save();
      return true;
    } catch (error) {
      const problem = /** @type {any} */ (error);
      if (!worthResending(problem)) {
        item.state = 'refused';
        item.why = problem.errors?.[0]?.detail ?? problem.message;
        this.save();
        return true;
      }
      item.state = 'waiting';
      this.failures += 1;
      this.save();
      const wait = problem.retryAfterMs ?? Math.min(PATIENCE_MS, 1000 * 2 ** this.failures);
      this.later(() => this.flush(), wait * (0.75 + 0.5 * Math.random()));
      return false;
    }
  }
}
