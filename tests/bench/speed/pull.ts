import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectEmbedded } from '../../../src/store/embedded/connect.ts';
import { channel, seen, startTestApp } from '../../support/app.ts';
import { lakeside } from '../../support/clients.ts';
import { startVendors } from '../../support/vendors.ts';
import { watchServers } from './servers.ts';

/** Rows, seconds from the command to the report, seconds of the vendors, and the one divided by the other. */
export type PullSpeed = {
  readonly rows: number;
  readonly seconds: number;
  readonly vendorSeconds: number;
  readonly ratio: number;
};

/** One pull of three ZIPs through the whole app, in this process, as the journeys do. */
export async function measurePull(): Promise<PullSpeed> {
  const folder = mkdtempSync(join(tmpdir(), 'leadops-bench-'));
  process.env.LEADOPS_TEST_FOLDER = folder;
  process.env.LEADOPS_DATABASE_SYNC ??= 'off';
  await (await connectEmbedded({ dataDir: join(folder, 'template') })).stop();
  const vendors = await startVendors();
  const { COLE_URL, CLAY_URL } = vendors.environment;
  const servers = watchServers([COLE_URL, CLAY_URL, vendors.debounce.url].map((url) => Number(new URL(url).port)));
  const it = await startTestApp({
    clients: [{ client: { ...lakeside, channel, target: 190 }, zips: ['75035', '75070', '74012'] }],
    environment: vendors.environment,
  });
  try {
    await vendors.setUp(it.store);
    servers.begin();
    const begun = performance.now();
    await it.people.operator.say(channel, '/pull-leads lakeside march 2027');
    await seen(it.people.operator, /Please decide/, { timeoutMs: 20 * 60_000 });
    const seconds = (performance.now() - begun) / 1_000;
    const vendorSeconds = servers.busyMs() / 1_000;
    const rows = vendors.cole.stats().rowsExported;
    const ratio = Math.round((seconds / vendorSeconds) * 100) / 100;
    console.log(
      `pull of ${rows} rows: ${seconds.toFixed(1)} s, of which the vendors answered for ${vendorSeconds.toFixed(1)} s   ${ratio}`,
    );
    return { rows, seconds: Math.round(seconds * 10) / 10, vendorSeconds: Math.round(vendorSeconds * 10) / 10, ratio };
  } finally {
    await it.close();
    await vendors.close();
    servers.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
