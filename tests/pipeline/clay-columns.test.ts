import { expect, test } from '@jest/globals';
import { clayColumns, compareClayColumns, ordinal } from '../../pipeline/clay-columns.ts';
import { atOnce } from '../../pipeline/turns.ts';
import { day } from '../support/branded.ts';

test.each([
  [1, '1st'],
  [2, '2nd'],
  [3, '3rd'],
  [4, '4th'],
  [10, '10th'],
  [11, '11th'],
  [12, '12th'],
  [13, '13th'],
  [20, '20th'],
  [21, '21st'],
  [22, '22nd'],
  [23, '23rd'],
  [24, '24th'],
  [30, '30th'],
  [31, '31st'],
])('day %d is the %s', (number, text) => {
  expect(ordinal(number)).toBe(text);
});

test('the three columns are what the SOP asks Clay for', () => {
  expect(clayColumns({ homeValue: 850_000, purchaseDate: day('2023-08-03') })).toEqual({
    numericHomeValue: 850_000,
    readablePurchaseDate: 'August 3rd',
    purchaseDay: 3,
  });
});

const expected = clayColumns({ homeValue: 850_000, purchaseDate: day('2023-08-03') });
const right = { numericHomeValue: '850000', readablePurchaseDate: 'August 3rd', purchaseDay: '3' };
const wrongRows = (got: Partial<typeof right>): number =>
  atOnce(compareClayColumns([{ leadId: '1', expected, got: { ...right, ...got } }])).rows;

test.each([
  [{ numericHomeValue: '$850,000' }],
  [{ numericHomeValue: ' 850000.00 ' }],
  [{ readablePurchaseDate: ' August  3rd ' }],
  [{ readablePurchaseDate: '"August 3rd"' }],
  [{ purchaseDay: '03' }],
  [{ purchaseDay: '3.0' }],
])('%j is the same, written otherwise', (got) => {
  expect(wrongRows(got)).toBe(0);
});

test.each([
  [{ numericHomeValue: '850001' }],
  [{ numericHomeValue: '85000' }],
  [{ numericHomeValue: '850000.4' }],
  [{ numericHomeValue: '' }],
  [{ readablePurchaseDate: 'August 3th' }],
  [{ readablePurchaseDate: 'August 3' }],
  [{ readablePurchaseDate: 'March 8th' }],
  [{ readablePurchaseDate: 'August 2nd' }],
  [{ purchaseDay: '8' }],
  [{ purchaseDay: '' }],
  [{ purchaseDay: 'error' }],
])('%j is another value', (got) => {
  expect(wrongRows(got)).toBe(1);
});

test('every row is compared, and a few examples of each column are shown', () => {
  const rows = Array.from({ length: 100 }, (_, index) => ({
    leadId: String(index),
    expected,
    got: index < 40 ? { ...right, purchaseDay: '2', numericHomeValue: index < 2 ? '1' : '850000' } : right,
  }));
  const comparison = atOnce(compareClayColumns(rows, 3));
  expect(comparison).toMatchObject({ compared: 100, rows: 40 });
  expect(comparison.examples).toEqual([
    { leadId: '0', column: 'numericHomeValue', expected: '850000', got: '1' },
    { leadId: '1', column: 'numericHomeValue', expected: '850000', got: '1' },
    { leadId: '0', column: 'purchaseDay', expected: '3', got: '2' },
    { leadId: '1', column: 'purchaseDay', expected: '3', got: '2' },
    { leadId: '2', column: 'purchaseDay', expected: '3', got: '2' },
  ]);
});
