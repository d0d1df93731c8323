import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { householdsOf } from '../../sandbox/households/index.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import { bookOf, channel, runOver, startTestApp, type TestApp } from '../support/app.ts';
import { lakeside } from '../support/clients.ts';
import { tinyWorld, startVendors, type Vendors } from '../support/vendors.ts';

const minutes = 60_000;
jest.setTimeout(15 * minutes);
const client: Client = { ...lakeside, states: ['TX'], channel, target: 10 };
const zip = '75035';

/** The app's Chromium: what bears the mark of LeadOps and was started by this process. */
function chromiumOfApp(): number | undefined {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return command.includes('--leadops-browser=') && status.includes(`PPid:\t${process.pid}\n`);
      } catch {
        return false; // It ended while we looked.
      }
    });
}

describe('a browser that is killed in mid-work', () => {
  let vendors: Vendors;
  let it: TestApp;
  beforeAll(async () => {
    // Slow enough to be caught in the middle.
    vendors = await startVendors(tinyWorld, { download: 1_500, validationRowsPerSecond: 10 });
    it = await startTestApp({ clients: [{ client, zips: [zip] }], environment: vendors.environment });
    await vendors.setUp(it.store);
  });
  afterAll(async () => {
    await it.close();
    await vendors.close();
  });

  async function killBrowserWhen(what: string, moment: () => Promise<boolean>): Promise<void> {
    const pid = await it.people.operator.waitFor(
      what,
      async () => ((await moment()) ? chromiumOfApp() : undefined),
      3 * minutes,
    );
    process.kill(pid, 'SIGKILL');
  }

  test('in an export, an import and a check of e-mails: the pull goes on by itself, and repeats nothing but the file that was cut off', async () => {
    const over = runOver(it, () => it.people.operator.say(channel, '/pull-leads lakeside 2027-03'), 6 * minutes);
    await killBrowserWhen('a file on its way', () => {
      const { exports, exportsCompleted } = vendors.cole.stats();
      return Promise.resolve(exports > exportsCompleted);
    });
    await killBrowserWhen('a table in Clay', async () => (await vendors.clay.stats()).tablesMade > 0);
    await killBrowserWhen('e-mails being checked', async () => (await vendors.clay.stats()).creditsSpent > 5);
    const run = await over;
    expect(run.status).toBe('success');
    const [source] = await it.store.leads.sourcesOf(run.id);
    expect(source?.asked).toBe(2);
    expect(vendors.cole.stats()).toMatchObject({ exports: 2, concurrentSessionViolations: 0 });
    expect(await it.store.leads.rawCount(bookOf(client))).toBe(householdsOf(tinyWorld, zip, 3).length);
    const clay = await vendors.clay.stats();
    expect(clay.tables).toHaveLength(1);
    expect(clay.tables.map(({ rows }) => rows)).toEqual([clay.creditsSpent]);
    expect(clay.creditsByAutoUpdate).toBe(0);
    const posted = (await it.people.operator.messages(channel)).map(({ text }) => text.split('\n')[0] ?? '');
    expect(posted.filter((text) => text.startsWith('✅ Raw Pull Complete'))).toHaveLength(1);
  });
});
