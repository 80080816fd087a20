// @ts-check
/**
 * The live stream of one view: WebSocket first, Server-Sent Events where WebSockets do not get
 * through, and coming back in a way that ten thousand phones can do at once.
 *
 * The rules (waits, close codes, which transport) are pure functions, tested without a browser.
 */

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./store.js').Frame} Frame */
/**
 * `live`: frames arrive. `catching`: a gap is being closed right now. `offline`: it has taken a
 * while; what is shown is as of `asOf`. `ended`: it will not come back by itself; see `reason`.
 *
 * @typedef {{mark: 'live'|'catching'|'offline'|'ended', asOf: number|null, reason: string|null}} Link
 */

export const PROTOCOL = 'plenary.v1';
/** Without a frame for so long the connection is dead, whatever the browser believes. */
export const SILENCE_MS = 35_000;
/** A connection attempt that shows nothing for so long is given up. */
export const OPENING_MS = 12_000;
/** So long a lost connection may count as "catching up" before the page says "offline". */
export const GRACE_MS = 5_000;
const CAP_MS = 30_000;
/** Viewers a server admits per second after a crash, spread over by the first wait. */
const ADMITTED_PER_SECOND = 800;

/**
 * The first wait after a lost connection grows with the audience: all of it lost its connection in
 * the same moment.
 *
 * @param {number} live viewers, as last heard
 * @param {() => number} random uniform in [0, 1)
 * @returns {number} milliseconds
 */
export function firstWait(live, random) {
  const seconds = Math.min(20, Math.max(1, live / ADMITTED_PER_SECOND));
  return random() * seconds * 1000;
}

/**
 * Later waits: full jitter under a doubling bound.
 *
 * @param {number} attempt 1 for the second try
 * @param {() => number} random
 * @returns {number} milliseconds
 */
export function laterWait(attempt, random) {
  return random() * Math.min(CAP_MS, 1000 * 2 ** attempt);
}

/**
 * How long to wait before the next try.
 *
 * @param {{attempt: number, live: number, retryAfterMs: number|null, busy: boolean}} lost
 * @param {() => number} random
 */
export function waitFor(lost, random) {
  if (lost.retryAfterMs !== null) {
    const base = lost.busy ? lost.retryAfterMs * 2 ** Math.min(lost.attempt, 4) : lost.retryAfterMs;
    return Math.min(base, 120_000) * (0.75 + 0.5 * random());
  }
  return lost.attempt === 0 ? firstWait(lost.live, random) : laterWait(lost.attempt, random);
}

/**
 * @typedef {{again: boolean, reload: boolean, forget: boolean, reason: string}} Fate
 */

/** @type {Record<string, Fate>} */
const FATES = {
  moved: { again: true, reload: false, forget: false, reason: 'moved' },
  busy: { again: true, reload: false, forget: false, reason: 'busy' },
  closed: { again: false, reload: false, forget: false, reason: 'closed' },
  revoked: { again: false, reload: false, forget: true, reason: 'revoked' },
  forbidden: { again: false, reload: false, forget: false, reason: 'forbidden' },
  flooded: { again: false, reload: false, forget: false, reason: 'flooded' },
  protocol: { again: false, reload: true, forget: false, reason: 'protocol' },
  lost: { again: true, reload: false, forget: false, reason: 'lost' },
};

/** @type {Record<number, keyof typeof FATES>} */
const CODES = {
  1012: 'moved',
  1013: 'busy',
  4000: 'closed',
  4001: 'revoked',
  4003: 'forbidden',
  4008: 'flooded',
  4009: 'protocol',
};

/**
 * The table of close codes. `bye` says the same before the close and wins, because a code can get
 * lost on the way.
 *
 * @param {number|null} code
 * @param {string|null} byeReason
 * @returns {Fate}
 */
export function fateOf(code, byeReason) {
  const name = (byeReason && byeReason in FATES ? byeReason : null) ?? CODES[code ?? 0] ?? 'lost';
  return FATES[name];
}

