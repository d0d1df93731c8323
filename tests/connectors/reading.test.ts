import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readClayExport, readProgress, readRowCount } from '../../connectors/clay/schema.ts';
import { readRecordCount, readSelected, readZips } from '../../connectors/cole/schema.ts';

test.each<[string, number | null]>([
  ['12,345 records', 12_345],
  ['12345 Results', 12_345],
  ['Records found: 12,345', 12_345],
  ['Total: 1,204', 1_204],
  ['Showing 1–50 of 12,345 records', 12_345],
  ['Your search found 1 household', 1],
  ['We found 7,001 matching homeowners', 7_001],
  ['Results (2,345)', 2_345],
  ['0 records', 0],
  ['No records found.', 0],
  ['Your search did not match any households.', 0],
  ['10,000+ records', 10_000],
  ['7,001 records available', 7_001],
  ['7,001 available records', 7_001],
  ['Records matching your criteria: 7,001', 7_001],
  ['Total available: 7,001', 7_001],
  ['Showing 1 - 25 of 12,345', 12_345],
  ['1–25 of 12,345', 12_345],
  ['Matched 7,001 of 120,000 records', 7_001],
  ['12.345 records', 12_345],
  ['45,000 records available this month', null],
  ['Download credits: 45,000 records available in your plan', null],
  ['Page 1 of 494', null],
  ['An export must hold fewer than 10,000 records', null],
  ['Maximum of 10,000 records per download', null],
  ['25 records per page', null],
  ['You have 45,000 records left this month', null],
  ['50 records selected', null],
  ['75034, 75035', null],
  ['Welcome back', null],
])('"%s" says %p records', (line, count) => {
  expect(readRecordCount([line])).toBe(count);
});

test('the count of the search goes before other numbers of the page', () => {
  expect(
    readRecordCount(['Exports are limited to 10,000 records', '25 records per page', 'Showing 25 of 12,345 records']),
  ).toBe(12_345);
  expect(readRecordCount(['12,345', 'records', 'Page 1 of 494'])).toBe(12_345);
  expect(readRecordCount(['Total records', '812', 'Back'])).toBe(812);
  expect(readRecordCount(['12,345', 'Total Matching Records'])).toBe(12_345);
  expect(readRecordCount(['Matching records', '12,345'])).toBe(12_345);
});

test('what is selected is read apart from what was found', () => {
  expect(readSelected(['All 50 records on this page are selected.'])).toBe(50);
  expect(readSelected(['12,345 records', '12,345 selected'])).toBe(12_345);
  expect(readSelected(['12,345 records'])).toBeNull();
});

test('the ZIPs of a summary are read, hints and counts of records are not', () => {
  expect(readZips(['ZIP codes: 75034, 75035'])).toEqual({ zips: new Set(['75034', '75035']), whole: true });
  expect(readZips(['ZIP 75034: 120 records', 'ZIP 75035: 80 records'])).toMatchObject({ whole: false });
  expect(readZips(['ZIP codes 75034, 75035 and 23 more'])).toMatchObject({ whole: false });
  expect(readZips(['25 ZIP codes'])).toEqual({ count: 25 });
  expect(readZips(['Enter up to 500 ZIP codes, e.g. 75034', '12345 records in your ZIP codes'])).toBeNull();
});

test.each<[string, number | null]>([
  ['35,204 rows', 35_204],
  ['12,000 / 35,204 rows', 35_204],
  ['32,101 of 40,000 rows', 40_000],
  ['Rows: 120', 120],
  ['Save and run 120 rows in this view', null],
  ['A table takes up to 50,000 rows', null],
])('"%s" says that the table has %p rows', (line, rows) => {
  expect(readRowCount([line])).toBe(rows);
});

test.each([
  [['480 success · 3 errors · 17 running'], { total: 500, success: 480, error: 3, empty: 0, running: 17 }],
  [['Success: 400', 'Error: 10', 'Empty: 20'], { total: 500, success: 400, error: 10, empty: 20, running: 70 }],
  [
    ['Validate Email: 12 success · 0 error · 488 queued'],
    { total: 500, success: 12, error: 0, empty: 0, running: 488 },
  ],
  [['Validate Email 483/500'], { total: 500, success: 483, error: 0, empty: 0, running: 17 }],
  [['Nothing here'], null],
])('%j tells how a column stands', (lines, progress) => {
  expect(readProgress(lines, 500)).toEqual(progress);
});

const rows = (...lines: string[]) => lines.map((line) => line.split('|'));

test("a Clay export is read by its columns' meaning, whatever they are called", async () => {
  const results = await readClayExport(
    rows(
      'First_Name|Lead ID|numeric home value|Readable Purchase Date|Purchase_Day|Debounce|First Safe To Send Email',
      'Ann|7|450000|August 3rd|3|Safe to Send|ann@example.com',
      'Bob|8|900000|March 21st|21|Invalid|',
      'Cid|9|1|May 1st|1||',
    ),
  );
  expect(results).toEqual([
    {
      leadId: '7',
      numericHomeValue: '450000',
      readablePurchaseDate: 'August 3rd',
      purchaseDay: '3',
      verdict: 'Safe to Send',
    },
    {
      leadId: '8',
      numericHomeValue: '900000',
      readablePurchaseDate: 'March 21st',
      purchaseDay: '21',
      verdict: 'Invalid',
    },
    { leadId: '9', numericHomeValue: '1', readablePurchaseDate: 'May 1st', purchaseDay: '1', verdict: null },
  ]);
});

test('without a column of verdicts, an address under "First Safe To Send Email" is the only verdict there is', async () => {
  const results = await readClayExport(
    rows(
      'lead_id|Numeric Home Value|Readable Purchase Date|Purchase Day|First Safe To Send Email',
      '1|2|May 1st|1|a@example.com',
      '2|2|May 1st|1|',
    ),
  );
  expect(results.map(({ verdict }) => verdict)).toEqual(['Safe to Send', 'not named safe']);
});

test('verdicts are known inside what Clay puts around them', async () => {
  const results = await readClayExport(
    rows(
      'lead_id|Numeric Home Value|Readable Purchase Date|Purchase Day|Validate Email',
      '1|2|May 1st|1|✅ Safe to Send',
      '2|2|May 1st|1|{"result":"Risky"}',
      '3|2|May 1st|1|error',
    ),
  );
  expect(results.map(({ verdict }) => verdict)).toEqual(['Safe to Send', 'Risky', null]);
});

test('an export file is read; one without lead ids is refused by name', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'leadops-clay-test-')), 'export.csv');
  writeFileSync(
    path,
    '\uFEFF"lead_id","Numeric Home Value","Readable Purchase Date","Purchase Day","Result"\r\n"5","10","May 1st","1","Unknown"\r\n',
  );
  expect(await readClayExport(path)).toMatchObject([{ leadId: '5', verdict: 'Unknown' }]);
  await expect(readClayExport(rows('Name|Purchase Day', 'a|1'))).rejects.toMatchObject({ name: 'DataMismatch' });
});
