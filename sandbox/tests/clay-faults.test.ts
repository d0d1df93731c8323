import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  addFormula,
  chooseFile,
  describeFormula,
  exportCsv,
  givePassword,
  importNew,
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
beforeEach(async () => {
  await opened.reset();
  await opened.page.goto(`${opened.clay.url}/login`);
});

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it never came to hold');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};
const signIn = async (): Promise<void> => {
  await givePassword(opened.page, opened.login);
  await opened.page.getByRole('heading', { name: 'Home' }).waitFor();
};
const table = async (name: string, rows = 40): Promise<void> => {
  await signIn();
  await opened.newWorkbook(name);
  await importNew(opened.page, { name: `${name}.csv`, text: homeowners(rows).text }, `${rows}/${rows}`);
};

test('a wrong password is refused in words, and no session begins', async () => {
  await givePassword(opened.page, { ...opened.login, password: 'wrong' });
  await opened.page.getByRole('alert').filter({ hasText: 'Incorrect email or password' }).waitFor();
  expect(await opened.stats()).toMatchObject({ signIns: 0, signInsRefused: 1 });
});

test('an ended session asks to sign in again, and leads back to the same table', async () => {
  const { page } = opened;
  await table('session');
  const address = page.url();
  await opened.fault({ expireSessions: true });
  // News of the import may still be under way and find out first; either way it is the page that asks.
  await page
    .getByRole('link', { name: 'B2C' })
    .click({ timeout: 3_000 })
    .catch(() => undefined);
  await page.getByText('Your session has expired').waitFor();
  await page.goto(address);
  await givePassword(page, opened.login);
  await page.waitForURL(address);
  await page.getByText('40/40 rows').waitFor();
  expect((await opened.stats()).signIns).toBe(2);
});

test('mfa asks for a code and refuses a wrong one; a captcha lets pass whoever ticks it', async () => {
  const { page } = opened;
  await opened.fault({ mfa: true, captcha: true });
  await givePassword(page, opened.login);
  await page.frameLocator('iframe[title=reCAPTCHA]').getByRole('checkbox').click();
  await page.getByLabel('Verification code').fill('000000');
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('alert').filter({ hasText: 'not right' }).waitFor();
  expect((await opened.stats()).signIns).toBe(0);
  await page.getByLabel('Verification code').fill('424242');
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
});

test('one login open in two browsers at once is counted, one after the other is not', async () => {
  const { page, browser, context, clay } = opened;
  await signIn();
  const saved = await context.storageState();
  await page.goto('about:blank');
  const second = await browser.newContext({ storageState: saved });
  const elsewhere = await second.newPage();
  await elsewhere.goto(clay.url);
  await elsewhere.getByRole('heading', { name: 'Home' }).waitFor();
  await until(async () => (await opened.stats()).openBrowsers === 1);
  expect((await opened.stats()).concurrentSessions).toBe(0);
  await page.goto(clay.url);
  await until(async () => (await opened.stats()).concurrentSessions === 1);
  await second.close();
});

test('small changes of wording keep the roles; a redesign keeps neither words nor roles', async () => {
  const { page } = opened;
  await table('redesign');
  await opened.fault({ redesign: 'words' });
  await page.reload();
  await page.getByRole('button', { name: 'Table actions' }).click();
  await pick(page, 'Export');
  await page.getByRole('menuitem', { name: 'Download as CSV' }).waitFor();
  await opened.fault({ redesign: true });
  await page.reload();
  await page.getByText('40/40 records').waitFor();
  for (const role of ['grid', 'columnheader', 'tab', 'menu'] as const)
    expect(await page.getByRole(role).count()).toBe(0);
  expect(await page.getByText(/Actions|Filters|Add enrichment/).count()).toBe(0);
  await page.getByText('Manage').click();
  await page.getByText('Send out').click();
  await page.getByText('Save as spreadsheet').waitFor();
});

test('the generator can be told to be wrong, slow, or is not understood', async () => {
  const { page } = opened;
  await table('formulas', 400);
  await describeFormula(page, 'Home_Value', 'Nonsense', 'Make it nicer');
  await page.getByRole('alert').filter({ hasText: 'could not write that formula' }).waitFor();
  await page.getByRole('button', { name: 'Close panel' }).click();
  await opened.fault({ wrongFormula: 'number', formulaSlow: 300 });
  await addFormula(page, 'Home_Value', 'Number', 'Just the number of /Home_Value');
  await addFormula(page, 'Purchase_Date', 'Day', 'Only the day of the month of /Purchase_Date');
  const lines = (await exportCsv(page)).trim().split('\n').slice(1);
  const { records } = homeowners(400);
  const number = (n: number): string => (records[n]?.Home_Value ?? '').replace(/[$,]/g, '');
  const expected = records.map((_, n) => (Number(number(n)) >= 1_000_000 ? number(n).slice(0, 3) : number(n)));
  expect(lines.map((line) => /",(\d+),/.exec(line.replace(/^.*?"\$/, '"$'))?.[1])).toEqual(expected);
  expect(expected.filter((value) => value.length === 3).length).toBeGreaterThan(100);
});