/**
 * After two WebSocket attempts that never opened, events are tried; after two failures of those,
 * WebSockets again.
 *
 * @param {{sockets: number, events: number}} failures in a row, of each
 * @returns {'socket'|'events'}
 */
export function transportFor(failures) {
  return failures.sockets < 2 ? 'socket' : 'events';
}

export class LiveStream {
  /**
   * @param {{
   *   session: string, view: string, store: Store,
   *   onLink?: (link: Link) => void, onFrame?: (frame: Frame) => void,
   *   asOf?: number|null, world?: any
   * }} options `asOf` says when what the store holds was true; `world` stands for the browser in
   *     tests
   */
  constructor({ session, view, store, onLink = () => {}, onFrame = () => {}, asOf = null, world = globalThis }) {
    this.session = session;
    this.view = view;
    this.store = store;
    this.onLink = onLink;
    this.onFrame = onFrame;
    this.world = world;
    this.random = () => Math.random();
    /** @type {Link} */
    this.link = { mark: 'catching', asOf, reason: null };
    this.attempt = 0;
    this.failures = { sockets: 0, events: 0 };
    /** @type {{close: () => void}|null} */
    this.wire = null;
    this.heard = false;
    /** @type {Frame|null} */
    this.bye = null;
    this.lostAt = 0;
    /** @type {Record<string, any>} */
    this.timers = {};
  }

  start() {
    this.world.addEventListener?.('online', () => this.hurry());
    this.world.document?.addEventListener?.('visibilitychange', () => {
      if (!this.world.document.hidden) this.hurry();
    });
    this.open();
    return this;
  }

  /** For a page that goes away or that was told to stop. */
  stop() {
    this.clearTimers();
    this.wire?.close();
    this.wire = null;
  }

  /** The network is back, or the person is: do not sit out a long wait, but do not stampede. */
  hurry() {
    if (this.wire || this.link.mark === 'ended') return;
    this.later('retry', this.random() * 2000, () => this.open());
  }

  address() {
    const query = new URLSearchParams({ view: this.view });
    if (this.store.epoch !== null) {
      query.set('since', String(this.store.version));
      query.set('epoch', this.store.epoch);
    }
    return `/api/sessions/${this.session}/live?${query}`;
  }

  open() {
    this.clearTimers();
    this.heard = false;
    this.bye = null;
    this.wire = null;
    const transport = transportFor(this.failures);
    this.later('opening', OPENING_MS, () => this.drop());
    this.wire = transport === 'socket' ? this.openSocket() : this.openEvents();
    const away = this.world.navigator?.onLine === false && this.link.asOf !== null;
    if (this.link.mark !== 'offline') this.tell(away ? 'offline' : 'catching');
    if (this.lostAt) {
      const left = Math.max(0, this.lostAt + GRACE_MS - this.world.Date.now());
      this.later('grace', left, () => this.tell('offline'));
    }
  }

  openSocket() {
    const { location, WebSocket } = this.world;
    const origin = location.origin.replace(/^http/, 'ws');
    let socket;
    try {
      socket = new WebSocket(origin + this.address(), PROTOCOL);
    } catch {
      // A policy of the browser or of the network's proxy: as good as an attempt that failed.
      this.later('refused', 0, () => this.lost(null, 'sockets'));
      return null;
    }
    socket.onmessage = (/** @type {any} */ event) => this.receive(event.data, socket);
    socket.onclose = (/** @type {any} */ event) => {
      if (this.wire === socket) this.lost(event.code, 'sockets');
    };
    return socket;
  }

  openEvents() {
    const events = new this.world.EventSource(this.address());
    const receive = (/** @type {any} */ event) => this.receive(event.data, events);
    events.onmessage = receive;
    for (const type of ['snapshot', 'change', 'private', 'pulse', 'bye']) {
      events.addEventListener(type, receive);
    }
    // EventSource would come back by itself, without jitter: its place is taken instead.
    events.onerror = () => {
      if (this.wire !== events) return;
      events.close();
      this.lost(null, 'events');
    };
    return events;
  }

