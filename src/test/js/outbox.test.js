import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem, Unreachable } from '../../../webroot/live/api.js';
import { Outbox } from '../../../webroot/live/outbox.js';

class Shelf extends Map {
  get length() {
    return this.size;
  }
  key(n) {
    return [...this.keys()][n] ?? null;
  }
  getItem(key) {
    return this.get(key) ?? null;
  }
  setItem(key, value) {
    this.set(key, value);
  }
  removeItem(key) {
    this.delete(key);
  }
}

/** A server that keeps each key once and loses answers as it is told. */
class Server {
  constructor(script = []) {
    this.script = script;
    this.kept = new Map();
    this.calls = 0;
  }
  send = async (item) => {
    this.calls += 1;
    const mood = this.script.shift();
    if (mood === 'down') throw new Unreachable('down');
    this.kept.set(item.key, item.text);
    if (mood === 'lost answer') throw new Unreachable('lost');
    if (mood instanceof Problem) {
      this.kept.delete(item.key);
      throw mood;
    }
  };
}

function box(server, shelf = new Shelf(), more = {}) {
  const later = [];
  const outbox = new Outbox({ name: 'o', shelf, send: server.send, later: (action) => later.push(action), ...more });
  const run = async () => {
    for (let action = later.shift(); action; action = later.shift()) await action();
  };
  return { outbox, shelf, run };
}

test('a question goes out and leaves the box', async () => {
  const server = new Server();
  const { outbox, shelf } = box(server);
  await outbox.add('one');
  assert.deepEqual([...server.kept.values()], ['one']);
  assert.equal(outbox.items.length, 0);
  assert.equal(shelf.size, 0);
});

test('a lost answer is resent with the same key, and the question is there once', async () => {
  const server = new Server(['lost answer', 'down', 'lost answer']);
  const { outbox, run } = box(server);
  await outbox.add('one');
  assert.equal(outbox.items[0].state, 'waiting');
  await run();
  assert.equal(server.calls, 4);
  assert.equal(server.kept.size, 1);
  assert.equal(outbox.items.length, 0);
});

test('what waited when the tab was closed goes out once from the next one', async () => {
  const server = new Server(['lost answer']);
  const { outbox, shelf } = box(server);
  await outbox.add('one');
  const next = box(server, shelf);
  await next.outbox.flush();
  assert.equal(server.kept.size, 1);
  assert.equal(shelf.size, 0);
});

test('it is written down before it is sent', async () => {
  const shelf = new Shelf();
  let seen = null;
  const outbox = new Outbox({ name: 'o', shelf, send: async (item) => (seen = JSON.parse(shelf.getItem(`o.${item.key}`))) });
  await outbox.add('one');
  assert.equal(seen.text, 'one');
  assert.match(seen.key, /^[0-9a-f]{32}$/);
});

test('order is kept: the second waits for the first', async () => {
  const server = new Server(['down']);
  const { outbox, run } = box(server);
  await outbox.add('one');
  await outbox.add('two');
  await run();
  assert.deepEqual([...server.kept.values()], ['one', 'two']);
});

test('a refusal is kept with its reason, does not block, and is not resent', async () => {
  const server = new Server([new Problem(422, { detail: 'Too long.' }, null)]);
  const { outbox } = box(server);
  await outbox.add('long');
  await outbox.add('fine');
  assert.deepEqual([...server.kept.values()], ['fine']);
  assert.equal(outbox.items[0].state, 'refused');
  assert.equal(outbox.items[0].why, 'Too long.');
  assert.equal(outbox.take(outbox.items[0].key).text, 'long');
  assert.equal(outbox.items.length, 0);
});

test('too many and overload are waited out', async () => {
  const server = new Server([new Problem(429, {}, 2_000), new Problem(503, {}, null)]);
  const { outbox, run } = box(server);
  await outbox.add('one');
  await run();
  assert.equal(server.kept.size, 1);
});

test('a storage full of rubbish is an empty box', () => {
  const shelf = new Shelf([['o.1', '{not json'], ['o.2', '7'], ['o.3', '{"key":5}']]);
  assert.equal(box(new Server(), shelf).outbox.items.length, 0);
});

