import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { greetingName, properName } from '../../pipeline/normalise/names.ts';

test.each([
  ['JOHN', 'John'],
  ['smith', 'Smith'],
  ['MCDONALD', 'McDonald'],
  ['McDONALD', 'McDonald'],
  ["O'NEIL", "O'Neil"],
  ['O’BRIEN', "O'Brien"],
  ['VAN DER BERG', 'Van der Berg'],
  ['DE LA CRUZ', 'De la Cruz'],
  ['LE', 'Le'],
  ['SMITH III', 'Smith III'],
  ['XI', 'Xi'],
  ['SMITH-MCDONALD', 'Smith-McDonald'],
  ['MACY', 'Macy'],
  ['MARY ANN', 'Mary Ann'],
  ['TY LEE', 'Ty Lee'],
  ['ST CLAIR', 'St Clair'],
  ['GARCÍA LÓPEZ', 'García López'],
  ['DeVito', 'DeVito'],
  ['van der Berg', 'van der Berg'],
  ['john Smith', 'John Smith'],
  ['JOHN Smith', 'John Smith'],
  ['  JOHN   PAUL ', 'John Paul'],
  ['"SMITH', 'Smith'],
  ['', ''],
])('%j is written %j', (exported, written) => {
  expect(properName(exported)).toBe(written);
});

test.each([
  ['John & Jane', 'John', 'John & Jane'],
  ['JOHN AND MARY', 'John', 'John and Mary'],
  ['John/Jane', 'John', 'John/Jane'],
  ['JOHN &amp; JANE', 'John', 'John & Jane'],
  ['john+jane', 'John', 'John + Jane'],
  ['JOHN, MARY', 'John', 'John, Mary'],
  ['J & MARY', 'J', 'J & Mary'],
  ['JOHN &', 'John', 'John'],
  ['& JANE', 'Jane', 'Jane'],
  ['ANDREA AND ANDY', 'Andrea', 'Andrea and Andy'],
  ['ROLAND', 'Roland', 'Roland'],
  ['MARY ANN', 'Mary Ann', 'Mary Ann'],
  ['JOHN Q.', 'John', 'John Q.'],
  ['MR. JOHN', 'John', 'Mr. John'],
])('a letter to %j greets %j, and %j is kept beside it', (exported, greeting, kept) => {
  expect(greetingName(exported)).toBe(greeting);
  expect(properName(exported)).toBe(kept);
});

test('a name once written well stays as it is', () => {
  const word = fc.constantFrom(
    'JOHN',
    'mary',
    "O'NEIL",
    'MCDONALD',
    'VAN',
    'DER',
    'III',
    '&',
    'AND',
    'ST',
    'Y',
    'DeVito',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), (words) => {
      const written = properName(words.join(' '));
      expect(properName(written)).toBe(written);
    }),
  );
});

test.each([' ', '&', ',', 'a&', '& '])('a name of a megabyte of %j is cut, not read for minutes', (sign) => {
  const name = properName(`MARY${sign.repeat(1_000_000 / sign.length)}x`);
  expect(name).toMatch(/^Mary/i);
  expect(name.length).toBeLessThanOrEqual(3_000);
  expect(greetingName(name)).toMatch(/^Mary/i);
});
