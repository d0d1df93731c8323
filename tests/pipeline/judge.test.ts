import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeAll, type JudgedRow } from '../../pipeline/judge/all.ts';
import { atOnce } from '../../pipeline/turns.ts';
import { booksDifference, booksOf, stateLabel } from '../../pipeline/judge/books.ts';
import { judgeRow, type Rules } from '../../pipeline/judge/row.ts';
import type { Lead, Verdict } from '../../pipeline/vocabulary.ts';
import { day, month, zip } from '../support/branded.ts';

const rules: Rules = {
  renewalMonth: month('2027-03'),
  askedZips: new Set([zip('75034')]),
  homeValueLimit: 900_000,
};

const good: Lead = {
  firstName: 'John',
  greetingName: 'John',
  lastName: 'Smith',
  address: '12 Main St',
  city: 'Frisco',
  state: 'TX',
  zip: zip('75034'),
  phone: null,
  phoneBlanked: false,
  email: 'john@example.com',
  purchaseDate: day('2020-03-15'),
  homeValue: 450_000,
  headHousehold: 'Y',
  income: '',
  dateOfBirth: null,
};

/**
 * What is wrong with a row, from the last reason of docs/sop.md#lead-states to the first; each is worse than those
 * before it.
 */
const faults: readonly (readonly [string, Partial<Lead>])[] = [
  ['rejected: email', { email: null }],
  ['rejected: home_value', { homeValue: 900_001, state: 'OK' }],
  ['high_net_worth', { homeValue: 900_001, state: 'TX' }],
  ['rejected: home_value_missing', { homeValue: null }],
  ['rejected: head_household', { headHousehold: 'No' }],
  ['rejected: name', { lastName: '' }],
  ['quarantined: zip not asked for', { zip: zip('75035') }],
  ['quarantined: wrong month', { purchaseDate: day('2020-04-15') }],
  ['quarantined: unreadable', { purchaseDate: null }],
];

const stateOf = (lead: Lead | null): string => {
  const judgement = judgeRow(lead, rules);
  return judgement === 'alive' ? 'alive' : stateLabel(judgement);
};

describe('one state per lead', () => {
  test.each(faults)('%s', (state, fault) => {
    expect(stateOf({ ...good, ...fault })).toBe(state);
  });

  const ties = faults.flatMap((worse, index) =>
    faults.slice(0, index).map((lesser) => [worse[0], lesser[0], worse, lesser] as const),
  );
  test.each(ties)('%s goes before %s', (state, _lesser, worse, lesser) => {
    const lead = { ...good, ...lesser[1], ...worse[1] };
    expect(stateOf(lead)).toBe(state);
  });

  test('a good row is alive; one that nobody could read is not', () => {
    expect(stateOf(good)).toBe('alive');
    expect(stateOf(null)).toBe('quarantined: unreadable');
    expect(stateOf({ ...good, zip: null })).toBe('quarantined: unreadable');
  });

  test('a home worth exactly the limit stays', () => {
    expect(stateOf({ ...good, homeValue: 900_000 })).toBe('alive');
    expect(stateOf({ ...good, homeValue: 900_000, state: 'OK' })).toBe('alive');
  });

  test('a home bought in any March renews in March', () => {
    expect(stateOf({ ...good, purchaseDate: day('1987-03-31') })).toBe('alive');
  });
});

const judged = (rows: readonly JudgedRow[], verdicts: Record<string, Verdict> = {}): string[] =>
  atOnce(judgeAll(rows, rules, new Map(Object.entries(verdicts)))).map(stateLabel);

describe('the same person twice', () => {
  test('the earlier row keeps its place, whatever the verdict', () => {
    expect(judged([{ lead: good }, { lead: { ...good, address: '9 Elm St' } }])).toEqual(['unverified', 'duplicate']);
    expect(judged([{ lead: good }, { lead: good }], { 'john@example.com': 'Safe to Send' })).toEqual([
      'cleaned',
      'duplicate',
    ]);
    expect(judged([{ lead: good }, { lead: good }], { 'john@example.com': 'Risky' })).toEqual([
      'rejected: Risky',
      'duplicate',
    ]);
  });

  test('an earlier row that did not get this far keeps nothing', () => {
    const lost = { ...good, headHousehold: '' };
    expect(judged([{ lead: lost }, { lead: good }])).toEqual(['rejected: head_household', 'unverified']);
  });

  test('a row that is uploaded already keeps its place against an earlier one', () => {
    expect(judged([{ lead: good }, { lead: good, pinned: true }, { lead: good, pinned: true }])).toEqual([
      'duplicate',
      'unverified',
      'duplicate',
    ]);
  });

  test('a row that was moved away only counts, and keeps nothing', () => {
    expect(judged([{ lead: good, moved: true }, { lead: good }, { lead: null, moved: true }])).toEqual([
      'moved',
      'unverified',
      'moved',
    ]);
  });

  test('two people of one address are two leads', () => {
    expect(judged([{ lead: good }, { lead: { ...good, email: 'ann@example.com' } }])).toEqual([
      'unverified',
      'unverified',
    ]);
  });
});

test.each([
  [undefined, 'unverified'],
  ['Safe to Send', 'cleaned'],
  ['Invalid', 'rejected: Invalid'],
  ['Risky', 'rejected: Risky'],
  ['Unknown', 'rejected: Unknown'],
] as const)('the verdict %j makes a lead %s', (verdict, state) => {
  expect(judged([{ lead: good }], verdict ? { 'john@example.com': verdict } : {})).toEqual([state]);
});

test('the books balance, and per e-mail at most one lead is kept', () => {
  const lead = fc
    .record({
      fault: fc.constantFrom(undefined, ...faults.map(([, fault]) => fault)),
      email: fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com'),
    })
    .map(({ fault, email }): Lead => ({ ...good, email, ...fault }));
  const row = fc.record({ lead: fc.option(lead), pinned: fc.boolean(), moved: fc.boolean() });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      const judgements = atOnce(judgeAll(rows, rules, new Map([['a@example.com', 'Safe to Send']])));
      const books = booksOf(judgements);
      expect(booksDifference(rows.length, books)).toBe(0);
      expect(books.cleaned ?? 0).toBeLessThanOrEqual(1);
      expect(books.unverified ?? 0).toBeLessThanOrEqual(2);
    }),
  );
});

test('a difference in the books is named with its sign', () => {
  expect(booksDifference(10, { cleaned: 4, 'rejected: email': 3 })).toBe(3);
  expect(booksDifference(5, { cleaned: 7 })).toBe(-2);
});
