import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { normaliseCompanyName } from '../../pipeline/intent/company-name.ts';
import { isSameCompany, restsUntilLater, type CompanyIdentity } from '../../pipeline/intent/exports.ts';
import { companyId, day, intentId } from './samples.ts';

test.each([
  ['ACME', 'acme'],
  ['Acme Inc', 'acme'],
  ['Acme, Inc.', 'acme'],
  ['Acme Incorporated', 'acme'],
  ['Acme Corp.', 'acme'],
  ['Acme Corporation', 'acme'],
  ['Acme L.L.C.', 'acme'],
  ['Acme, LLP', 'acme'],
  ['Acme Ltd', 'acme'],
  ['Acme Limited', 'acme'],
  ['Acme Co.', 'acme'],
  ['Acme Company', 'acme'],
  ['Acme PLLC', 'acme'],
  ['Acme, P.C.', 'acme'],
  ['Acme PA', 'acme'],
  ['The Acme Company, LLC', 'the acme'],
  ['  Acme   Tool  &  Die ', 'acme tool die'],
  ['Acme-Tool/Die', 'acme tool die'],
  ["O'Neil & Sons, Inc", 'oneil sons'],
  ['Café Olé Ltd.', 'cafe ole'],
  ['Incorporated Towns Co', 'incorporated towns'],
  ['Company', 'company'],
  ['Co Inc', 'co'],
  ['Pacific Limited Partners', 'pacific limited partners'],
  ['', ''],
  ['—', ''],
])('"%s" is compared as "%s"', (name, reduced) => {
  expect(normaliseCompanyName(name)).toBe(reduced);
});

test('reducing a name twice changes nothing more', () => {
  const word = fc.constantFrom('Acme', 'Inc', 'co', 'L.L.C.', 'the', '&', '', 'Tool-Die', 'PC');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), (words) => {
      const once = normaliseCompanyName(words.join(' '));
      expect(normaliseCompanyName(once)).toBe(once);
    }),
  );
});

const company = (parts: Partial<CompanyIdentity>): CompanyIdentity => ({
  intentId: null,
  companyId: null,
  name: '',
  ...parts,
});

test.each([
  ['the same company id', { companyId: companyId('1'), name: 'A' }, { companyId: companyId('1'), name: 'B' }],
  ['the same intent id', { intentId: intentId('1'), name: 'A' }, { intentId: intentId('1'), name: 'B' }],
  [
    'another id of the same space, one name',
    { intentId: intentId('1'), name: 'A' },
    { intentId: intentId('2'), name: 'A, Inc' },
  ],
  ['no id in common, one name', { intentId: intentId('1'), name: 'A Inc' }, { companyId: companyId('2'), name: 'a' }],
])('one company: %s', (_what, a, b) => {
  expect(isSameCompany(company(a), company(b))).toBe(true);
  expect(isSameCompany(company(b), company(a))).toBe(true);
});

test.each([
  ['another company id', { companyId: companyId('1'), name: 'A' }, { companyId: companyId('2'), name: 'B' }],
  ['an intent id and a company id of the same digits', { intentId: intentId('1') }, { companyId: companyId('1') }],
  ['no id in common, two names', { intentId: intentId('1'), name: 'A' }, { companyId: companyId('2'), name: 'B' }],
  ['no id and no name', {}, {}],
])('two companies: %s', (_what, a, b) => {
  expect(isSameCompany(company(a), company(b))).toBe(false);
  expect(isSameCompany(company(b), company(a))).toBe(false);
});

test.each([
  ['2026-11-23', 0, true],
  ['2026-05-28', 179, true],
  ['2026-05-27', 180, true],
  ['2026-05-26', 181, false],
])('exported on %s, %i days ago, a company rests for 180 days: %s', (exported, _days, rests) => {
  const acme = company({ name: 'Acme' });
  const past = [{ ...company({ name: 'ACME, Inc.' }), day: day(exported) }];
  expect(restsUntilLater(acme, past, day('2026-11-23'), 180)).toBe(rests);
  expect(restsUntilLater(company({ name: 'Other' }), past, day('2026-11-23'), 180)).toBe(false);
  expect(restsUntilLater(acme, past, day('2026-11-23'), 0)).toBe(false);
});
