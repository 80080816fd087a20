// @ts-check
/**
 * Whether a text looks as if it told who a patient is. A hint for the person who writes, made on the
 * phone: the text goes nowhere for it, and it may be wrong in both directions.
 */

const CLINICAL =
  /\b(patients?|pat\.|pt\.?|admitted|admission|discharged?|surgery|operated|operation|biopsy|diagnos\w*|died|deceased|born|dob|d\.o\.b|birth\w*|patientin|patienten|aufgenommen|entlassen|operiert|geboren|geb|né|née|patiente|hospitali[sz]\w*|opéré\w*|paciente|ingresad\w*|operad\w*|nacid\w*|paziente|ricoverat\w*|operat[oa]|nat[oa])\b/iu;

const DATE =
  /(?<![\d.])(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)?\d{2}|(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])|(?:0?[1-9]|1[0-2])\/(?:0?[1-9]|[12]\d|3[01])\/(?:19|20)\d{2})(?!\d)/u;

/** An address, with something before and after its sign. */
const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}\.[\p{L}]{2,}/u;

/** With a plus, or in groups: seven digits or more. Doses, years and trial sizes are shorter. */
const PHONE = /(?<![\p{L}\d.,])(?:\+\d[\d ()/.-]{7,}\d|\(?0\d{1,4}\)?[ /-]\d[\d -]{4,}\d|\d{3}[ .-]\d{3}[ .-]\d{4})(?!\d)/u;

const RECORD =
  /\b(?:mrn|nhs|ssn|case|record|chart|file|hospital|fall|akte|patient(?:en)?|dossier|caso|expediente|cartella)[\s-]*(?:no|nr|num|number|nummer|id|n°|#)?[\s.:#-]*[a-z]{0,3}\d{5,}\b/iu;

/** National numbers that are told by their form: 943 476 5919, 123-45-6789. */
const NATIONAL = /(?<!\d)(?:\d{3} \d{3} \d{4}|\d{3}-\d{2}-\d{4})(?!\d)/u;

const AGE_BEFORE = /(?<![\d.,])(9\d|1[01]\d)[\s-]*(?:-?year|yr|y\/?o\b|yo\b|jähr|ans\b|años|anni\b)/iu;
const AGE_AFTER = /\b(?:aged?|age of|alter von|âgée? de|edad de|età di)\s+(9\d|1[01]\d)\b/iu;

/**
 * What it is that could tell who somebody is, or null.
 *
 * @param {string} text
 * @returns {'email'|'phone'|'record'|'date'|'age'|null}
 */
export function identifies(text) {
  if (EMAIL.test(text)) return 'email';
  if (RECORD.test(text) || NATIONAL.test(text)) return 'record';
  if (PHONE.test(text)) return 'phone';
  if (DATE.test(text) && CLINICAL.test(text)) return 'date';
  // Over 89, an age alone is rare enough to tell (HIPAA, 45 CFR 164.514(b)(2)(i)(C)).
  const age = AGE_BEFORE.exec(text) ?? AGE_AFTER.exec(text);
  return age && Number(age[1]) > 89 ? 'age' : null;
}
