// @ts-check
/** Which key does what on this device: the usual one, unless somebody chose another. */

import { read, write } from './keep.js';

const NAME = 'plenary.keys.map';

/** @typedef {{id: string, keys: string[]}} Keyed */

/** @type {Record<string, string>} */
let map = read(localStorage, NAME) ?? {};

/** The keys of an act: the first is the one that can be changed. @param {Keyed} act @returns {string[]} */
export function chosen(act) {
  return map[act.id] ? [map[act.id], ...act.keys.slice(1)] : act.keys;
}

/**
 * Gives a key to an act. Whoever had it gets the other's in exchange.
 *
 * @param {Keyed[]} acts @param {Keyed} act @param {string} key
 */
export function choose(acts, act, key) {
  const [had] = chosen(act);
  const other = acts.find((one) => one !== act && chosen(one).includes(key));
  if (other && chosen(other)[0] !== key) return false;
  map = { ...map, [act.id]: key };
  if (other) map[other.id] = had;
  for (const one of acts) if (map[one.id] === one.keys[0]) delete map[one.id];
  write(localStorage, NAME, Object.keys(map).length ? map : null);
  return true;
}

export function chooseUsual() {
  map = {};
  write(localStorage, NAME, null);
}

export const isUsual = () => Object.keys(map).length === 0;
