import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type Cluster } from './postgres.ts';
import { keptTemplate } from './store.ts';

declare global {
  var leadopsCluster: Cluster | undefined;
  var leadopsTestFolder: string | undefined;
}

/** Once for all suites: a migrated database to copy, and a PostgreSQL server where one can be started. */
export default async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'leadops-test-'));
  // PostgreSQL runs as a user of its own and must reach its folder in here.
  chmodSync(folder, 0o711);
  globalThis.leadopsTestFolder = folder;
  process.env.LEADOPS_TEST_FOLDER = folder;
  // Hundreds of databases are made and thrown away; a test of the disk's part turns it on for its own.
  process.env.LEADOPS_DATABASE_SYNC ??= 'off';
  process.env.LEADOPS_TEST_TEMPLATE = await keptTemplate();
  const cluster = await startPostgres(join(folder, 'postgres'));
  if ('url' in cluster) {
    globalThis.leadopsCluster = cluster;
    process.env.LEADOPS_TEST_POSTGRES = cluster.url;
    process.stderr.write('tests: the store is tested on PGlite and on PostgreSQL\n');
  } else {
    process.stderr.write(`tests: the store is tested on PGlite only: ${cluster.missing}\n`);
  }
}
