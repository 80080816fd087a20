import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem, Unreachable } from '../../../webroot/live/api.js';
import { Outbox } from '../../../webroot/live/outbox.js';

class Shelf extends Map {
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

function box(server, shelf = new Shelf()) {
  const later = [];
  const outbox = new Outbox({ name: 'o', shelf, send: server.send, later: (action) => later.push(action) });
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
  const outbox = new Outbox({ name: 'o', shelf, send: async () => (seen = JSON.parse(shelf.getItem('o'))) });
  await outbox.add('one');
  assert.equal(seen[0].text, 'one');
  assert.match(seen[0].key, /^[0-9a-f]{32}$/);
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
  const shelf = new Shelf([['o', '{not json']]);
  assert.equal(box(new Server(), shelf).outbox.items.length, 0);
});
