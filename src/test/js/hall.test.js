import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../../webroot/live/store.js';
import { clock, counted } from '../../../webroot/ui/clock.js';
import { hall } from '../../../webroot/ui/hall.js';
import { Pace } from '../../../webroot/ui/pace.js';

/** @param {Record<string, any>} entities */
function storeOf(entities) {
  const store = new Store();
  const put = Object.entries(entities).map(([key, body]) => ({ key, version: 1, body }));
  store.take({ type: 'snapshot', epoch: 'e', version: 1, put, now: '2026-08-28T09:30:00.000Z' });
  return store;
}

const a = { id: 'a', text: 'A?', author: null, status: 'stage' };
const b = { id: 'b', text: 'B?', author: null, status: 'approved' };
const c = { id: 'c', text: 'C?', author: null, status: 'queued' };

test('without a choice the hall sees what there is', () => {
  assert.equal(hall(storeOf({})).scene, 'join');
  assert.equal(hall(storeOf({ 'question/b': b })).scene, 'top');
  assert.equal(hall(storeOf({ 'question/a': a, 'question/b': b })).scene, 'stage');
});

test('a scene with nothing to show gives way to how to join', () => {
  assert.equal(hall(storeOf({ stage: { scene: 'stage' } })).scene, 'join');
  assert.equal(hall(storeOf({ stage: { scene: 'top' }, 'question/a': a })).scene, 'join');
  assert.equal(hall(storeOf({ 'question/a': a }), 'top').scene, 'join');
});

test('the most wanted are ordered by votes, then by when they were asked', () => {
  const store = storeOf({ 'question/c': c, 'question/b': b, 'tally/c': { votes: 2 } });
  assert.deepEqual(hall(store).top.map((one) => one.id), ['c', 'b']);
});

test('a frozen hall keeps its picture, and a blackout is stronger', () => {
  const kept = { scene: 'stage', question: { ...b, votes: 7 }, top: [], at: '' };
  const frozen = { 'question/a': a, frozen: kept, stage: { frozen: true, scene: 'top' } };
  assert.equal(hall(storeOf(frozen)).question?.votes, 7);
  assert.equal(hall(storeOf(frozen)).scene, 'stage');
  assert.equal(hall(storeOf({ ...frozen, stage: { frozen: true, blackout: true } })).scene, 'black');
  assert.equal(hall(storeOf({ ...frozen, stage: { blackout: true } }), 'top').scene, 'black');
});

test('a frozen wall and a frozen prompt stay as they were', () => {
  const old = { id: 'p', kind: 'prompt', state: 'out', outAt: '2026-08-28T09:00:00.000Z' };
  const next = { ...old, id: 'q', outAt: '2026-08-28T09:20:00.000Z' };
  const post = { ...b, place: 'wall' };
  const cards = [{ ...post, id: 'x' }, { ...b, id: 'y', place: 'answer', prompt: 'p' }];
  const kept = { scene: 'wall', top: [], cards, at: '2026-08-28T09:10:00.000Z' };
  const shown = hall(storeOf({ 'question/b': post, 'prompt/p': old, 'prompt/q': next, frozen: kept, stage: { frozen: true } }));
  assert.deepEqual([shown.scene, shown.wall[0]?.id, shown.prompt.id, shown.answers[0]?.id], ['wall', 'x', 'p', 'y']);
});

test('a wall that is opened while it is paused begins with what it kept', () => {
  const pace = new Pace(0, 4);
  assert.deepEqual(pace.show(['c', 'b', 'a'], true, ['b', 'gone']), ['b']);
  assert.deepEqual(pace.show(['d', 'c', 'b', 'a'], true), ['b']);
  assert.deepEqual(pace.show(['d', 'c', 'b', 'a'], false), ['c', 'b']);
});

test('the clock follows the session until somebody sets it', () => {
  const now = Date.parse('2026-08-28T09:30:00.000Z');
  const session = { state: 'live', endsAt: '2026-08-28T09:40:00.000Z' };
  assert.equal(clock(undefined, session, now)?.left, 600_000);
  assert.equal(clock(undefined, { state: 'live' }, now), null);
  assert.equal(clock({ clock: { endsAt: '2026-08-28T09:31:00.000Z' } }, session, now)?.tone, 'soon');
  assert.deepEqual(clock({ clock: { leftMs: -5000 } }, session, now), { left: -5000, paused: true, byHand: true, tone: 'over' });
});

test('what is left is counted down to zero and beyond', () => {
  assert.deepEqual([245_000, 999, 0, -10_500, 3_720_000].map(counted), ['4:05', '0:01', '0:00', '−0:10', '1:02:00']);
});
