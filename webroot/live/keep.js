// @ts-check
/**
 * What lets an opened session be opened again without a network: the service worker that has the
 * page, and the state of the session as it was last seen. Only over https and on this machine.
 */

/** @typedef {import('./store.js').Store} Store */
/** @typedef {Pick<Storage, 'getItem'|'setItem'|'removeItem'|'key'|'length'>} Shelf */

const EVERY_MS = 15_000;
const PREFIX = 'plenary.seen.';
/** Sessions whose state is kept. */
const SESSIONS_MAX = 5;

/** Registers the worker once the page has nothing else to do. */
export async function stayOpen() {
  if (!globalThis.isSecureContext || !navigator.serviceWorker) return;
  const types = /** @type {any} */ (globalThis).trustedTypes;
  const address = '/worker.js';
  const policy = types?.createPolicy('plenary', { createScriptURL: () => address });
  try {
    await navigator.serviceWorker.register(policy ? policy.createScriptURL('') : address);
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage('keep');
  } catch {
    // Refused by the browser, for example in a private window: the page works, it only needs a network.
  }
}

/**
 * Writes down what is known, now and then and when the page goes away.
 *
 * @param {Store} store @param {Shelf} shelf
 * @param {() => {
 *   session: string, participant: string|undefined, asOf: number|null, code: string, title: string
 * }|null} facts the code and title are for the way back from the page for codes; null when nothing is to be kept any more
 */
export function keepState(store, shelf, facts) {
  let version = -1;
  const write = () => {
    const now = facts();
    if (!now || !store.version || (store.version === version && document.visibilityState === 'visible')) return;
    version = store.version;
    const kept = {
      ...now,
      epoch: store.epoch,
      version,
      skew: store.clockSkew,
      shared: [...store.shared.values()],
      own: [...store.own.values()],
    };
    try {
      makeRoom(shelf, now.session);
      shelf.setItem('plenary.last', JSON.stringify({ code: now.code, title: now.title }));
      shelf.setItem(PREFIX + now.session, JSON.stringify(kept));
    } catch {
      // No room: the page itself still shows what it came with.
    }
  };
  write();
  setInterval(write, EVERY_MS);
  document.addEventListener('visibilitychange', write);
  addEventListener('pagehide', write);
}

/**
 * Puts what was written down into the store: the participant's own entities, and those of everybody
 * where they are newer than what the page came with.
 *
 * @param {Store} store
 * @param {string} seen
 * @param {string|undefined} participant
 * @param {boolean} old whether the page itself was kept, so that its clock says nothing
 * @returns {number|null} when that was true, where it is shown now; this device's clock
 */
export function recallState(store, seen, participant, old) {
  try {
    const kept = JSON.parse(seen);
    if (kept.participant === participant) store.own = byKey(kept.own);
    const same = kept.epoch === (store.epoch ?? kept.epoch);
    if (!same || kept.version < store.version || (kept.version === store.version && !old)) return null;
    store.shared = byKey(kept.shared);
    Object.assign(store, { epoch: kept.epoch, version: kept.version });
    if (old) store.clockSkew = kept.skew;
    return kept.asOf;
  } catch {
    // Written by another version of this page: as good as nothing.
    return null;
  }
}

/** Whether that code led to the session that was open last. @param {Shelf} shelf @param {string} code */
export function wasHere(shelf, code) {
  return shelf.getItem('plenary.last')?.includes(`"code":"${code.toUpperCase()}"`) === true;
}

/** Forgets what a code led to and leads to no more. @param {Shelf} shelf @param {string} code */
export function forgetState(shelf, code) {
  if (wasHere(shelf, code)) shelf.removeItem('plenary.last');
  const mark = `"code":"${code.toUpperCase()}"`;
  for (let i = shelf.length - 1; i >= 0; i -= 1) {
    const place = shelf.key(i) ?? '';
    if (place.startsWith(PREFIX) && shelf.getItem(place)?.includes(mark)) shelf.removeItem(place);
  }
}

/** @param {any[]} entries */
function byKey(entries) {
  return new Map(entries.map((entry) => [entry.key, entry]));
}

/** @param {Shelf} shelf @param {string} session */
function makeRoom(shelf, session) {
  const others = [];
  for (let i = 0; i < shelf.length; i += 1) {
    const place = shelf.key(i);
    if (place?.startsWith(PREFIX) && place !== PREFIX + session) others.push(place);
  }
  others.slice(SESSIONS_MAX - 1).forEach((place) => shelf.removeItem(place));
}
