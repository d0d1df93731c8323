import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Browser, Download, Page } from 'playwright';
import { openBrowser } from '../chromium.ts';
import { captchaAnswer, startCole } from '../cole/index.ts';
import { recordCount } from '../households/character.ts';
import { makeWorld } from '../households/world.ts';

const world = makeWorld({
  seed: 'browser',
  brokenShare: 0,
  zips: { '75034': { homes: 38_000, density: 6 }, '75035': { homes: 12_000 }, '75068': { homes: 8000 } },
});

let cole: Awaited<ReturnType<typeof startCole>>;
let browser: Browser;
beforeAll(async () => {
  cole = await startCole({
    world,
    today: () => '2027-01-15',
    waits: { search: 150, prepare: 150, download: 200 },
    logins: [{ state: 'TX', username: 'texas', password: 'lone-star', headerStyle: 'sop' }],
  });
  browser = await openBrowser();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await fetch(`${cole.url}/_control/reset`, { method: 'POST' });
});
afterAll(async () => {
  await browser.close();
  await cole.close();
});

const fault = (body: Record<string, unknown>) =>
  fetch(`${cole.url}/_control/fault`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function atSignIn(): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(cole.url);
  return page;
}

async function signIn(page: Page, password = 'lone-star') {
  await page.getByLabel('Username', { exact: true }).fill('texas');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

async function chooseList(page: Page) {
  await page.getByRole('navigation').getByRole('link', { name: 'New Search' }).click();
  await page.getByLabel('Texas').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Emailing').check();
  await page.getByRole('button', { name: 'Continue' }).click();
}

const wanted = [
  'Cell Phone Number',
  'Email Address',
  'Purchase Date',
  'Home Value',
  'Head Household',
  'Income',
  'Date of Birth',
];

async function searchFor(page: Page, zips: string) {
  await chooseList(page);
  await page.getByLabel('Enter ZIP codes').fill(zips);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('link', { name: 'Advanced options' }).click();
  await page.getByLabel('Selected fields').selectOption(['Phone', 'Race']);
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByLabel('Available fields').selectOption(wanted);
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByLabel('Purchase month').selectOption('March');
  await page.getByRole('button', { name: 'Apply options' }).click();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByLabel('Select all records').check();
  await page.getByRole('button', { name: 'Download to Computer' }).click();
}

async function download(page: Page): Promise<Download> {
  await page.getByLabel('CSV').check();
  await page.getByLabel('With headers').check();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  return file;
}

async function rowsOf(file: Download): Promise<Record<string, string>[]> {
  return parse(await readFile(await file.path()), { bom: true, columns: true });
}

test.each([false, 'ids'])(
  'from signing in to a parsed CSV, pointing as a person would (redesign: %p)',
  async (redesign) => {
    await fault({ redesign });
    const page = await atSignIn();
    await signIn(page, 'wrong');
    await page.getByRole('alert').getByText('incorrect').waitFor();
    await signIn(page);
    await searchFor(page, '75035,75068');
    const file = await download(page);
    expect(file.suggestedFilename()).toBe('xdates_TX_20270115_0001.csv');
    const rows = await rowsOf(file);
    expect(rows).toHaveLength(recordCount(world, '75035', 3) + recordCount(world, '75068', 3));
    expect(Object.keys(rows[0] ?? {})).toHaveLength(13);
    expect(rows.every((row) => row.Purchase_Date?.startsWith('03/'))).toBe(true);
    await page.getByRole('status').getByText('Your download has started').waitFor();
    await page.getByRole('link', { name: 'Log out' }).click();
    await page.getByText('You have logged out').waitFor();
    expect(cole.stats()).toMatchObject({ signIns: 1, failedSignIns: 1, exportsCompleted: 1, violations: [] });
  },
);

test('a search of 10,000 records or more cannot be downloaded', async () => {
  const page = await atSignIn();
  await signIn(page);
  await searchFor(page, '75034');
  await page.getByRole('alert').getByText('limited to fewer than 10,000').waitFor();
  expect(cole.stats()).toMatchObject({ exports: 0, exportsRefused: 1 });
});

test('the ZIP box names the wrong entry, and takes a file instead', async () => {
  const page = await atSignIn();
  await signIn(page);
  await chooseList(page);
  await page.getByLabel('Enter ZIP codes').fill('75034,7503');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').getByText('Entry 2 ("7503")').waitFor();
  const buffer = Buffer.from('75035,75068\r\n');
  await page.getByLabel('upload a text file').setInputFiles({ name: 'zips.txt', mimeType: 'text/plain', buffer });
  await page.waitForFunction(() => document.querySelector('textarea')?.value === '75035,75068');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('2 selected').waitFor();
});

test('a download that breaks off fails in the browser, is not counted as delivered, and can be asked for again', async () => {
  const page = await atSignIn();
  await signIn(page);
  await searchFor(page, '75035');
  await fault({ cutDownload: 1 });
  const broken = await download(page);
  expect(await broken.failure()).not.toBeNull();
  await page.goBack();
  const whole = await download(page);
  expect(await whole.failure()).toBeNull();
  const { exportList, ...stats } = cole.stats();
  expect(exportList.map(({ completed }) => completed)).toEqual([false, true]);
  expect(stats).toMatchObject({
    exports: 2,
    exportsCompleted: 1,
    zipsPulledTwice: 0,
    rowsExported: recordCount(world, '75035', 3),
  });
});

test('a code and a picture can stand between the password and the home page', async () => {
  await fault({ mfa: true, mfaCode: '123456', captcha: true });
  const page = await atSignIn();
  await signIn(page);
  await page.getByRole('img', { name: 'CAPTCHA' }).waitFor();
  await page.getByLabel('characters in the picture').fill(captchaAnswer);
  await page.getByLabel("I'm not a robot").check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Verification code').fill('000000');
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('alert').getByText('not correct').waitFor();
  await page.getByLabel('Verification code').fill('123456');
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  expect(cole.stats().signIns).toBe(1);
});

test('after the redesign nothing is called what it was, and everything still works', async () => {
  await fault({ redesign: true });
  const page = await atSignIn();
  expect(await page.getByRole('button', { name: 'Log in' }).count()).toBe(0);
  await page.getByLabel('Account ID').fill('texas');
  await page.getByLabel('Passphrase').fill('lone-star');
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Start a list' }).click();
  await page.getByLabel('Texas').check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('E-mail outreach').check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Paste your postal areas').fill('75068');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('link', { name: 'Fine-tune' }).click();
  expect(await page.locator('select').count()).toBe(0);
  await page
    .getByRole('listbox', { name: 'Columns in your file' })
    .getByRole('option', { name: 'Email Address' })
    .click();
  await page.getByRole('listbox', { name: 'Bought in month' }).getByRole('option', { name: 'March' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Find records' }).click();
  await page.getByText(`${recordCount(world, '75068', 3)} matches`).waitFor();
  await page.getByLabel('Pick everything').check();
  await page.getByRole('button', { name: 'Export file' }).click();
  await page.getByLabel('Comma-delimited text').check();
  await page.getByLabel('First line holds column names').check();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Build file' }).click(),
  ]);
  expect((await rowsOf(file))[0]).toHaveProperty('Email_Address');
});

test('two browsers with one saved session, used in turns, are noticed', async () => {
  const page = await atSignIn();
  await signIn(page);
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  const other = await browser.newContext({ storageState: await page.context().storageState() });
  const second = await other.newPage();
  for (const one of [second, page]) {
    const told = one.waitForResponse((response) => response.url().includes('/Account/Window'));
    await one.goto(`${cole.url}/Home`);
    await told;
  }
  expect(cole.stats().violations.map(({ kind }) => kind)).toEqual(['one session in two windows']);
});
