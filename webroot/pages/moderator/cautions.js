// @ts-check
/** Why screening asks for caution, by the ids of its rules. */

import { t } from '../../ui/words.js';

/** @type {Record<string, string>} */
const words = {
  abuse: 'screening.abuse',
  author: 'screening.author',
  coordinated: 'screening.coordinated',
  email: 'screening.email',
  'exact-date': 'screening.exact-date',
  'high-age': 'screening.high-age',
  'identity-number': 'screening.identity-number',
  'long-word': 'screening.long-word',
  'near-duplicate': 'screening.near-duplicate',
  phone: 'screening.phone',
  'record-number': 'screening.record-number',
  repetition: 'screening.repetition',
  'shared-link': 'screening.shared-link',
  spam: 'screening.spam',
};

const serious = new Set(['abuse', 'email', 'exact-date', 'high-age', 'identity-number', 'phone', 'record-number']);

/** Words for a rule; one that is not known here is shown as it came. @param {string} rule */
export function caution(rule) {
  return words[rule] ? t(words[rule]) : rule;
}

/** Whether it may harm a person when the hall reads it. @param {string} rule */
export function isSerious(rule) {
  return serious.has(rule);
}
