import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCliConfig, type CliConfig } from '../../src/config.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { copyDataDir, keptTemplate } from '../support/store.ts';
import { startVendors, type Vendors } from '../support/vendors.ts';

/** The environment, with what stands in .env where there is one. */
export function environment(): NodeJS.ProcessEnv {
  try {
    process.loadEnvFile();
  } catch {
    // There is no .env; the environment is enough.
  }
  return process.env;
}

/** An empty database, copied and not made, that is gone afterwards. */
export async function inAnEmptyDatabase(
  settings: Readonly<Record<string, string | undefined>>,
  work: (config: CliConfig, store: Store) => Promise<void>,
): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadops-dry-run-'));
  copyDataDir(await keptTemplate(), dataDir);
  const config = readCliConfig({ ...settings, DATA_DIR: dataDir, CHROMIUM_PATH: process.env.CHROMIUM_PATH });
  const store = await openStore(config);
  try {
    await work(config, store);
  } finally {
    store.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Cole and Clay as stand-ins, whose own counters must then say that nothing was exported, made or spent. */
export async function atColeAndClay(work: (config: CliConfig, store: Store) => Promise<void>): Promise<void> {
  const vendors = await startVendors();
  try {
    await inAnEmptyDatabase(vendors.environment, async (config, store) => {
      await vendors.setUp(store);
      await work(config, store);
    });
    await refuseTraces(vendors);
  } finally {
    await vendors.close();
  }
}

async function refuseTraces(vendors: Vendors): Promise<void> {
  const clay = await vendors.clay.stats();
  const touched = vendors.cole.stats().exports + clay.tablesMade + clay.foldersMade + clay.creditsSpent;
  if (touched !== 0) throw new Error('the stand-ins counted something that was not meant to happen');
}
