import { expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { csvLine, readCsv } from '../clay/server/csv.ts';
import { compute, findKind, generate, ordinal, type FormulaKind } from '../clay/server/formula.ts';
import { addRows, makeTable, startDedupe } from '../clay/server/table.ts';
import { testOf } from '../clay/server/view.ts';

const columns = ['Home_Value', 'Purchase_Date', 'Email_Address'].map((name) => ({ id: name, name }));
const right = (): boolean => false;

test.each<[string, FormulaKind, string]>([
  ['Take the Home Value from /Home Value and convert it into just a number.', 'number', 'Home_Value'],
  ['Convert /Home_Value to a numeric value without $ and commas', 'number', 'Home_Value'],
  [
    'Take the date from /Purchase Date and give me back just the month and the day (ex: 08/03/2023 → "August 3rd").',
    'readable',
    'Purchase_Date',
  ],
  ['Write /Purchase_Date as month and day, like August 3rd', 'readable', 'Purchase_Date'],
  [
    'Take the date from /Purchase Date and return only the day of the month (ex: 08/03/2023 → 3).',
    'day',
    'Purchase_Date',
  ],
  ['Give me the day of the month of /Purchase_Date as a number', 'day', 'Purchase_Date'],
])('the generator understands “%s”', (prompt, kind, source) => {
  expect(generate(prompt, columns, right)).toMatchObject({ kind, sourceId: source, wrong: false });
});

test('a prompt that asks for nothing known, or names no column, gives no formula', () => {
  expect(generate('Make /Home_Value nicer', columns, right)).toBeNull();
  expect(generate('Convert it into just a number.', columns, right)).toBeNull();
  expect(findKind('hello')).toBeNull();
});

test('formulas read dollars and dates, and leave blank what they cannot read', () => {
  const make = (kind: FormulaKind, wrong = false) => ({ kind, wrong, sourceId: 'x', text: '' });
  expect(['$1,250,000', '900000', '$75.50', '', 'n/a'].map((value) => compute(make('number'), value))).toEqual([
    '1250000',
    '900000',
    '75.5',
    '',
    '',
  ]);
  expect(['08/03/2023', '2024-02-29', '13/01/2020', ''].map((value) => compute(make('readable'), value))).toEqual([
    'August 3rd',
    'February 29th',
    '',
    '',
  ]);
  expect(['08/03/2023', '2/29/2024'].map((value) => compute(make('day'), value))).toEqual(['3', '29']);
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30, 31].map(ordinal).join(' ')).toBe(
    '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 30th 31st',
  );
});

test('a wrong formula is wrong for some rows only', () => {
  const make = (kind: FormulaKind) => ({ kind, wrong: true, sourceId: 'x', text: '' });
  expect(['$1,250,000', '$999,999'].map((value) => compute(make('number'), value))).toEqual(['125', '999999']);
  expect(['08/03/2023', '08/13/2023'].map((value) => compute(make('readable'), value))).toEqual([
    'March 8th',
    'August 13th',
  ]);
  expect(['08/03/2023', '08/13/2023'].map((value) => compute(make('day'), value))).toEqual(['8', '13']);
});

test('filters compare numbers with numbers, and a dollar amount is a text', () => {
  const passes = (operator: Parameters<typeof testOf>[0]['operator'], value: string, cell: string): boolean =>
    testOf({ columnId: 'x', operator, value })(cell);
  expect(passes('less than or equal to', '900,000', '900000')).toBe(true);
  expect(passes('less than or equal to', '900000', '900001')).toBe(false);
  expect(passes('less than or equal to', '900000', '')).toBe(false);
  expect(passes('less than or equal to', '900000', '$850,000')).toBe(false);
  expect(passes('is not empty', '', '  ')).toBe(false);
  expect(passes('is empty', '', '')).toBe(true);
  expect(passes('equals', 'Safe to Send', 'Safe to Send')).toBe(true);
  expect(passes('contains', 'SEND', 'Safe to Send')).toBe(true);
});

test('a CSV is read whatever its quotes and line ends, and written so that it reads back', async () => {
  const awkward = ['plain', 'a, b', 'say "hi"', 'two\nlines', ''];
  const text = '\uFEFFh1,h2,h3,h4,h5\r\n' + csvLine(awkward) + '\n' + 'short,row\n' + '"open';
  expect(await readCsv(Readable.from([Buffer.from(text)]), ',')).toEqual({
    headers: ['h1', 'h2', 'h3', 'h4', 'h5'],
    records: [awkward, ['short', 'row'], ['open']],
  });
});

test('auto-dedupe keeps the oldest row of a value, spares blanks, and minds letters’ case', () => {
  const table = makeTable('t', 'wb', 'people');
  table.columns.push({ id: 'email', name: 'Email', kind: 'text', values: [] });
  const pick = new Map([['email', 0]]);
  addRows(table, [['a@x'], ['b@x'], ['a@x'], [''], ['']], pick);
  startDedupe(table, 'email');
  expect(table.rows).toBe(4);
  expect(addRows(table, [['b@x'], ['B@x'], ['']], pick)).toMatchObject({ kept: 2, deduped: 1 });
  expect(table.columns[0]).toMatchObject({ values: ['a@x', 'b@x', '', '', 'B@x', ''] });
});
