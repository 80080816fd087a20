import assert from 'node:assert/strict';
import { test } from 'node:test';
import { age, away, fault, t, time, useWords } from '../../../webroot/ui/words.js';

test('plural forms are those of the language', () => {
  useWords({ 'n.votes': { one: '{n} głos', few: '{n} głosy', many: '{n} głosów', other: '{n} głosu' } }, 'pl');
  assert.deepEqual([1, 2, 5].map((n) => t('n.votes', { n })), ['1 głos', '2 głosy', '5 głosów']);
});

test('numbers are written as the language writes them', () => {
  useWords({ people: '{n} Menschen' }, 'de');
  assert.equal(t('people', { n: 12345 }), '12.345 Menschen');
});

test('what a person typed stays text and is not filled in again', () => {
  useWords({ said: 'Now: {text}' }, 'en');
  assert.equal(t('said', { text: '{text} <b>' }), 'Now: {text} <b>');
});

test('times are those of the meeting, wherever the reader is', () => {
  useWords({}, 'en');
  assert.equal(time('2026-08-28T09:30:00.000Z', 'Asia/Tokyo'), '18:30');
  assert.equal(time('2026-08-28T22:05:00.000Z', 'Europe/Berlin'), '00:05');
});

test('ages need no precision', () => {
  useWords({ 'age.now': 'now', 'age.minutes': '{n} min', 'age.hours': '{n} h', 'age.days': { other: '{n} days' } }, 'en');
  assert.deepEqual([59_000, 125_000, 2 * 3_600_000, 3 * 86_400_000].map(age), ['now', '2 min', '2 h', '3 days']);
});

test('how far away something is, in the words of the language', () => {
  useWords({}, 'en');
  assert.deepEqual([20_000, 25 * 60_000, 3 * 3_600_000, 5 * 86_400_000].map(away), ['in 1 minute', 'in 25 minutes', 'in 3 hours', 'in 5 days']);
  useWords({}, 'de');
  assert.equal(away(25 * 60_000), 'in 25 Minuten');
});

test('what is wrong with a field is said by its code, or not at all', () => {
  useWords({ 'invalid.too-long': 'Höchstens {limit} Zeichen.', 'refusal.text-empty': 'Leer.' }, 'de');
  assert.equal(fault({ code: 'too-long', values: { limit: 2000 } }), 'Höchstens 2.000 Zeichen.');
  assert.equal(fault({ code: 'text-empty' }), 'Leer.');
  assert.equal(fault({ code: 'of-a-newer-server' }), undefined);
  assert.equal(fault(undefined), undefined);
});