  /** @param {string} text @param {any} from */
  receive(text, from) {
    if (this.wire !== from) return;
    const frame = /** @type {Frame} */ (JSON.parse(text));
    const now = this.world.Date.now();
    this.later('silence', SILENCE_MS, () => this.drop());
    if (frame.type === 'bye') {
      this.bye = frame;
      // A server that drains closes right after; where that close is lost, this one is not.
      this.later('farewell', 2000, () => this.drop());
      return;
    }
    if (this.store.take(frame, now) === 'reconnect') {
      this.drop();
      return;
    }
    if (!this.heard) {
      this.heard = true;
      this.attempt = 0;
      this.failures = { sockets: 0, events: 0 };
      this.lostAt = 0;
      this.cancel('opening');
      this.cancel('grace');
    }
    // The node itself may be behind: it says so, and so does the page.
    this.tell(frame.delayed ? 'catching' : 'live', frame.delayed ? this.link.asOf : now);
    this.onFrame(frame);
  }

  /** Ends a connection that is of no use and behaves as if it had been lost. */
  drop() {
    const wire = this.wire;
    if (!wire) return;
    const kind = transportFor(this.failures) === 'socket' ? 'sockets' : 'events';
    this.wire = null;
    wire.close();
    this.lost(null, kind);
  }

  /** @param {number|null} code @param {'sockets'|'events'} kind */
  lost(code, kind) {
    this.clearTimers();
    this.wire = null;
    const now = this.world.Date.now();
    if (!this.heard) this.countFailure(kind);
    if (!this.lostAt) this.lostAt = now;
    const fate = fateOf(code, this.bye?.reason ?? null);
    if (fate.forget) this.store.clear();
    if (fate.reload && this.reloadOnce()) return;
    if (!fate.again) {
      this.tell('ended', this.link.asOf, fate.reason);
      return;
    }
    const wait = waitFor(
      {
        attempt: this.attempt,
        live: this.store.live,
        retryAfterMs: this.bye?.retryAfterMs ?? null,
        busy: fate.reason === 'busy',
      },
      this.random,
    );
    this.attempt += 1;
    // A phone that knows it has no network says so at once.
    const away = now - this.lostAt > GRACE_MS || this.world.navigator?.onLine === false;
    this.tell(away ? 'offline' : 'catching', this.link.asOf, fate.reason);
    this.later('retry', wait, () => this.open());
    this.later('grace', Math.max(0, this.lostAt + GRACE_MS - now), () => this.tell('offline'));
  }

  /** @param {'sockets'|'events'} kind */
  countFailure(kind) {
    this.failures[kind] += 1;
    if (this.failures.events >= 2) this.failures = { sockets: 0, events: 0 };
  }

  /** @returns {boolean} whether the page is being loaded anew */
  reloadOnce() {
    const { sessionStorage, location } = this.world;
    const mark = `plenary.reloaded.${this.session}`;
    if (!sessionStorage || sessionStorage.getItem(mark)) return false;
    sessionStorage.setItem(mark, '1');
    location.reload();
    return true;
  }

  /** @param {Link['mark']} mark @param {number|null} [asOf] @param {string|null} [reason] */
  tell(mark, asOf = this.link.asOf, reason = null) {
    const same = this.link.mark === mark && this.link.reason === reason;
    this.link = { mark, asOf, reason };
    if (!same) this.onLink(this.link);
  }

  /** @param {string} name @param {number} ms @param {() => void} action */
  later(name, ms, action) {
    this.cancel(name);
    this.timers[name] = this.world.setTimeout(action, ms);
  }

  /** @param {string} name */
  cancel(name) {
    if (name in this.timers) this.world.clearTimeout(this.timers[name]);
    delete this.timers[name];
  }

  clearTimers() {
    for (const name of Object.keys(this.timers)) this.cancel(name);
  }
}
