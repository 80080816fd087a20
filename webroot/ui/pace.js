// @ts-check
/**
 * A list that grows calmly: at most one new thing every so often, however many come at once. What
 * is gone leaves at once. Pure, but for what it remembers.
 */
export class Pace {
  /** @param {number} ms between two new things @param {number} max things shown */
  constructor(ms, max) {
    this.ms = ms;
    this.max = max;
    this.grownAt = 0;
    /** @type {string[]|null} */
    this.shown = null;
  }

  /**
   * @param {string[]} ids newest first
   * @param {boolean} paused whether nothing new may come
   * @param {string[]} [first] what it begins with
   * @param {number} [now]
   * @returns {string[]} what is shown, newest first
   */
  show(ids, paused, first = ids, now = Date.now()) {
    const there = new Set(ids);
    if (this.shown === null) {
      this.shown = first.filter((id) => there.has(id)).slice(0, this.max);
      this.grownAt = now;
    }
    let shown = this.shown.filter((id) => there.has(id));
    const known = new Set(shown);
    const newest = shown[0];
    const at = newest === undefined ? ids.length : ids.indexOf(newest);
    const coming = ids.slice(0, at).filter((id) => !known.has(id));
    if (coming.length && !paused && now - this.grownAt >= this.ms) {
      this.grownAt = now;
      shown = [/** @type {string} */ (coming.at(-1)), ...shown];
    }
    this.shown = shown.slice(0, this.max);
    return this.shown;
  }
}
