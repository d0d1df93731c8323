import { expect, test } from '@jest/globals';
import { quotable, scrubbed } from '../../pipeline/scrub.ts';

test.each([
  ['The name has already been taken.', 'The name has already been taken.'],
  ['The First Name column is required', 'The First Name column is required'],
  ['Your Safe to Send rate limit was exceeded', 'Your Safe to Send rate limit was exceeded'],
  ["Field signalScoreMin is invalid: 'signalScoreMin'", "Field signalScoreMin is invalid: 'signalScoreMin'"],
  ['12,345 records exceed the limit of 10,000', '12,345 records exceed the limit of 10,000'],
  ['Row 12: "quillon marchbanks" is no name', 'Row 12: "•••" is no name'],
  ['Contact Quillon Marchbanks could not be imported', '••• could not be imported'],
  ['quillon@home.example is on the list, so is q%40home.example', '••• is on the list, so is •••'],
  ['call (512) 555-0148 or 512.555.0148 or +15125550148 or 555-0148', 'call ••• or ••• or ••• or •••'],
  ['born 03/14/1961, lives at 4417 N. Larkspur Lane', 'born •••, lives at •••'],
  [`id 4417123 of ${['xoxb', '1', 'secret'].join('-')} with Bearer abcdef123456`, 'id ••• of ••• with •••'],
  ['The lead Quillon at q@home.example was refused', 'The lead ••• at ••• was refused'],
  ['Lead Marchbanks was refused', '••• was refused'],
  ['Row of Marchbanks was refused', 'Row of ••• was refused'],
  ['companyId invalid for quillon marchbanks, q@home.example', 'companyId invalid for •••'],
  ['(512) 555-0148 quillon is on the list', '••• is on the list'],
])('a vendor’s words: %s', (said, kept) => {
  expect(quotable(said)).toBe(kept);
});

test('a sign-in page’s own sentences stay; of a refused lead’s only known words', () => {
  const said = 'Contoso Gateway: Ask Anybody, the Wizard expired';
  expect(quotable(said, 300, [], 'none')).toContain('the Wizard expired');
  expect(quotable(said)).not.toContain('Wizard');
  expect(quotable('first_name: marchbanks is taken', 300, [], 'in it')).toBe('first_name: ••• is taken');
  const laravel =
    'The selected sequence id is invalid. The email has already been taken. It may not be greater than 255 characters.';
  expect(quotable(laravel, 300, [], 'in it')).toBe(laravel);
});

test('our own words keep what we put there: days, ZIPs, counts, ids, links as far as their path', () => {
  const words =
    'List (February 1st - 7th renewals), 2027-02-01 2027-02-07, 75034 75035 75036, 12,345 leads of run 01234567, https://app.example/x/y';
  expect(scrubbed(words)).toBe(words);
});

test('a long line costs no more than its length', () => {
  const line = `${'a1'.repeat(200_000)} ${'1 2-3.'.repeat(50_000)} ${'Aa '.repeat(50_000)}`;
  expect(quotable(line).length).toBeLessThanOrEqual(300);
});
