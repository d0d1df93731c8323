import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { neutralised, writeCsv } from '../../connectors/csv/write.ts';

test.each([
  ['=1+1'],
  ["=cmd|' /C notepad'!'A1'"],
  ['@SUM(1+9)*cmd'],
  ['+1+1'],
  ['+1 (555) 555-0123'],
  ['-1+1'],
  ['-cmd'],
  ['\t=1'],
  ['\r=1'],
  ['\n=1'],
  ['＝1+1'],
])('%j could be a formula: it gets an apostrophe', (cell) => {
  expect(neutralised(cell)).toBe(`'${cell}`);
});

test.each([
  ['+15555550123'],
  ['-12'],
  ['-$1,250.50'],
  ['12'],
  ['$450,000'],
  ['John'],
  ['12 Main St'],
  ["O'Neil"],
  [''],
])('%j is harmless: it stays', (cell) => {
  expect(neutralised(cell)).toBe(cell);
});

test('commas, quotes and line breaks are quoted, lines end in CRLF', () => {
  expect(
    writeCsv(
      ['a', 'b'],
      [
        ['1,2', 'say "hi"'],
        ['two\nlines', 'x\ry'],
        ['', ''],
      ],
    ),
  ).toBe('a,b\r\n"1,2","say ""hi"""\r\n"two\nlines","x\ry"\r\n,\r\n');
});

test('what we write a strict reader reads back, but for the apostrophes', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', '=', '1'), maxLength: 6 });
  const row = fc.tuple(fc.constant('x'), cell, cell).map((values) => [...values]);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), (table) => {
      const [, ...rows] = parse(writeCsv(['id', 'one', 'two'], table));
      expect(rows).toEqual(table.map((values) => values.map(neutralised)));
    }),
  );
});
