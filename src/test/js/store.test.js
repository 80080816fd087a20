import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../../webroot/live/store.js';

const put = (key, version, body = {}) => ({ key, version, body });
const snapshot = (version, entries, epoch = 'e1') => ({ type: 'snapshot', epoch, version, put: entries, now: '2026-08-28T09:30:00.000Z' });
const change = (from, version, entries = [], drop = [], epoch = 'e1') => ({ type: 'change', epoch, from, version, put: entries, drop });

function at(version, entries = []) {
  const store = new Store();
  store.take(snapshot(version, entries));
  return store;
}

test('a change applies when from ≤ have < version', () => {
  const store = at(10);
  assert.equal(store.take(change(10, 12, [put('question/a', 12)])), 'apply');
  assert.equal(store.version, 12);
  assert.equal(store.take(change(8, 13)), 'apply');
  assert.equal(store.version, 13);
});

test('a change up to what is held is ignored', () => {
  const store = at(10, [put('question/a', 10, { text: 'new' })]);
  assert.equal(store.take(change(5, 10, [put('question/a', 7, { text: 'old' })])), 'ignore');
  assert.equal(store.get('question/a').text, 'new');
});

test('a gap asks for a new connection and changes nothing', () => {
  const store = at(10);
  assert.equal(store.take(change(11, 12, [put('question/a', 12)])), 'reconnect');
  assert.equal(store.version, 10);
  assert.equal(store.get('question/a'), undefined);
});

test('another epoch asks for a new connection', () => {
  assert.equal(at(10).take(change(10, 11, [], [], 'e2')), 'reconnect');
});

test('a pulse moves the version on, and a pulse after a gap asks for a new connection', () => {
  const store = at(10);
  assert.equal(store.take({ type: 'pulse', from: 10, version: 14, live: 7 }), 'apply');
  assert.equal(store.version, 14);
  assert.equal(store.live, 7);
  assert.equal(store.take({ type: 'pulse', from: 15, version: 15, live: 7 }), 'reconnect');
});

test('a quiet pulse still tells the viewers', () => {
  const store = at(10);
  assert.equal(store.take({ type: 'pulse', from: 10, version: 10, live: 99 }), 'ignore');
  assert.equal(store.live, 99);
});

test('a put replaces when its version is at least the held one', () => {
  const store = at(10, [put('tally/a', 9, { votes: 9 })]);
  store.take(change(10, 11, [put('tally/a', 8, { votes: 8 })]));
  assert.equal(store.get('tally/a').votes, 9);
  store.take(change(11, 12, [put('tally/a', 9, { votes: 90 })]));
  assert.equal(store.get('tally/a').votes, 90);
});

test('a drop older than what is held removes nothing', () => {
  const store = at(10, [put('question/a', 10)]);
  store.take(change(10, 11, [], [{ key: 'question/a', version: 9 }]));
  assert.notEqual(store.get('question/a'), undefined);
  store.take(change(11, 12, [], [{ key: 'question/a', version: 12 }]));
  assert.equal(store.get('question/a'), undefined);
});

test('applying a frame twice is harmless', () => {
  const frame = change(10, 12, [put('question/a', 12, { text: 'x' })], [{ key: 'question/b', version: 11 }]);
  const once = at(10, [put('question/b', 4)]);
  once.take(frame);
  const twice = at(10, [put('question/b', 4)]);
  twice.take(frame);
  twice.take(frame);
  assert.deepEqual([...twice.shared], [...once.shared]);
});

test('a snapshot replaces what is shared and leaves what is mine', () => {
  const store = at(10, [put('question/a', 10)]);
  store.take({ type: 'private', put: [put('mine/m', 3, { id: 'm' })] });
  store.take(snapshot(4, [put('question/b', 2)], 'e2'));
  assert.equal(store.version, 4);
  assert.equal(store.epoch, 'e2');
  assert.equal(store.get('question/a'), undefined);
  assert.equal(store.get('mine/m').id, 'm');
});

test('private all replaces the whole set, without all it adds', () => {
  const store = at(1);
  store.take({ type: 'private', put: [put('mine/a', 1)] });
  store.take({ type: 'private', put: [put('mine/b', 2)] });
  assert.equal(store.all('mine/').length, 2);
  store.take({ type: 'private', all: true, put: [put('mine/c', 3)] });
  assert.equal(store.all('mine/').length, 1);
});

test('a wish is drawn until the stream has reached the version that contains it', () => {
  const store = at(10, [put('tally/a', 10, { votes: 5 })]);
  const wish = store.wish('tally/a', (body) => ({ votes: body.votes + 1 }));
  assert.equal(store.get('tally/a').votes, 6);
  store.confirm(wish, 12);
  assert.equal(store.get('tally/a').votes, 6);
  store.take(change(10, 11));
  assert.equal(store.get('tally/a').votes, 6);
  store.take(change(11, 12, [put('tally/a', 12, { votes: 6 })]));
  assert.equal(store.get('tally/a').votes, 6);
  assert.equal(store.pending.size, 0);
});

test('a refused wish leaves no trace', () => {
  const store = at(10, [put('tally/a', 10, { votes: 5 })]);
  store.retract(store.wish('tally/a', () => ({ votes: 0 })));
  assert.equal(store.get('tally/a').votes, 5);
});

test('any way of cutting the same changes ends in the same state', () => {
  const seed = Date.now() % 1_000_000;
  let state = seed + 1;
  const random = () => ((state = (state * 48271) % 2147483647) / 2147483647);
  const facts = [];
  for (let version = 1; version <= 200; version += 1) {
    facts.push({ version, key: `question/${Math.floor(random() * 12)}`, gone: random() < 0.2 });
  }
  /** What the server sends between two versions: the newest of each key. */
  const delta = (from, to) => {
    const newest = new Map();
    for (const fact of facts) if (fact.version > from && fact.version <= to) newest.set(fact.key, fact);
    const entries = [...newest.values()];
    return change(
      from,
      to,
      entries.filter((f) => !f.gone).map((f) => put(f.key, f.version, { v: f.version })),
      entries.filter((f) => f.gone).map((f) => ({ key: f.key, version: f.version })),
    );
  };
  const whole = at(0);
  whole.take(delta(0, 200));
  const cut = at(0);
  while (cut.version < 200) {
    const from = Math.max(0, cut.version - Math.floor(random() * 5));
    cut.take(delta(from, Math.min(200, cut.version + Math.ceil(random() * 9))));
  }
  assert.deepEqual(new Map([...cut.shared].sort()), new Map([...whole.shared].sort()), `seed ${seed}`);
});

test('what was paged to never takes the place of what the stream brought, and the stream changes it', () => {
  const store = at(10, [put('question/a', 10, { text: 'streamed' })]);
  store.know([put('question/a', 9, { text: 'paged' }), put('question/b', 4, { text: 'paged' }), put('question/c', 5)]);
  assert.equal(store.get('question/a').text, 'streamed');
  assert.equal(store.get('question/b').text, 'paged');
  store.take(change(10, 11, [put('question/b', 11, { text: 'approved' })], [put('question/c', 11)]));
  assert.equal(store.get('question/b').text, 'approved');
  assert.equal(store.get('question/c'), undefined);
});
