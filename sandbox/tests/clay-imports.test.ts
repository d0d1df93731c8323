import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  addFilter,
  chooseFile,
  exportCsv,
  importNew,
  makeFolder,
  makeWorkbook,
  openFolders,
  startImportInto,
  startValidation,
  validationEnd,
  waitForStatus,
  pick,
} from './clay-person.ts';
import { homeowners, openClay } from './open-clay.ts';

let opened: Awaited<ReturnType<typeof openClay>>;
beforeAll(async () => {
  opened = await openClay();
});
afterAll(() => opened.close());
beforeEach(() => opened.fault({ wording: 'current' }));

test('a table takes 50,000 rows of a larger file and says nothing of the rest', async () => {
  const { page } = opened;
  await opened.newWorkbook('too many');
  const lines = Array.from({ length: 50_250 }, (_, n) => `lead-${n},owner.${n}@example.com`);
  await importNew(
    page,
    { name: 'too many.csv', text: ['lead_id,Email_Address', ...lines].join('\n') },
    '50,000/50,000',
  );
  await expect(page.getByText(/limit|250|dropped/).count()).resolves.toBe(0);
  const { tables, imports, rowsDropped } = await opened.stats();
  expect(tables.at(-1)).toMatchObject({ name: 'too many', rows: 50_000, dropped: 250 });
  expect(imports.at(-1)).toMatchObject({ rows: 50_250, kept: 50_000, dropped: 250, state: 'done' });
  expect(rowsDropped).toBe(250);
});

test('a second import spends a credit a row by itself, unless auto-update was switched off', async () => {
  const { page } = opened;
  await opened.newWorkbook('two files');
  await importNew(page, { name: 'two files.csv', text: homeowners(300).text }, '300/300');
  await startValidation(page, 'Email_Address', ['First Safe To Send Email']);
  await validationEnd(page);
  const spent = async () => {
    const { creditsSpent, creditsByAutoUpdate, rows } = (await opened.stats()).tables.at(-1) ?? {};
    return { creditsSpent, creditsByAutoUpdate, rows };
  };
  expect(await spent()).toEqual({ creditsSpent: 300, creditsByAutoUpdate: 0, rows: 300 });

  await startImportInto(page, { name: 'second.csv', text: homeowners(200, 300).text });
  await page.getByRole('button', { name: 'Add to table' }).click();
  await page.getByText('500/500 rows').waitFor();
  const after = await validationEnd(page);
  expect((after['success'] ?? 0) + (after['empty'] ?? 0)).toBe(500);
  expect(await spent()).toEqual({ creditsSpent: 500, creditsByAutoUpdate: 200, rows: 500 });

  await page.getByRole('button', { name: 'Table settings' }).click();
  await page.getByRole('switch', { name: 'Auto-update', checked: true }).click();
  await page.getByRole('switch', { name: 'Auto-update', checked: false }).waitFor();
  await page.keyboard.press('Escape');
  await startImportInto(page, { name: 'third.csv', text: homeowners(100, 500).text });
  await page.getByRole('button', { name: 'Add to table' }).click();
  await page.getByText('600/600 rows').waitFor();
  await waitForStatus(page, /100 not run/);
  expect(await spent()).toEqual({ creditsSpent: 500, creditsByAutoUpdate: 200, rows: 600 });

  // What was not run can be run later, and only that.
  await page.getByRole('columnheader', { name: 'Validate Email' }).click({ button: 'right' });
  await pick(page, 'Run column');
  await pick(page, 'Run 100 rows that have not run or have errors');
  await waitForStatus(page, /^(?!.*(not run|running|queued))/);
  expect(await spent()).toEqual({ creditsSpent: 600, creditsByAutoUpdate: 200, rows: 600 });
});

test('columns map by their exact name: Home Value finds no Home_Value and lands beside it, silently', async () => {
  const { page } = opened;
  await opened.newWorkbook('mismatch');
  await importNew(page, { name: 'mismatch.csv', text: 'lead_id,Home_Value\n1,"$100,000"' }, '1/1');
  await startImportInto(page, { name: 'more.csv', text: 'lead_id,Home Value\n2,"$200,000"' });
  await page.getByRole('button', { name: 'Add to table' }).click();
  await page.getByText('2/2 rows').waitFor();
  expect(await exportCsv(page)).toBe('lead_id,Home_Value,Home Value\n1,"$100,000",\n2,,"$200,000"\n');

  await startImportInto(page, { name: 'again.csv', text: 'lead_id,Home Value\n3,"$300,000"' });
  await page.getByRole('combobox', { name: 'Map Home Value' }).click();
  await page.getByRole('option', { name: 'Home_Value', exact: true }).click();
  await page.getByRole('button', { name: 'Add to table' }).click();
  await page.getByText('3/3 rows').waitFor();
  expect((await exportCsv(page)).trim().split('\n').at(-1)).toBe('3,"$300,000",');
});

