// @ts-check
/**
 * What this page knows of one view of one session: a map from key to the newest version of that
 * entity, fed by the frames of the live protocol. The page draws itself from here and nowhere else.
 *
 * Three layers, the upper ones win: `shared` (what everybody of the view sees), `own` (entities of
 * this participant alone) and `pending` (what this page asked for and has not yet seen come back).
 */

/**
 * @typedef {{key: string, version: number, body?: any}} Entry
 * @typedef {{
 *   type: 'snapshot'|'change'|'private'|'pulse'|'bye',
 *   epoch?: string, from?: number, version?: number, all?: boolean,
 *   put?: Entry[], drop?: Entry[], now?: string,
 *   live?: number, delayed?: boolean, reactions?: any, reason?: string, retryAfterMs?: number
 * }} Frame
 * @typedef {'apply'|'ignore'|'reconnect'} Verdict
 * @typedef {{key: string, patch: (body: any) => any, until: number|null}} Pending
 */

export class Store {
  constructor() {
    /** @type {Map<string, Entry>} */
    this.shared = new Map();
    /** @type {Map<string, Entry>} */
    this.own = new Map();
    /** @type {Set<Pending>} */
    this.pending = new Set();
    /** The version up to which everything of the view is known. 0 means nothing is. */
    this.version = 0;
    /** @type {string|null} */
    this.epoch = null;
    /** Viewers, as the server last said. */
    this.live = 0;
    /** Server time minus this device's time, milliseconds. */
    this.clockSkew = 0;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** @param {() => void} listener called after anything changed; returns the way to stop it */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changed() {
    for (const listener of this.listeners) listener();
  }

  /**
   * The client rules of the protocol: a frame is applied when `from ≤ have < version`, ignored when
   * `version ≤ have`; a gap or another epoch means that this connection is of no use any more.
   *
   * @param {Frame} frame
   * @returns {Verdict}
   */
  verdict(frame) {
    switch (frame.type) {
      case 'snapshot':
      case 'private':
        return 'apply';
      case 'change':
      case 'pulse': {
        if (frame.epoch !== undefined && frame.epoch !== this.epoch) return 'reconnect';
        if ((frame.from ?? 0) > this.version) return 'reconnect';
        return (frame.version ?? 0) <= this.version ? 'ignore' : 'apply';
      }
      default:
        return 'ignore';
    }
  }

  /**
   * Takes a frame in and tells what became of it. Applying one twice is harmless.
   *
   * @param {Frame} frame
   * @param {number} [receivedAt] this device's clock, milliseconds
   * @returns {Verdict}
   */
  take(frame, receivedAt = Date.now()) {
    const verdict = this.verdict(frame);
    if (verdict === 'reconnect') return verdict;
    this.hear(frame, receivedAt);
    if (verdict === 'apply') {
      this.apply(frame);
    }
    this.settle();
    this.changed();
    return verdict;
  }

  /** @param {Frame} frame @param {number} receivedAt */
  hear(frame, receivedAt) {
    if (frame.now) this.clockSkew = Date.parse(frame.now) - receivedAt;
    if (frame.live !== undefined) this.live = frame.live;
  }

  /** @param {Frame} frame */
  apply(frame) {
    if (frame.type === 'snapshot') {
      this.shared = new Map((frame.put ?? []).map((entry) => [entry.key, entry]));
      this.epoch = frame.epoch ?? null;
      this.version = frame.version ?? 0;
    } else if (frame.type === 'private') {
      if (frame.all) this.own = new Map();
      merge(this.own, frame);
    } else {
      merge(this.shared, frame);
      this.version = frame.version ?? this.version;
    }
  }

  /**
   * Takes in what was paged to beside the stream. What the stream brought is as new, or newer.
   *
   * @param {Entry[]} entries
   */
  know(entries) {
    for (const entry of entries) if (!this.shared.has(entry.key)) this.shared.set(entry.key, entry);
    this.changed();
  }

  /** Forgets everything of the view: the right to see it is gone. */
  clear() {
    this.shared = new Map();
    this.own = new Map();
    this.pending = new Set();
    this.version = 0;
    this.epoch = null;
    this.changed();
  }

  /** @param {string} key @returns {any} the body, or undefined */
  get(key) {
    let body = (this.own.get(key) ?? this.shared.get(key))?.body;
    for (const wish of this.pending) {
      if (wish.key === key && body !== undefined) body = wish.patch(body);
    }
    return body;
  }

  /** @param {string} key @returns {number|null} the version held, for `If-Match` */
  versionOf(key) {
    return (this.own.get(key) ?? this.shared.get(key))?.version ?? null;
  }

  /** @param {string} prefix for example `question/` @returns {any[]} all bodies under it */
  all(prefix) {
    const keys = new Set();
    for (const key of this.shared.keys()) if (key.startsWith(prefix)) keys.add(key);
    for (const key of this.own.keys()) if (key.startsWith(prefix)) keys.add(key);
    return [...keys].map((key) => this.get(key));
  }

  /**
   * Draws a change before the server confirmed it.
   *
   * @param {string} key
   * @param {(body: any) => any} patch must not change its argument
   * @returns {Pending} to be given to {@link confirm} or {@link retract}
   */
  wish(key, patch) {
    const wish = { key, patch, until: null };
    this.pending.add(wish);
    this.changed();
    return wish;
  }

  /**
   * The command was acknowledged: the wish stays drawn until the stream has reached its version, so
   * that the old state never flickers back.
   *
   * @param {Pending} wish
   * @param {number|null|undefined} version
   */
  confirm(wish, version) {
    wish.until = version ?? 0;
    this.settle();
    this.changed();
  }

  /** The command was refused. @param {Pending} wish */
  retract(wish) {
    this.pending.delete(wish);
    this.changed();
  }

  settle() {
    for (const wish of this.pending) {
      if (wish.until !== null && wish.until <= this.version) this.pending.delete(wish);
    }
  }

  /** The server's time, milliseconds. @param {number} [now] */
  time(now = Date.now()) {
    return now + this.clockSkew;
  }
}

/**
 * A `put` replaces when its version is at least the held one; a `drop` likewise removes.
 *
 * @param {Map<string, Entry>} into
 * @param {Frame} frame
 */
function merge(into, frame) {
  for (const entry of frame.put ?? []) {
    const held = into.get(entry.key);
    if (!held || entry.version >= held.version) into.set(entry.key, entry);
  }
  for (const entry of frame.drop ?? []) {
    const held = into.get(entry.key);
    if (held && entry.version >= held.version) into.delete(entry.key);
  }
}