test('stuck cells run until they are let go, and a share of cells ends in error and can be run again', async () => {
  const { page } = opened;
  await table('stuck', 400);
  await opened.fault({ stuckValidation: 7, errorCells: 0.2 });
  await startValidation(page, 'Email_Address', []);
  await waitForStatus(page, /(?<!\d)7 running(?!.*queued)/);
  await opened.fault({ stuckValidation: 0 });
  const ended = await validationEnd(page);
  expect(ended['error']).toBeGreaterThan(40);
  expect(ended['error']).toBeLessThan(140);
  expect((await opened.stats()).creditsSpent).toBe(400);
  await opened.fault({ errorCells: 0 });
  await page.getByRole('columnheader', { name: 'Validate Email' }).click();
  await pick(page, 'Run column');
  await pick(page, /have not run or have errors/);
  await waitForStatus(page, /^(?!.*(error|running|queued))/);
  expect((await opened.stats()).creditsSpent).toBe(400 + (ended['error'] ?? 0));
});

test('an export can miss, double and invent rows, and a download can break off', async () => {
  const { page } = opened;
  await table('exports');
  const ids = (text: string): string[] =>
    text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').at(-1) ?? '');
  await opened.fault({ dropRow: 2 });
  expect(new Set(ids(await exportCsv(page))).size).toBe(38);
  await opened.fault({ dropRow: 0, duplicateRow: 3 });
  const doubled = ids(await exportCsv(page));
  expect([doubled.length, new Set(doubled).size]).toEqual([43, 40]);
  await opened.fault({ duplicateRow: 0, extraRow: 1 });
  expect(ids(await exportCsv(page))).toContain('lead-1-x');
  await opened.fault({ extraRow: 0, cutDownload: 1 });
  await expect(exportCsv(page)).rejects.toThrow();
  expect(ids(await exportCsv(page))).toHaveLength(40);
  expect((await opened.stats()).exports.map(({ complete }) => complete)).toEqual([true, true, true, false, true]);
});

test('an import can fail before it begins, or stop half way with its rows in the table', async () => {
  const { page } = opened;
  await signIn();
  await opened.newWorkbook('imports');
  await opened.fault({ importFails: 1, importStops: 1 });
  const start = async (): Promise<void> => {
    await page.getByRole('button', { name: '+ Add' }).click();
    await pick(page, 'Import from CSV');
    await chooseFile(page, { name: 'imports.csv', text: homeowners(3_000).text });
    await page.getByRole('button', { name: 'Complete import' }).click();
  };
  await start();
  await page.getByRole('alert').filter({ hasText: 'Import failed. Please try again.' }).waitFor();
  expect((await opened.stats()).tables).toEqual([]);
  await page.getByRole('button', { name: 'Close' }).click();
  await start();
  await page.getByRole('alert').filter({ hasText: 'Some rows were not added' }).waitFor();
  expect((await opened.stats()).tables).toMatchObject([{ rows: 1_500 }]);
});

test('errors of the server are shown and pass, slowness is only slow, an unknown fault is refused', async () => {
  const { page } = opened;
  await signIn();
  await opened.fault({ error500: 1, slow: 50 });
  expect((await page.goto(opened.clay.url))?.status()).toBe(500);
  expect((await page.goto(opened.clay.url))?.status()).toBe(200);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  expect(await opened.fault({ slwo: 5 })).toBe(500);
});

test('a rate-limited and a failing DeBounce are tried again; what it refuses is an error', async () => {
  const { page } = opened;
  const debounce = (patch: unknown): Promise<Response> =>
    fetch(`${opened.debounceUrl}/_control/fault`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(patch),
    });
  await table('retries');
  await debounce({ tooMany: 10, slow: 20 });
  await startValidation(page, 'Email_Address', []);
  expect(await validationEnd(page)).toEqual({ success: 39, empty: 1 });
  expect((await opened.debounceStats()).refused.tooMany).toBe(10);
  await debounce({ lowCredits: true });
  await page.getByRole('columnheader', { name: 'Validate Email' }).click();
  await pick(page, 'Run column');
  await pick(page, 'Force run all rows in this view');
  await waitForStatus(page, /39 error/);
});
