/**
 * `npm run workflow:monthly:dry-run`: what the 15th's pull would export for every active client, and nothing else. At the
 * vendors of the settings where COLE_URL is set; else at the stand-ins, with two clients of their own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Zip } from '../../pipeline/vocabulary.ts';
import { runPull } from '../../src/cli/pull.ts';
import { readCliConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { openStore } from '../../src/store/index.ts';
import { lakeside } from '../support/clients.ts';
import { startVendors } from '../support/vendors.ts';

try {
  process.loadEnvFile();
} catch {
  // There is no .env; the environment is enough.
}
const asked = { dryRun: true, trigger: 'manual' };

async function atTheStandIns(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadops-dry-run-'));
  const vendors = await startVendors();
  const config = readCliConfig({ ...vendors.environment, DATA_DIR: dataDir, CHROMIUM_PATH: process.env.CHROMIUM_PATH });
  const store = await openStore(config);
  try {
    await vendors.setUp(store);
    for (const [slug, zips] of [
      ['lakeside', ['75035', '74012']],
      ['prairie', ['74011']],
    ] as const) {
      await store.clients.save({ ...lakeside, slug, name: slug });
      await store.clients.saveZips(
        slug,
        '*',
        zips.map((zip) => ({ zip: zip as Zip, kind: 'approved' as const })),
      ); // five digits
    }
    console.log('COLE_URL is not set: these are the stand-ins.');
    await runPull(config, makeLog('warn'), ['all', 'next'], asked);
    if (vendors.cole.stats().exports !== 0) throw new Error('something was exported');
  } finally {
    store.close();
    await vendors.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
  }
}

await (process.env.COLE_URL
  ? runPull(readCliConfig(process.env), makeLog('warn'), ['all', 'next'], asked)
  : atTheStandIns());
