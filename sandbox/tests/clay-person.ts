import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright';

/**
 * What a person does on Clay's pages, for the tests of the stand-in: only what can be seen and pressed, in today's wording.
 * The app's connector is written from the vendor's documentation and shares nothing with this.
 */

const press = (page: Page | Locator, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();
/** In steps: a submenu closes under a pointer that jumps. */
export const pick = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('menuitem', { name, exact: typeof name === 'string' }).click({ steps: 5 });

export async function givePassword(
  page: Page,
  login: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.getByLabel('Email').fill(login.email);
  await press(page, 'Continue');
  await page.getByLabel('Password').fill(login.password);
  await press(page, 'Sign in');
}

export async function makeFolder(page: Page, name: string): Promise<void> {
  await press(page, 'New');
  await pick(page, 'Folder');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await press(page, 'Create');
}

/** Opens folders by their names, from where the page is. */
export async function openFolders(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await page.getByRole('table').getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { name, exact: true }).waitFor();
  }
}

/** @returns the workbook's address */
export async function makeWorkbook(page: Page, name: string): Promise<string> {
  await press(page, 'New');
  await pick(page, 'Workbook');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await press(page, 'Create');
  await page.getByRole('heading', { name: 'Start with a table' }).waitFor();
  return page.url();
}

export type CsvFile = { readonly name: string; readonly text: string };

export async function chooseFile(page: Page, { name, text }: CsvFile): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

export async function importNew(page: Page, file: CsvFile, rows: string): Promise<void> {
  await press(page, '+ Add');
  await pick(page, 'Import from CSV');
  await chooseFile(page, file);
  await press(page, 'Complete import');
  await page.getByText(`${rows} rows`, { exact: true }).waitFor();
  await page.getByText('Import complete').last().waitFor();
}

export async function startImportInto(page: Page, file: CsvFile): Promise<void> {
  await press(page, 'Actions');
  await pick(page, 'Import');
  await pick(page, 'Import from CSV');
  await chooseFile(page, file);
}

export async function describeFormula(page: Page, beside: string, name: string, prompt: string): Promise<void> {
  await page.getByRole('columnheader', { name: beside, exact: true }).click({ button: 'right' });
  await pick(page, 'Insert 1 column right');
  await pick(page, 'Formula');
  await page.getByLabel('Column name').fill(name);
  await page.getByLabel('Describe what you want').fill(prompt);
  await press(page, 'Generate Formula');
}

export async function addFormula(page: Page, beside: string, name: string, prompt: string): Promise<void> {
  await describeFormula(page, beside, name, prompt);
  await press(page, 'Save and run all rows in this view');
  await page.getByRole('columnheader', { name, exact: true }).waitFor();
  await page.getByRole('progressbar', { name: `${name} is running` }).waitFor({ state: 'hidden' });
}

export async function addFilter(page: Page, column: string, operator: string, value?: string): Promise<void> {
  await press(page, /^Filters/);
  const editor = page.getByRole('dialog', { name: 'Filters' });
  await press(editor, '+ Add filter');
  const filter = editor.getByRole('group').last();
  await filter.getByRole('combobox', { name: 'Column' }).click();
  await page.getByRole('option', { name: column, exact: true }).click();
  await filter.getByRole('combobox', { name: 'Operator' }).click();
  await page.getByRole('option', { name: operator, exact: true }).click();
  if (value !== undefined) await filter.getByLabel('Value').fill(value);
  await page.keyboard.press('Escape');
}

/** @returns the words of the button that was pressed */
export async function startValidation(page: Page, column: string, fields: readonly string[]): Promise<string> {
  await press(page, 'Add enrichment');
  await page.getByPlaceholder('Search enrichments').fill('Debounce');
  await press(page, /^Validate Email/);
  await page.getByRole('textbox', { name: 'Email' }).fill(`/${column}`);
  await press(page, 'Continue to add fields');
  for (const field of fields) await page.getByRole('switch', { name: field }).click();
  const run = page.getByRole('button', { name: /^Save and run/ });
  const words = (await run.textContent()) ?? '';
  await run.click();
  return words;
}

/** What the bottom bar says of the validation: `{ success: 12345, error: 120, … }`. */
export async function runStatus(page: Page): Promise<Record<string, number>> {
  const text = (await page.getByRole('status', { name: 'Validate Email run status' }).textContent()) ?? '';
  const counts = [...text.matchAll(/([\d,]+) ([a-z_ ]+)/g)];
  return Object.fromEntries(
    counts.map(([, number = '', state = '']) => [state.trim(), Number(number.replaceAll(',', ''))]),
  );
}

export async function waitForStatus(page: Page, wanted: RegExp): Promise<void> {
  await page
    .getByRole('status', { name: 'Validate Email run status' })
    .filter({ hasText: wanted })
    .waitFor({ timeout: 60_000 });
}

/** Waits until no cell would change by itself. */
export async function validationEnd(page: Page): Promise<Record<string, number>> {
  await page
    .getByRole('status', { name: 'Validate Email run status' })
    .filter({ hasNotText: /running|queued|retry|rate_limited/ })
    .waitFor({ timeout: 60_000 });
  return runStatus(page);
}

/** @returns the file's text */
export async function exportCsv(page: Page): Promise<string> {
  await press(page, 'Actions');
  await pick(page, 'Export');
  const [download] = await Promise.all([page.waitForEvent('download'), pick(page, 'Download CSV')]);
  return readFile(await download.path(), 'utf8');
}
