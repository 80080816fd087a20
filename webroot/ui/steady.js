// @ts-check
/**
 * The order in which a list is shown. It follows the wanted order while nobody is at the list, and
 * stands still while somebody is: what is new waits behind an "n new" bar, what has gone stays as a
 * ghost in its place, so that nothing moves under a finger, a pointer or the focus.
 */

/** @typedef {{ids: string[], ghosts: Set<string>, fresh: number}} Shown */

export class Steady {
  constructor() {
    /** @type {string[]} */
    this.ids = [];
  }

  /**
   * @param {string[]} wanted ids in the order they should have
   * @param {boolean} held whether somebody is at the list
   * @param {(id: string) => boolean} [mine] what this person just did themselves takes effect at once
   * @param {boolean} [tail] whether what comes after everything shown is shown, for it moves nothing
   * @returns {Shown}
   */
  show(wanted, held, mine = () => false, tail = false) {
    if (!held || this.ids.length === 0) {
      this.ids = [...wanted];
      return { ids: this.ids, ghosts: new Set(), fresh: 0 };
    }
    const there = new Set(wanted);
    this.ids = this.ids.filter((id) => there.has(id) || !mine(id));
    const known = new Set(this.ids);
    wanted.forEach((id, index) => {
      if (!known.has(id) && mine(id)) {
        this.ids.splice(this.placeOf(wanted, index), 0, id);
        known.add(id);
      }
    });
    if (tail) {
      let last = wanted.length;
      while (last > 0 && !known.has(wanted[last - 1])) last -= 1;
      for (const id of wanted.slice(last)) {
        this.ids.push(id);
        known.add(id);
      }
    }
    return {
      ids: this.ids,
      ghosts: new Set(this.ids.filter((id) => !there.has(id))),
      fresh: wanted.filter((id) => !known.has(id)).length,
    };
  }

  /** Right after its nearest shown predecessor. @param {string[]} wanted @param {number} index */
  placeOf(wanted, index) {
    for (let before = index - 1; before >= 0; before -= 1) {
      const at = this.ids.indexOf(wanted[before]);
      if (at >= 0) return at + 1;
    }
    return 0;
  }
}

/** Bytewise, as the server compares ranks; then by id, so that the order is the same everywhere. */
export function byRank(/** @type {any} */ a, /** @type {any} */ b) {
  const [left, right] = [a.rank ?? '', b.rank ?? ''];
  return left < right ? -1 : left > right ? 1 : byId(a, b);
}

/** Ids carry their time: this is the order of asking. */
export function byId(/** @type {any} */ a, /** @type {any} */ b) {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
