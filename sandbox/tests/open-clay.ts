import type { Browser, BrowserContext, Page } from 'playwright';
import { startDebounce, type DebounceOptions, type DebounceStats } from '../debounce/index.ts';
import { openBrowser } from '../chromium.ts';
import { givePassword, makeWorkbook, openFolders } from './clay-person.ts';
import { startClay, type ClayFaults, type ClayOptions, type ClayStats } from '../clay/index.ts';

/** Both stand-ins, a browser, and a page that is signed in: what this folder's tests begin with. */
export async function openClay(options: Partial<ClayOptions> = {}, debounceOptions: Partial<DebounceOptions> = {}) {
  const login = { email: 'ops@agency.example', password: 'correct horse' };
  const debounce = await startDebounce({ key: 'clay-key', ...debounceOptions });
  const clay = await startClay({ login, debounce: { url: debounce.url, key: 'clay-key' }, ...options });
  const browser: Browser = await openBrowser();
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 860 } });
  // A busy machine is given its time; what comes earlier waits for nobody.
  context.setDefaultTimeout(60_000);
  const page: Page = await context.newPage();
  await page.goto(clay.url);
  await givePassword(page, login);
  await page.getByRole('heading', { name: 'Home' }).waitFor();

  const post = async (path: string, body: unknown): Promise<number> => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${clay.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
  };
  return {
    login,
    clay,
    debounceUrl: debounce.url,
    browser,
    context,
    page,
    stats: async () => (await (await fetch(`${clay.url}/_control/stats`)).json()) as ClayStats,
    debounceStats: async () => (await (await fetch(`${debounce.url}/_control/stats`)).json()) as DebounceStats,
    fault: (patch: Partial<ClayFaults> & Record<string, unknown>) => post('/_control/fault', patch),
    /** The page leaves first: what it still asks would find its session gone, and sign itself out of the next test. */
    reset: async () => {
      await page.goto('about:blank');
      return post('/_control/reset', {});
    },
    /** A fresh workbook in `B2C`, open. */
    newWorkbook: async (name: string): Promise<string> => {
      await page.goto(clay.url);
      await openFolders(page, 'B2C');
      return makeWorkbook(page, name);
    },
    close: async (): Promise<void> => {
      await browser.close();
      await clay.close();
      await debounce.close();
    },
  };
}

/** A homeowners' file with the team's headers; values as Cole writes them, some of them blank. */
export function homeowners(rows: number, from = 0): { readonly text: string; readonly records: readonly Homeowner[] } {
  const records = Array.from({ length: rows }, (_, n): Homeowner => {
    const at = from + n;
    const value = 150_000 + ((at * 7_919) % 1_400_000);
    return {
      First_Name: at % 9 === 0 ? 'John & Jane' : 'Maria',
      Last_Name: `Owner${at}`,
      Address_1: `${at} Main St, Apt ${at % 7}`,
      Email_Address: at % 41 === 0 ? '' : `owner.${at}@example.com`,
      Purchase_Date: `03/${String((at % 31) + 1).padStart(2, '0')}/${1995 + (at % 30)}`,
      Home_Value: `$${value.toLocaleString('en-US')}`,
      Head_Household: at % 5 === 0 ? '' : 'Y',
      lead_id: `lead-${at}`,
    };
  });
  const headers = Object.keys(records[0] ?? {});
  const lines = records.map((record) =>
    Object.values(record)
      .map((value) => `"${value}"`)
      .join(','),
  );
  return { text: [headers.join(','), ...lines].join('\n'), records };
}

export type Homeowner = Readonly<
  Record<
    | 'First_Name'
    | 'Last_Name'
    | 'Address_1'
    | 'Email_Address'
    | 'Purchase_Date'
    | 'Home_Value'
    | 'Head_Household'
    | 'lead_id',
    string
  >
>;
