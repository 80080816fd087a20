import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifies } from '../../../webroot/pages/attendee/patient.js';

const TELLING = {
  email: ['Write to j.mueller@klinik-nord.example about her', 'mail müller@praxis.de'],
  phone: ['Her daughter is at +49 170 1234567', 'call 030 1234 5678 for the file', 'ring 555-123-4567'],
  record: ['MRN 00482915 had a stent', 'Patient no. 8812345', 'case #123456', 'NHS 943 476 5919', '123-45-6789', 'Fall-Nr. 2024117'],
  date: [
    'The patient was admitted on 12.03.2024 with chest pain',
    'Born 1941-05-30, on apixaban',
    'operated on 3/14/2024, what next?',
    'Patientin, geb. 05.11.1938',
  ],
  age: ['A 94-year-old woman with AF', 'what about a 101 yo man', 'aged 92, frail', 'eine 93-jährige', 'une femme de 95 ans'],
};

test('what could tell who a patient is gets a hint', () => {
  for (const [kind, texts] of Object.entries(TELLING)) {
    for (const text of texts) assert.equal(identifies(text), kind, text);
  }
});

test('what is asked every day gets none', () => {
  for (const text of [
    'Does this hold for patients over 80?',
    'And for patients over 90?',
    'Is 20-30 mg twice a day enough, or 2.5-5 mg?',
    'How was the 2019 guideline applied in the 15000 patients of the trial?',
    'What was the hazard ratio, 0.82 (0.71-0.95)?',
    'Was NCT01234567 stopped early?',
    'The talk on 12.03.2024 said otherwise',
    'HbA1c 7.5, eGFR 28, NT-proBNP 12500?',
    'Does an ejection fraction below 40 % in 90 % of them matter?',
    'Is the 30-day mortality of 65-year-olds known?',
    '',
  ]) {
    assert.equal(identifies(text), null, text);
  }
});

test('a long text without a word in it costs nothing', () => {
  const begun = performance.now();
  identifies('1 '.repeat(1_000));
  identifies('a.'.repeat(1_000));
  identifies('0 1-'.repeat(500));
  assert.ok(performance.now() - begun < 200);
});
