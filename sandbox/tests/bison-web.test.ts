import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright';
import { openBrowser } from '../chromium.ts';
import { openBison, rows, type OpenBison } from './open-bison.ts';

let opened: OpenBison;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  opened = await openBison();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await opened.bison.close();
});
beforeEach(async () => {
  await opened.reset();
  page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(opened.bison.url);
});
afterEach(() => page.context().close());

const givePassword = async (password = 'pw-1'): Promise<void> => {
  await page.getByLabel('Email address').fill('ops@northwind.example');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
};
const enter = async (portal = 'Lakeside'): Promise<void> => {
  await givePassword();
  await page.getByRole('button', { name: `Open ${portal}` }).click();
  await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
};
/** Contacts → Import new contacts, up to the mapping. */
const giveFile = async (name: string): Promise<void> => {
  await page.getByRole('link', { name: 'Contacts', exact: true }).click();
  await page.getByRole('button', { name: 'Import new contacts' }).click();
  const text = ['first name,last name,email,zip', ...rows(3)].join('\n');
  await page.getByLabel('CSV file').setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByText('3 rows').waitFor();
  await page.getByLabel('List name').fill(name);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Map fields' }).waitFor();
};

test('a wrong password is refused in words, and no session begins', async () => {
  await givePassword('wrong');
  await page.getByRole('alert').filter({ hasText: 'do not match our records' }).waitFor();
  expect(opened.stats()).toMatchObject({ signIns: 0, failedSignIns: 1 });
});

test('a captcha lets pass whoever ticks it, and a code is asked for after it', async () => {
  await opened.fault({ mfa: true, captcha: true });
  await givePassword();
  await page.frameLocator('iframe[title*=CAPTCHA]').getByRole('checkbox').click();
  await page.getByLabel('Authentication code').fill('000000');
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('alert').filter({ hasText: 'code was invalid' }).waitFor();
  await page.getByLabel('Authentication code').fill('703164');
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('heading', { name: 'Client portals' }).waitFor();
  expect(opened.stats().signIns).toBe(1);
});

test('what looks alike is mapped already, known people are replaced unless one says otherwise, and the import is followed', async () => {
  await enter();
  await giveFile('week 1');
  expect(await page.getByRole('combobox', { name: 'zip' }).textContent()).toBe('zip');
  expect(await page.getByLabel('Replace all of its fields').isChecked()).toBe(true);
  await page.getByLabel('Update only the mapped fields').check();
  await page.getByRole('button', { name: 'Import contacts' }).click();
  await page.getByText('Succeeded').waitFor();
  await page.getByText('Processed').first().waitFor();
  expect(opened.stats().lists).toMatchObject([
    { name: 'week 1', via: 'web', behavior: 'patch', accepted: 3, workspace: 'Lakeside' },
  ]);
});

test('a session that ends in mid-import makes no list', async () => {
  await enter();
  await giveFile('week 1');
  await opened.fault({ expireInUpload: 1 });
  await page.getByRole('button', { name: 'Import contacts' }).click();
  await page.getByText('Your session has expired').waitFor();
  expect(opened.stats()).toMatchObject({ lists: [], uploads: {} });
});

test('a portal is the person’s: entering another one moves every window, and a waiting upload does not go along', async () => {
  await enter();
  await giveFile('week 1');
  const other = await page.context().newPage();
  await other.goto(opened.bison.url);
  await other.getByRole('button', { name: 'Open Prairie' }).click();
  await other.getByRole('button', { name: 'Client portal: Prairie' }).waitFor();
  await page.getByRole('button', { name: 'Import contacts' }).click();
  await page.getByRole('alert').filter({ hasText: 'switched to another client portal' }).waitFor();
  expect(opened.stats().lists).toEqual([]);
});

test('Rename and the settings send the whole form: nothing is lost through the pages', async () => {
  await enter();
  await page.getByRole('link', { name: 'Evergreen' }).click();
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByLabel('Campaign name').fill('Evergreen 2');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { name: 'Evergreen 2' }).waitFor();
  expect(opened.stats()).toMatchObject({
    settingsLost: [],
    renames: [{ from: 'Evergreen', to: 'Evergreen 2', via: 'web' }],
  });
});

test('one login open in two browsers at once is counted, one after the other is not', async () => {
  await enter();
  const state = await page.context().storageState();
  await page.goto('about:blank');
  const second = await browser.newContext({ storageState: state });
  const elsewhere = await second.newPage();
  await elsewhere.goto(opened.bison.url);
  await elsewhere.getByRole('heading', { name: 'Client portals' }).waitFor();
  expect(opened.stats().concurrentSessionViolations).toBe(0);
  await page.goto(opened.bison.url);
  while (opened.stats().concurrentSessionViolations === 0)
    await page.evaluate(() => new Promise(requestAnimationFrame));
  await second.close();
});

test('small changes of wording keep the roles, a redesign keeps neither words nor roles', async () => {
  await enter();
  await opened.fault({ redesign: 'words' });
  await page.reload();
  await page.getByRole('link', { name: 'Contacts', exact: true }).click();
  await page.getByRole('button', { name: 'Import new contacts from CSV' }).waitFor();
  await opened.fault({ redesign: true });
  await page.reload();
  await page.getByText('Bring in people').waitFor();
  for (const role of ['link', 'button', 'menu'] as const) expect(await page.getByRole(role).count()).toBe(0);
});
