import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCliConfig, type CliConfig } from '../../src/config.ts';
import { openStore } from '../../src/store/index.ts';
import { startClock } from '../../sandbox/clock/index.ts';
import {
  beforeMonday,
  lakesideAtBison,
  march,
  prairieAtBison,
  startTestBison,
  type TestBison,
} from '../support/bison.ts';
import { cleanedLeads } from '../support/cleaned-leads.ts';

/**
 * Looks at Bison: at the address of the settings where there is one; else at the stand-in on a Monday with two clients'
 * cleaned leads, whose own counters must then say that nothing was made or changed.
 */
export async function lookAtBison(look: (config: CliConfig) => Promise<void>): Promise<void> {
  try {
    process.loadEnvFile();
  } catch {
    // There is no .env; the environment is enough.
  }
  if (process.env.BISON_URL) return look(readCliConfig(process.env));
  const dataDir = mkdtempSync(join(tmpdir(), 'leadops-dry-run-'));
  const bison = await startTestBison();
  const clock = await startClock({ start: beforeMonday });
  const config = readCliConfig({ ...bison.environment, DATA_DIR: dataDir, CLOCK_URL: clock.url });
  const store = await openStore(config);
  try {
    for (const client of [lakesideAtBison, prairieAtBison]) await store.clients.save(client);
    await bison.setUp(store, 'API');
    await cleanedLeads(store, { client: 'lakeside', month: march, count: 84 });
    await cleanedLeads(store, { client: 'prairie', month: march, count: 28, zip: '74012' });
    console.log('BISON_URL is not set: this is the stand-in.');
    await look(config);
    refuseTraces(bison);
  } finally {
    store.close();
    await clock.close();
    await bison.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
  }
}

function refuseTraces(bison: TestBison): void {
  const { lists, attaches, renames, detaches, variables } = bison.stats();
  const made = [lists, attaches, renames, detaches, ...Object.values(variables)].reduce(
    (sum, { length }) => sum + length,
    0,
  );
  if (made !== 0) throw new Error('the stand-in counted something that was not meant to happen');
}
