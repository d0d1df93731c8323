/**
 * `npm run test:cole-dry-run`, `npm run test:clay-dry-run`: signs in, looks and changes nothing. With the vendor's address
 * in the environment (or .env) at that vendor, with the stored login; without one at the stand-in, whose own counters must
 * then say that nothing was exported, made or spent.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../src/cli/check.ts';
import { readCliConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { openStore } from '../../src/store/index.ts';
import { startVendors } from '../support/vendors.ts';

const vendor = process.argv[2] ?? '';
const state = vendor === 'cole' ? (process.argv[3] ?? 'TX') : undefined;
const address = { cole: 'COLE_URL', clay: 'CLAY_URL' }[vendor];
if (!address) throw new Error('which vendor? cole or clay');
try {
  process.loadEnvFile();
} catch {
  // There is no .env; the environment is enough.
}

async function atTheVendor(): Promise<void> {
  const config = readCliConfig(process.env);
  console.log((await check(config, makeLog('warn'), vendor, state, undefined)).join('\n'));
}

async function atTheStandIn(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadops-dry-run-'));
  const vendors = await startVendors();
  const config = readCliConfig({ ...vendors.environment, DATA_DIR: dataDir, CHROMIUM_PATH: process.env.CHROMIUM_PATH });
  const store = await openStore(config);
  try {
    await vendors.setUp(store);
    const lines = await check(config, makeLog('warn'), vendor, state, vendor === 'cole' ? '75035' : undefined);
    console.log(`${address} is not set: this is the stand-in.\n${lines.join('\n')}`);
    const clay = await vendors.clay.stats();
    const touched = vendors.cole.stats().exports + clay.tablesMade + clay.foldersMade + clay.creditsSpent;
    if (touched !== 0) throw new Error('the stand-in counted something that was not meant to happen');
  } finally {
    store.close();
    await vendors.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
  }
}

await (process.env[address] ? atTheVendor() : atTheStandIn());
