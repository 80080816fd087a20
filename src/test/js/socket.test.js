import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LiveStream, fateOf, firstWait, laterWait, transportFor, waitFor } from '../../../webroot/live/socket.js';
import { Store } from '../../../webroot/live/store.js';

/** A browser in which time stands still until it is told to pass. */
class World {
  constructor() {
    this.now = 1_000_000;
    this.timers = [];
    this.sockets = [];
    this.events = [];
    this.location = { origin: 'http://hall.test', reload: () => (this.reloads = (this.reloads ?? 0) + 1) };
    this.sessionStorage = new Map();
    this.sessionStorage.getItem = (key) => this.sessionStorage.get(key) ?? null;
    this.sessionStorage.setItem = (key, value) => this.sessionStorage.set(key, value);
    this.Date = { now: () => this.now };
    const world = this;
    this.WebSocket = class {
      constructor(url, protocol) {
        Object.assign(this, { url, protocol });
        world.sockets.push(this);
      }
      close() {
        this.closed = true;
      }
      say(frame) {
        this.onmessage({ data: JSON.stringify(frame) });
      }
    };
    this.EventSource = class {
      constructor(url) {
        this.url = url;
        world.events.push(this);
      }
      addEventListener() {}
      close() {
        this.closed = true;
      }
      say(frame) {
        this.onmessage({ data: JSON.stringify(frame) });
      }
    };
    this.setTimeout = (action, ms) => this.timers.push({ action, at: this.now + ms, live: true });
    this.clearTimeout = (id) => (this.timers[id - 1].live = false);
    this.addEventListener = (type, action) => type === 'online' && (this.online = action);
  }