test('the older wording asks for the delimiter and the place, and saves with other words', async () => {
  const { page } = opened;
  await opened.newWorkbook('older');
  await importNew(page, { name: 'older.csv', text: 'a,b\n1,2' }, '1/1');
  await opened.fault({ wording: 'older' });
  await page.reload();
  await startImportInto(page, { name: 'more.csv', text: 'a,b\n3,4' });
  await expect(page.getByRole('combobox', { name: 'Delimiter' }).textContent()).resolves.toContain('Comma');
  await page.getByLabel('Add to current table').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Save and run rows in this CSV' }).click();
  await page.getByText('2/2 rows').waitFor();
});

test('auto-dedupe keeps the oldest row, of what is there and of what comes later', async () => {
  const { page } = opened;
  await opened.newWorkbook('dedupe');
  await importNew(page, { name: 'dedupe.csv', text: 'id,email\n1,a@x\n2,b@x\n3,a@x' }, '3/3');
  await page.getByRole('button', { name: 'Table settings' }).click();
  await page.getByRole('switch', { name: 'Auto-dedupe' }).click();
  await page.getByRole('combobox', { name: 'Dedupe column' }).click();
  await page.getByRole('option', { name: 'email' }).click();
  await page.getByText('2/2 rows').waitFor();
  await page.keyboard.press('Escape');
  await startImportInto(page, { name: 'more.csv', text: 'id,email\n4,b@x\n5,c@x' });
  await page.getByRole('button', { name: 'Add to table' }).click();
  await page.getByText('3/3 rows').waitFor();
  expect(await exportCsv(page)).toBe('id,email\n1,a@x\n2,b@x\n5,c@x\n');
  expect((await opened.stats()).imports.at(-1)).toMatchObject({ rows: 2, kept: 1, deduped: 1 });
});

test('names repeat freely: two folders, two workbooks, two tables of one name are two', async () => {
  const { page, clay } = opened;
  await page.goto(clay.url);
  await openFolders(page, 'Playground');
  for (const _ of [1, 2]) await makeFolder(page, 'Twins');
  await page.getByRole('link', { name: 'Twins' }).nth(1).waitFor();
  const place = page.url();
  const first = await makeWorkbook(page, 'Same name');
  await page.goto(place);
  expect(await makeWorkbook(page, 'Same name')).not.toBe(first);
  await importNew(page, { name: 'rows.csv', text: 'a\n1' }, '1/1');
  await importNew(page, { name: 'rows.csv', text: 'a\n1\n2' }, '2/2');
  expect(await page.getByRole('tab', { name: 'rows' }).count()).toBe(2);
  await page.goto(place);
  await page.getByRole('link', { name: 'Same name' }).nth(1).waitFor();
  expect(await page.getByRole('link', { name: 'Same name' }).count()).toBe(2);
});

test('a deleted workbook leaves its folder for the archive, and comes back with its rows', async () => {
  const { page } = opened;
  const workbook = await opened.newWorkbook('to be archived');
  await importNew(page, { name: 'kept.csv', text: 'a\n1\n2' }, '2/2');
  await page.goto(opened.clay.url);
  await openFolders(page, 'B2C');
  await page.getByRole('button', { name: 'More options for to be archived' }).click();
  await pick(page, 'Delete');
  await page.getByRole('link', { name: 'to be archived' }).waitFor({ state: 'hidden' });
  await page.goto(workbook);
  await page.getByRole('alert').filter({ hasText: 'in the archive' }).waitFor();
  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByText('2/2 rows').waitFor();
});

test('columns, tables and folders can be renamed, and a filter follows its column', async () => {
  const { page } = opened;
  await opened.newWorkbook('renamed');
  await importNew(page, { name: 'before.csv', text: 'State\nNJ\nTX\nNJ' }, '3/3');
  await addFilter(page, 'State', 'equals', 'NJ');
  await page.getByText('2/3 rows').waitFor();
  await page.getByRole('columnheader', { name: 'State' }).click({ button: 'right' });
  await pick(page, 'Rename column');
  await page.getByLabel('Column name').fill('ST');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('columnheader', { name: 'ST', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Table settings' }).click();
  await page.getByRole('button', { name: 'Rename table' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('after');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('tab', { name: 'after' }).waitFor();
  await page.reload();
  await page.getByText('2/3 rows').waitFor();
  expect(await exportCsv(page)).toBe('ST\nNJ\nNJ\n');
});

test('a file without columns is refused on the page', async () => {
  const { page } = opened;
  await opened.newWorkbook('nothing');
  await page.getByRole('button', { name: '+ Add' }).click();
  await pick(page, 'Import from CSV');
  await chooseFile(page, { name: 'empty.csv', text: '' });
  await page.getByRole('alert').filter({ hasText: 'no columns' }).waitFor();
});
