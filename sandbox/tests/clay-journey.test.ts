import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import {
  addFilter,
  addFormula,
  exportCsv,
  importNew,
  makeFolder,
  makeWorkbook,
  openFolders,
  startValidation,
  validationEnd,
} from './clay-person.ts';
import { homeowners, openClay } from './open-clay.ts';
import { defaultVerdict } from '../debounce/index.ts';

let opened: Awaited<ReturnType<typeof openClay>>;
beforeAll(async () => {
  opened = await openClay();
});
afterAll(() => opened.close());

test('folders, a workbook and a table are made by hand, and the table’s address opens it again', async () => {
  const { page, clay } = opened;
  await page.goto(clay.url);
  await openFolders(page, 'B2C');
  await makeFolder(page, 'Lakeside Insurance');
  await openFolders(page, 'Lakeside Insurance');
  await makeFolder(page, '2027-03');
  await openFolders(page, '2027-03');
  const workbook = await makeWorkbook(page, 'Lakeside 2027-03');
  expect(workbook).toMatch(/\/workspaces\/\w+\/workbooks\/wb_\w+$/);
  await importNew(page, { name: 'lakeside 1.csv', text: homeowners(120).text }, '120/120');
  expect(page.url()).toMatch(/\/workbooks\/wb_\w+\/tables\/t_\w+$/);
  const table = page.url();

  await page.goto(clay.url);
  await page.goto(table);
  await page.getByText('120/120 rows').waitFor();
  await page.getByRole('tab', { name: 'lakeside 1', selected: true }).waitFor();
  await page.goto(workbook);
  await page.waitForURL(table);
  expect(await opened.stats()).toMatchObject({
    foldersMade: 2,
    workbooksMade: 1,
    tablesMade: 1,
    imports: [{ file: 'lakeside 1.csv', rows: 120, kept: 120, dropped: 0, state: 'done' }],
    tables: [{ workbook: 'Lakeside 2027-03', folder: ['B2C', 'Lakeside Insurance', '2027-03'], rows: 120 }],
  });
});

test('5,000 rows: three formulas, two filters, validation to the end, and the export is the view, row by row', async () => {
  const { page } = opened;
  const { text, records } = homeowners(5_000);
  await opened.newWorkbook('five thousand');
  await importNew(page, { name: 'five thousand.csv', text }, '5,000/5,000');
  await addFormula(
    page,
    'Home_Value',
    'Numeric Home Value',
    'Take the Home Value from /Home Value and convert it into just a number.',
  );
  await addFormula(
    page,
    'Purchase_Date',
    'Readable Purchase Date',
    'Take the date from /Purchase Date and give me back just the month and the day (ex: 08/03/2023 → "August 3rd").',
  );
  await addFormula(
    page,
    'Readable Purchase Date',
    'Purchase Day',
    'Take the date from /Purchase Date and return only the day of the month (ex: 08/03/2023 → 3).',
  );
  await addFilter(page, 'Head_Household', 'is not empty');
  await addFilter(page, 'Numeric Home Value', 'less than or equal to', '900,000');

  const dollars = (value: string): number => Number(value.replace(/[$,]/g, ''));
  const wanted = records.filter((record) => record.Head_Household !== '' && dollars(record.Home_Value) <= 900_000);
  const shown = wanted.length.toLocaleString('en-US');
  await page.getByText(`${shown}/5,000 rows`).waitFor();
  expect(await startValidation(page, 'Email_Address', ['First Safe To Send Email', 'Reason'])).toBe(
    `Save and run ${shown} rows in this view`,
  );
  const blank = wanted.filter(({ Email_Address }) => Email_Address === '').length;
  expect(await validationEnd(page)).toEqual({
    success: wanted.length - blank,
    empty: blank,
    'not run': 5_000 - wanted.length,
  });

  const rows: Record<string, string>[] = parse(await exportCsv(page), { columns: true });
  expect(rows).toEqual(
    wanted.map((record) => {
      const day = Number(record.Purchase_Date.slice(3, 5));
      const verdict = record.Email_Address === '' ? null : defaultVerdict(record.Email_Address);
      return {
        ...record,
        'Numeric Home Value': String(dollars(record.Home_Value)),
        'Readable Purchase Date': `March ${day}${{ 1: 'st', 2: 'nd', 3: 'rd', 21: 'st', 22: 'nd', 23: 'rd', 31: 'st' }[day] ?? 'th'}`,
        'Purchase Day': String(day),
        'Validate Email': verdict?.result ?? '',
        'First Safe To Send Email': verdict?.result === 'Safe to Send' ? record.Email_Address : '',
        Reason: verdict?.reason ?? '',
      };
    }),
  );
  // Every row of the view was paid for, the blank ones too; DeBounce heard of the others, five at a time.
  expect(await opened.stats()).toMatchObject({
    formulasGenerated: 3,
    formulaRuns: 3,
    enrichmentRuns: 1,
    creditsSpent: wanted.length,
    creditsByAutoUpdate: 0,
    exports: [{ table: 'five thousand', rows: wanted.length, complete: true }],
  });
  const heard = await opened.debounceStats();
  expect(heard.answered).toBe(wanted.length - blank);
  expect(heard.maxConcurrent).toBeLessThanOrEqual(5);
});

test('only the rows in sight are in the document, and scrolling brings the last one', async () => {
  const { page } = opened;
  const grid = page.getByRole('grid');
  expect(await grid.getByRole('row').count()).toBeLessThan(80);
  await grid.hover();
  await page.mouse.wheel(5_000, 5_000 * 40);
  await grid.getByRole('gridcell', { name: 'lead-4999', exact: true }).waitFor();
  expect(await grid.getByRole('row').count()).toBeLessThan(80);
});
