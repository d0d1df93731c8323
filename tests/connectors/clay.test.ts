import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { press } from '../../connectors/browser/controls/press.ts';
import { ladder } from '../../connectors/browser/ladder.ts';
import { look } from '../../connectors/browser/survey.ts';
import { atTable, leaveTable } from '../../connectors/clay/at-table.ts';
import { columnsOf } from '../../connectors/clay/grid.ts';
import { makeClay, reachClay, readClayExport } from '../../connectors/clay/index.ts';
import type { ClaySession, TableRef, WorkbookRef } from '../../pipeline/ports/clay.ts';
import { clayFilters, clayFormulas } from '../../pipeline/workflows/pull/clay-hand-in.ts';
import { startGrid } from '../fixtures/pages/clay-grid.ts';
import { startSheet } from '../fixtures/pages/clay-sheet.ts';
import { html, servePages, type Pages } from '../fixtures/pages/server.ts';
import { makeWorkbook, makeWorkshop, type Workshop } from '../fixtures/pages/workshop.ts';
import { showPage } from './page.ts';
import { folder, makeSessionDeps, startBrowser } from './session-deps.ts';

const browser = startBrowser();
afterAll(() => browser.close());

const place = { root: 'B2C', client: 'Lakeside', month: 'March 2027', workbook: 'Lakeside 2027-03' };
const rows = 60;

/** Our own CSV: the canonical headers and `lead_id`. */
function ourCsv(): string {
  const head =
    'First_Name,Last_Name,Address_1,City,State,Zip,Cell Phone Number,Email_Address,Purchase_Date,Home_Value,Head_Household,Income,Date_of_Birth,lead_id';
  const lines = Array.from(
    { length: rows },
    (_, n) =>
      `Ann,Lee,${n} Elm St,Frisco,TX,75034,+14695550100,a${n}@example.com,08/${String((n % 28) + 1).padStart(2, '0')}/2020,${400_000 + n},Y,90000,01/01/1980,${1_000 + n}`,
  );
  const path = join(folder(), 'batch.csv');
  writeFileSync(path, `${[head, ...lines].join('\r\n')}\r\n`);
  return path;
}

