// @ts-check
/**
 * Words, numbers and times in the reader's language. The page's words come with the page; which
 * language that is was chosen by the server from what the browser accepts.
 */

/** @type {Record<string, string|Record<string, string>>} */
let words = {};
let language = 'en';
let plurals = new Intl.PluralRules('en');
let numbers = new Intl.NumberFormat('en');

/** One kind of digits on a page: those of clocks and codes, which have one kind alone. @param {string} lang */
const figures = (lang) => (lang === 'ar' ? 'ar-u-nu-latn' : lang);

/** @param {Record<string, any>} table @param {string} lang */
export function useWords(table, lang) {
  words = table;
  language = lang;
  plurals = new Intl.PluralRules(lang);
  numbers = new Intl.NumberFormat(figures(lang));
}

if (typeof document !== 'undefined') {
  useWords(
    JSON.parse(document.getElementById('words')?.textContent ?? '{}'),
    document.documentElement.lang || 'en',
  );
}

/**
 * The words for a key. `{name}` is replaced by a value; a key with plural forms chooses by `n`.
 *
 * @param {string} key
 * @param {Record<string, string|number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const entry = words[key];
  const text =
    typeof entry === 'object' ? (entry[plurals.select(Number(values.n))] ?? entry.other) : entry;
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? numbers.format(value) : value;
  });
}

/**
 * The sentence for what a server refused, by the problem's type; undefined for a type that the page has no
 * words for, as a newer server may have.
 *
 * @param {string} type
 * @returns {string|undefined}
 */
export function refusal(type) {
  const key = `refusal.${type}`;
  return key in words ? t(key) : undefined;
}

/**
 * The sentence for what is wrong with a field, by its code.
 *
 * @param {{code?: string, values?: Record<string, string|number>}|undefined} field as the server names it
 * @returns {string|undefined} nothing for what people do not bring about, and for a newer server's code
 */
export function fault(field) {
  const key = [`invalid.${field?.code}`, `refusal.${field?.code}`].find((one) => one in words);
  return key && t(key, field?.values);
}

/** Several things in one phrase. @param {string[]} items */
export function list(items) {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(items);
}

/** @param {number} value */
export function number(value) {
  return numbers.format(value);
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/**
 * @param {number|string} time milliseconds or ISO text
 * @param {string|undefined} zone the meeting's time zone; the device's without one
 * @param {Intl.DateTimeFormatOptions} [style]
 */
export function time(time, zone, style = { hour: '2-digit', minute: '2-digit' }) {
  const key = zone + JSON.stringify(style);
  let clock = clocks.get(key);
  if (!clock) {
    clock = new Intl.DateTimeFormat(figures(language), { timeZone: zone, hourCycle: 'h23', ...style });
    clocks.set(key, clock);
  }
  return clock.format(new Date(time));
}

/** "in 25 minutes": how far away something is, as the language says it. @param {number} ms */
export function away(ms) {
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  const minutes = Math.ceil(ms / 60_000);
  if (minutes < 60) return words.format(minutes, 'minute');
  if (minutes < 60 * 48) return words.format(Math.round(minutes / 60), 'hour');
  return words.format(Math.round(minutes / 1440), 'day');
}

/** "3 min", for ages that need no more precision. @param {number} ms */
export function age(ms) {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return t('age.now');
  if (minutes < 60) return t('age.minutes', { n: minutes });
  if (minutes < 60 * 48) return t('age.hours', { n: Math.floor(minutes / 60) });
  return t('age.days', { n: Math.floor(minutes / 1440) });
}
