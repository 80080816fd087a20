import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Steady, byRank } from '../../../webroot/ui/steady.js';

test('while nobody is there the list follows', () => {
  const list = new Steady();
  list.show(['a', 'b'], false);
  assert.deepEqual(list.show(['c', 'b', 'a'], false).ids, ['c', 'b', 'a']);
});

test('under a pointer nothing moves and new items are counted', () => {
  const list = new Steady();
  list.show(['a', 'b'], false);
  const shown = list.show(['new', 'b', 'a'], true);
  assert.deepEqual(shown.ids, ['a', 'b']);
  assert.equal(shown.fresh, 1);
});

test('what comes after everything shown moves nothing', () => {
  const list = new Steady();
  list.show(['a', 'b'], false);
  const shown = list.show(['new', 'a', 'b', 'x', 'y'], true, undefined, true);
  assert.deepEqual(shown.ids, ['a', 'b', 'x', 'y']);
  assert.equal(shown.fresh, 1);
});

test('what goes away leaves its ghost in its place', () => {
  const list = new Steady();
  list.show(['a', 'b', 'c'], false);
  const shown = list.show(['a', 'c'], true);
  assert.deepEqual(shown.ids, ['a', 'b', 'c']);
  assert.deepEqual([...shown.ghosts], ['b']);
});

test('what a person did themselves takes effect under their own hand', () => {
  const list = new Steady();
  list.show(['a', 'b', 'c'], false);
  assert.deepEqual(list.show(['a', 'c'], true, (id) => id === 'b').ids, ['a', 'c']);
  assert.deepEqual(list.show(['a', 'x', 'c'], true, (id) => id === 'x').ids, ['a', 'x', 'c']);
});

test('ranks are compared bytewise, then by id', () => {
  const sorted = [{ id: '2', rank: 'b' }, { id: '3', rank: 'B' }, { id: '1', rank: 'b' }].sort(byRank);
  assert.deepEqual(sorted.map((one) => one.id), ['3', '1', '2']);
});