  pass(ms) {
    const end = this.now + ms;
    for (;;) {
      const due = this.timers.filter((t) => t.live && t.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.now = Math.max(this.now, due.at);
      due.live = false;
      due.action();
    }
    this.now = end;
  }
}

const SNAPSHOT = { type: 'snapshot', epoch: 'e', version: 5, put: [], now: '2026-08-28T09:30:00.000Z' };

function started() {
  const world = new World();
  const marks = [];
  const store = new Store();
  const stream = new LiveStream({ session: 's', view: 'attendee', store, world, onLink: (link) => marks.push(link.mark) });
  stream.random = () => 0.5;
  stream.start();
  return { world, store, stream, marks, last: () => world.sockets.at(-1) };
}

test('the first wait grows with the audience, from one second to twenty', () => {
  assert.equal(firstWait(0, () => 0.999), 999);
  assert.equal(firstWait(8_000, () => 0.5), 5_000);
  assert.equal(firstWait(1_000_000, () => 0.5), 10_000);
});

test('the first wait is spread evenly, so that a hall comes back without a refusal', () => {
  const waits = Array.from({ length: 10_000 }, (_, i) => firstWait(10_000, () => i / 10_000));
  const perSecond = new Array(20).fill(0);
  for (const wait of waits) perSecond[Math.floor(wait / 1000)] += 1;
  assert.ok(Math.max(...perSecond) <= 1_000, 'a node admits 1,000 a second');
  assert.ok(Math.max(...waits) <= 12_500);
});

test('later waits double under full jitter and end at thirty seconds', () => {
  assert.equal(laterWait(1, () => 0.5), 1_000);
  assert.equal(laterWait(3, () => 0.5), 4_000);
  assert.equal(laterWait(20, () => 0.999), 29_970);
});

test('a planned close waits as long as it was told, give or take', () => {
  const told = (random) => waitFor({ attempt: 0, live: 9_999, retryAfterMs: 4_000, busy: false }, random);
  assert.equal(told(() => 0), 3_000);
  assert.equal(told(() => 0.999) < 5_000, true);
});

test('a busy server doubles its wait each time', () => {
  const wait = (attempt) => waitFor({ attempt, live: 0, retryAfterMs: 1_000, busy: true }, () => 0.5);
  assert.deepEqual([wait(0), wait(1), wait(2)], [1_000, 2_000, 4_000]);
});

test('the table of close codes: which come back, and what is forgotten', () => {
  assert.deepEqual([1012, 1013, 1006, null, 1000].map((code) => fateOf(code, null).again), [true, true, true, true, true]);
  assert.deepEqual([4000, 4001, 4003, 4008, 4009].map((code) => fateOf(code, null).again), [false, false, false, false, false]);
  assert.equal(fateOf(4001, null).forget, true);
  assert.equal(fateOf(4009, null).reload, true);
  assert.equal(fateOf(1006, 'revoked').reason, 'revoked');
});

test('two sockets that never opened are followed by events, two failures of those by sockets', () => {
  assert.equal(transportFor({ sockets: 1, events: 0 }), 'socket');
  assert.equal(transportFor({ sockets: 2, events: 1 }), 'events');
});

test('the first connection asks for everything, the next for what was missed', () => {
  const { world, last } = started();
  assert.equal(last().url, 'ws://hall.test/api/sessions/s/live?view=attendee');
  assert.equal(last().protocol, 'plenary.v1');
  last().say(SNAPSHOT);
  last().onclose({ code: 1006 });
  world.pass(30_000);
  assert.equal(last().url, 'ws://hall.test/api/sessions/s/live?view=attendee&since=5&epoch=e');
});

test('no frame for 35 seconds ends the connection', () => {
  const { world, last } = started();
  last().say(SNAPSHOT);
  const first = last();
  world.pass(34_000);
  assert.equal(first.closed, undefined);
  world.pass(1_001);
  assert.equal(first.closed, true);
  world.pass(2_000);
  assert.equal(world.sockets.length, 2);
});

test('a gap ends the connection and resumes from what is held', () => {
  const { world, last } = started();
  last().say(SNAPSHOT);
  last().say({ type: 'change', from: 7, version: 8, put: [], drop: [] });
  assert.equal(last().closed, true);
  world.pass(2_000);
  assert.match(last().url, /since=5/);
});

test('the mark is live, then catching up, and offline when it takes longer', () => {
  const { world, last, marks, stream } = started();
  last().say(SNAPSHOT);
  last().onclose({ code: 1006 });
  assert.deepEqual(marks, ['live', 'catching']);
  world.pass(5_100);
  assert.equal(stream.link.mark, 'offline');
  assert.equal(stream.link.asOf, 1_000_000);
  last().say(SNAPSHOT);
  assert.equal(stream.link.mark, 'live');
});

test('events take over after two sockets that never opened, and sockets after two such events', () => {
  const { world } = started();
  for (let i = 0; i < 2; i += 1) {
    world.sockets.at(-1).onclose({ code: 1006 });
    world.pass(6_000);
  }
  assert.equal(world.events.length, 1);
  assert.equal(world.events[0].url, '/api/sessions/s/live?view=attendee');
  world.events.at(-1).onerror();
  world.pass(6_000);
  world.events.at(-1).onerror();
  world.pass(6_000);
  assert.equal(world.sockets.length, 3);
});

test('events that work keep working', () => {
  const { world, stream } = started();
  for (let i = 0; i < 2; i += 1) {
    world.sockets.at(-1).onclose({ code: 1006 });
    world.pass(6_000);
  }
  world.events.at(-1).say(SNAPSHOT);
  assert.equal(stream.link.mark, 'live');
});

test('who was revoked forgets the view and does not come back', () => {
  const { world, store, last, stream } = started();
  last().say({ ...SNAPSHOT, put: [{ key: 'question/a', version: 1, body: {} }] });
  last().say({ type: 'bye', reason: 'revoked' });
  last().onclose({ code: 4001 });
  world.pass(120_000);
  assert.equal(world.sockets.length, 1);
  assert.equal(store.all('question/').length, 0);
  assert.equal(stream.link.reason, 'revoked');
});

test('a page that is too old reloads once, not for ever', () => {
  const { world, last } = started();
  last().onclose({ code: 4009 });
  assert.equal(world.reloads, 1);
  const again = new LiveStream({ session: 's', view: 'attendee', store: new Store(), world }).start();
  world.sockets.at(-1).onclose({ code: 4009 });
  assert.equal(world.reloads, 1);
  assert.equal(again.link.mark, 'ended');
});

test('a connection that is being drained is left even if its close gets lost', () => {
  const { world, last } = started();
  last().say(SNAPSHOT);
  const first = last();
  first.say({ type: 'bye', reason: 'moved', retryAfterMs: 1_000 });
  world.pass(4_000);
  assert.equal(first.closed, true);
  assert.equal(world.sockets.length, 2);
});

test('back online tries again within two seconds', () => {
  const { world, last, stream } = started();
  last().say(SNAPSHOT);
  stream.attempt = 9;
  stream.random = () => 0.9;
  last().onclose({ code: 1006 });
  world.online();
  world.pass(2_000);
  assert.equal(world.sockets.length, 2);
});

test('a server that lost its database for a while is not called live', () => {
  const { last, stream } = started();
  last().say(SNAPSHOT);
  last().say({ type: 'pulse', from: 5, version: 5, live: 1, delayed: true });
  assert.equal(stream.link.mark, 'catching');
  last().say({ type: 'pulse', from: 5, version: 5, live: 1 });
  assert.equal(stream.link.mark, 'live');
});

test('what a former connection still says is not heard', () => {
  const { world, store, last } = started();
  const first = last();
  first.say(SNAPSHOT);
  first.onclose({ code: 1006 });
  world.pass(2_000);
  first.say({ type: 'change', from: 5, version: 6, put: [], drop: [] });
  assert.equal(store.version, 5);
});
