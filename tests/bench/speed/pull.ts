import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { approveUntilOver, channel, seen, startTestApp } from '../../support/app.ts';
import { lakeside } from '../../support/clients.ts';
import { keptTemplate } from '../../support/store.ts';
import { smallWorld, startVendors } from '../../support/vendors.ts';
import { watchServers } from './servers.ts';

/** Rows exported; seconds to the report that asks, to the end, and of the vendors; the end divided by the vendors'. */
export type PullSpeed = {
  readonly rows: number;
  readonly toReport: number;
  readonly toEnd: number;
  readonly vendors: number;
  readonly ratio: number;
};

/** The app moves the process's own folder for temporary files. */
const temporary = tmpdir();
const zips = ['75035', '75070', '74012'];

/**
 * One pull of three ZIPs and its top-ups through the whole app, in this process, as the journeys do.
 * @param pace of the vendors: milliseconds a file takes to arrive, rows a second that are validated; at once where it says nothing
 */
export async function measurePull(pace: Parameters<typeof startVendors>[1]): Promise<PullSpeed> {
  const folder = mkdtempSync(join(temporary, 'leadops-bench-'));
  process.env.LEADOPS_TEST_FOLDER = folder;
  process.env.LEADOPS_DATABASE_SYNC ??= 'off';
  process.env.LEADOPS_TEST_TEMPLATE = await keptTemplate();
  const vendors = await startVendors(smallWorld, pace);
  const portOf = (url: string) => Number(new URL(url).port);
  const { COLE_URL, CLAY_URL } = vendors.environment;
  const servers = watchServers([portOf(COLE_URL), portOf(CLAY_URL)], portOf(vendors.debounce.url));
  const it = await startTestApp({
    clients: [{ client: { ...lakeside, channel, target: 190 }, zips, preApproved: ['75013'] }],
    environment: vendors.environment,
  });
  try {
    await vendors.setUp(it.store);
    servers.begin();
    const begun = performance.now();
    const seconds = () => Math.round((performance.now() - begun) / 100) / 10;
    await it.people.operator.say(channel, '/pull-leads lakeside march 2027');
    await seen(it.people.operator, /Please decide/, { timeoutMs: 20 * 60_000 });
    const toReport = seconds();
    await approveUntilOver(it, 'pull:lakeside:2027-03', 20 * 60_000);
    const toEnd = seconds();
    const busy = Math.round(servers.busyMs() / 100) / 10;
    const ratio = Math.round((toEnd / busy) * 100) / 100;
    return { rows: vendors.cole.stats().rowsExported, toReport, toEnd, vendors: busy, ratio };
  } finally {
    await it.close();
    await vendors.close();
    servers.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