describe.each([
  ['a grid with addresses, dialogs and menus', startGrid, clayFormulas],
  // One formula will do where the column is renamed by hand: it takes its time.
  ['a plain sheet of the older wording', startSheet, clayFormulas.slice(0, 1)],
] as const)('Clay as %s', (_name, start, formulas) => {
  let shop: Workshop;
  let pages: Pages;
  let workbook: WorkbookRef;
  let table: TableRef;
  const sessions = makeSessionDeps(browser);
  const options = () => ({
    ...sessions,
    url: pages.url,
    credentials: () => Promise.resolve({ username: 'ops@example.com', secret: 'pw-secret' }),
  });
  const at = <T>(work: (session: ClaySession) => Promise<T>) => makeClay(options()).at(work);
  const made = () => shop.workbooks[0]?.tables[0];
  beforeAll(async () => {
    shop = makeWorkshop();
    shop.takes = 400;
    pages = await start(shop);
  });
  afterAll(() => pages.close());

  test('is reached where workbooks begin, with the folder or without it, and nothing is made', async () => {
    await reachClay(options(), 'Archive');
    await reachClay(options(), place.root);
    expect(shop.folders.map(({ name }) => name)).toEqual(['Archive']);
    expect(sessions.closed.size).toBe(0);
  });

  test('makes folders and workbook once, and finds them ever after', async () => {
    workbook = await at((session) => session.workbook(place));
    expect(await at((session) => session.workbook(place))).toBe(workbook);
    expect(shop.folders.map(({ name }) => name)).toEqual(['Archive', 'B2C', 'Lakeside', 'March 2027']);
    expect(shop.workbooks.map(({ name }) => name)).toEqual(['Lakeside 2027-03']);
  });

  test('imports a CSV into a table of our name and waits for its rows', async () => {
    table = await at(async (session) => {
      expect(await session.findTable(workbook, 'Lakeside 1')).toBeNull();
      return session.importTable(workbook, 'Lakeside 1', ourCsv(), rows);
    });
    const [found, count] = await at(async (session) => [
      await session.findTable(workbook, 'Lakeside 1'),
      await session.rowCount(table),
    ]);
    expect(found).toMatchObject({ rows });
    expect(count).toBe(rows);
    expect(made()).toMatchObject({ name: 'Lakeside 1' });
    expect(shop.imports).toBe(1);
  });

  test('turns auto-update off, and leaves it off when asked again', async () => {
    await at((session) => session.turnAutoUpdateOff(table));
    expect(made()?.autoUpdate).toBe(false);
    await at((session) => session.turnAutoUpdateOff(table));
    expect(made()?.autoUpdate).toBe(false);
  });

  test('makes formula columns under their names, each once', async () => {
    await at(async (session) => {
      for (const formula of formulas) await session.formula(table, formula);
      for (const formula of formulas) await session.formula(table, formula);
    });
    const columns = made()?.columns.filter(({ kind }) => kind === 'formula') ?? [];
    expect(columns.map(({ name, source }) => [name, source])).toEqual(
      formulas.map(({ name, sourceColumn }) => [name, sourceColumn]),
    );
  });

  test('sets the filters once', async () => {
    await at((session) => session.filters(table, clayFilters(900_000)));
    await at((session) => session.filters(table, clayFilters(900_000)));
    expect(
      made()
        ?.filters.filter(({ column }) => column !== '')
        .map(({ column, operator, value }) => [column, operator, value]),
    ).toEqual([
      ['Head_Household', 'is not empty', ''],
      ['Numeric Home Value', 'less than or equal to', '900000'],
    ]);
  });

  test('starts the validation for as many rows as were said, and not for others', async () => {
    const tooMany = at(async (session) => {
      expect(await session.validation(table)).toBeNull();
      await session.startValidation(table, 'Email_Address', rows + 1);
    });
    await expect(tooMany).rejects.toMatchObject({ name: 'DataMismatch' });
    expect(shop.credits).toBe(0);
    await at((session) => session.startValidation(table, 'Email_Address', rows));
    expect(shop.credits).toBe(rows);
  });

  test('follows the validation to its end', async () => {
    const progress = await at(async (session) => {
      for (;;) {
        const now = await session.validation(table);
        if (!now || now.running === 0) return now;
      }
    });
    expect(progress).toEqual({ total: rows, success: 56, error: 4, empty: 0, running: 0 });
  });

  test('exports the view, joined back by lead_id', async () => {
    const to = join(folder(), 'results.csv');
    await at((session) => session.exportTable(table, to));
    if (formulas.length < clayFormulas.length) {
      await expect(readClayExport(to)).rejects.toMatchObject({ name: 'DataMismatch' });
      return;
    }
    const results = await readClayExport(to);
    expect(results.map(({ leadId }) => leadId)).toEqual(Array.from({ length: rows }, (_, n) => String(1_000 + n)));
    expect(results[0]).toEqual({
      leadId: '1000',
      numericHomeValue: '400000',
      readablePurchaseDate: 'August 1st',
      purchaseDay: '1',
      verdict: 'Safe to Send',
    });
    expect(results[2]).toMatchObject({ verdict: 'Invalid', readablePurchaseDate: 'August 3rd' });
    expect(results[5]).toMatchObject({ verdict: null });
    expect(readFileSync(to, 'utf8')).toContain('lead_id');
  });

  test('two workbooks of one name are a question, unless one was named before', async () => {
    makeWorkbook(shop, place.workbook, shop.folders.at(-1)?.id ?? '');
    await expect(at((session) => session.workbook(place))).rejects.toMatchObject({ name: 'NeedsHuman', need: 'CHECK' });
    if (!workbook.startsWith('{')) expect(await at((session) => session.workbook(place, workbook))).toBe(workbook);
  });
});

test('of a head that is scrolled half out of sight, the mark of its menu is no column', async () => {
  const names = ['State', 'Zip', 'City', 'Income', 'Street'];
  const heads = names.map(
    (name) =>
      `<div role=columnheader style="flex:none;width:180px;display:flex;justify-content:space-between"><span>${name}</span><span aria-hidden=true>▾</span></div>`,
  );
  const surface = await showPage(
    browser,
    `<div role=grid style="width:400px;overflow:auto"><div role=row style="display:flex">${heads.join('')}</div></div>`,
  );
  expect(await columnsOf(surface, 'State')).toEqual(names);
  await surface.page.context().close();
});

test('a table that stands open is not loaded again, but one beside which a panel stayed open is', async () => {
  let loads = 0;
  const pages = await servePages(({ path, response }) => {
    if (path === '/table') loads += 1;
    html(
      response,
      `<body><h1>Lakeside 1</h1><input aria-label="Search rows">
       <button onclick="document.body.insertAdjacentHTML('beforeend', '<textarea aria-label=Describe></textarea>')">Formula</button></body>`,
    );
  });
  const surface = await showPage(browser, '');
  const table = `${pages.url}/table` as TableRef;
  await atTable(surface, pages.url, table);
  await atTable(surface, pages.url, table);
  expect(loads).toBe(1);
  await press(surface, ladder('formula button', /^formula$/));
  await atTable(surface, pages.url, table);
  expect(loads).toBe(2);
  expect((await look(surface)).seen.map(({ own }) => own[0])).toEqual(['Search rows', 'Formula']);
  leaveTable(surface);
  await surface.page.goto(pages.url);
  await atTable(surface, pages.url, table);
  expect(loads).toBe(3);
  await surface.page.context().close();
  await pages.close();
});