test('two tabs on one shelf: nothing is lost and each question is there once', async () => {
  const server = new Server(['down', 'lost answer']);
  const shelf = new Shelf();
  const one = box(server, shelf);
  const two = box(server, shelf);
  await Promise.all([one.outbox.add('from one'), two.outbox.add('from two')]);
  two.outbox.elsewhere(null);
  assert.deepEqual(two.outbox.items.map((item) => item.text).sort(), ['from one', 'from two']);
  for (let round = 0; round < 3; round += 1) {
    await Promise.all([one.run(), two.run()]);
    await Promise.all([one.outbox.flush(), two.outbox.flush()]);
  }
  assert.deepEqual([...server.kept.values()].sort(), ['from one', 'from two']);
  assert.deepEqual([...shelf.keys()].filter((key) => key.startsWith('o.')), []);
});

test('while one tab sends, the other waits for its turn', async () => {
  let release = () => {};
  const shelf = new Shelf();
  const slow = new Outbox({ name: 'o', shelf, send: () => new Promise((resolve) => (release = resolve)) });
  const sending = slow.add('one');
  await new Promise((resolve) => setTimeout(resolve));
  const server = new Server();
  const other = box(server, shelf);
  await other.outbox.flush();
  assert.equal(server.calls, 0);
  release();
  await sending;
  await other.run();
  assert.equal(server.calls, 0);
  assert.equal(other.outbox.read().length, 0);
});

test('a tab that was closed in its turn holds nobody up for long', async () => {
  let now = 1_000_000;
  const shelf = new Shelf([['o:turn', `gone ${now + 20_000}`]]);
  const server = new Server();
  const { outbox } = box(server, shelf, { now: () => now });
  await outbox.add('one');
  assert.equal(server.calls, 0);
  now += 20_001;
  await outbox.flush();
  assert.equal(server.kept.size, 1);
});

test('a clock that is set back neither blocks nor turns the order round', async () => {
  let now = 5_000_000;
  const shelf = new Shelf();
  const server = new Server(['down']);
  const { outbox, run } = box(server, shelf, { now: () => now });
  await outbox.add('one');
  now -= 3_600_000;
  await outbox.add('two');
  await run();
  await outbox.flush();
  assert.deepEqual([...server.kept.values()], ['one', 'two']);
});

test('a key that the server has forgotten is not used again without asking', async () => {
  let now = 1_000_000;
  const shelf = new Shelf();
  const server = new Server(['lost answer']);
  const { outbox } = box(server, shelf, { now: () => now });
  await outbox.add('one');
  now += 24 * 3_600_000;
  const next = box(server, shelf, { now: () => now });
  await next.outbox.flush();
  assert.equal(server.calls, 1);
  assert.equal(next.outbox.items[0].state, 'stale');
});

test('before one is in, what was asked waits', async () => {
  let inside = false;
  const server = new Server();
  const { outbox } = box(server, new Shelf(), { ready: () => inside });
  await outbox.add('one');
  assert.equal(server.calls, 0);
  inside = true;
  await outbox.flush();
  assert.equal(server.kept.size, 1);
});

test('with Web Locks one tab at a time sends', async () => {
  let held = false;
  const locks = {
    async request(name, options, action) {
      if (held) return action(null);
      held = true;
      try {
        return await action({ name });
      } finally {
        held = false;
      }
    },
  };
  const server = new Server();
  const shelf = new Shelf();
  const one = box(server, shelf, { locks });
  const two = box(server, shelf, { locks });
  await Promise.all([one.outbox.add('a'), two.outbox.add('b')]);
  await two.run();
  assert.equal(server.kept.size, 2);
  assert.equal(server.calls, 2);
});

test('a storage that takes nothing still lets the question out', async () => {
  class Full extends Shelf {
    setItem() {
      throw new Error('full');
    }
  }
  const server = new Server(['down']);
  const { outbox, run } = box(server, new Full());
  await outbox.add('one');
  assert.equal(outbox.items.length, 1);
  await run();
  assert.equal(server.kept.size, 1);
  assert.equal(outbox.items.length, 0);
});
