import { cpSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { makeDb, type Db } from '../../src/store/db.ts';
import type { Database } from '../../src/store/database.types.ts';
import { connectEmbedded } from '../../src/store/embedded/connect.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { keptFolder } from './kept.ts';
import { copyDatabase } from './postgres.ts';

export type TestStore = {
  readonly store: Store;
  /** A client of the database's own, to look at it past our code. */
  readonly db: Db;
  readonly dataDir: string;
  readonly url: string;
  readonly key: string;
  readonly publishableKey: string;
  /** Of the database itself, where it is a PostgreSQL server. */
  readonly postgresUrl: string | undefined;
  /** Empties these tables: a server of their own for each of many small tests would take most of their time. */
  empty(...tables: readonly Table[]): Promise<void>;
  close(): Promise<void>;
};

type Table = keyof Database['public']['Tables'];

export type Engine = 'PGlite' | 'PostgreSQL';

/** The databases that can be had here; the second round of the store's tests needs a PostgreSQL server. */
export const engines: readonly Engine[] = process.env.LEADOPS_TEST_POSTGRES ? ['PGlite', 'PostgreSQL'] : ['PGlite'];

/** An empty, migrated database of the test's own, in a process of its own. */
export async function openTestStore(engine: Engine = 'PGlite'): Promise<TestStore> {
  const dataDir = emptyDataDir(engine);
  const cluster = process.env.LEADOPS_TEST_POSTGRES;
  const postgresUrl = engine === 'PostgreSQL' && cluster ? await copyDatabase(cluster) : undefined;
  const embedded = await connectEmbedded({ dataDir, ...(postgresUrl && { postgresUrl }) });
  const store = await openStore({ DATA_DIR: dataDir });
  const db = makeDb(embedded.url, embedded.key, embedded.fetch);
  return {
    store,
    db,
    dataDir,
    url: embedded.url,
    key: embedded.key,
    publishableKey: embedded.publishableKey,
    postgresUrl,
    async empty(...tables) {
      for (const table of tables) {
        const { error } = await db.from(table).delete();
        if (error) throw new Error(`${table} could not be emptied: ${error.message}`);
      }
    },
    close: async () => {
      store.close();
      await embedded.stop();
    },
  };
}

/** A migrated PGlite database that was made once for all test runs; nobody opens it. */
export const keptTemplate = (): Promise<string> =>
  keptFolder('pglite', async (dataDir) => {
    const made = await connectEmbedded({ dataDir });
    await made.stop();
  });

/** Copies the database of a data folder that is at rest, without what is one server's own. */
export function copyDataDir(from: string, to: string): void {
  cpSync(join(from, 'database'), join(to, 'database'), {
    recursive: true,
    filter: (path) => !/(database\.json|owner\.json|server\.log|\/port|keys\.json)$/.test(path),
  });
}

/** A data folder with a migrated database of its own in it: making one from nothing takes seconds, copying does not. */
export function emptyDataDir(engine: Engine = 'PGlite'): string {
  const { LEADOPS_TEST_FOLDER: folder = '', LEADOPS_TEST_TEMPLATE: pglite = '' } = process.env;
  const dataDir = mkdtempSync(join(folder, 'data-'));
  copyDataDir(engine === 'PGlite' ? pglite : join(folder, 'postgres'), dataDir);
  return dataDir;
}

/** A look into the database of a data folder past our code, while an app uses it. */
export async function lookInto<T>(dataDir: string, look: (db: Db) => PromiseLike<T>): Promise<T> {
  const embedded = await connectEmbedded({ dataDir });
  try {
    return await look(makeDb(embedded.url, embedded.key, embedded.fetch));
  } finally {
    embedded.close();
  }
}
