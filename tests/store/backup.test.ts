import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startBackups, type Backups } from '../../src/backups/index.ts';
import { makeLog } from '../../src/log.ts';
import { connectEmbedded } from '../../src/store/embedded/connect.ts';
import { describeCopy, pack, unpack } from '../../src/store/embedded/archive.ts';
import { backUp, restore } from '../../src/store/embedded/backup.ts';
import { finishRestore } from '../../src/store/embedded/swap.mjs';
import { openStore, type Store } from '../../src/store/index.ts';
import { lakeside } from '../support/clients.ts';
import { emptyDataDir } from '../support/store.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const migrations = join(root, 'migrations');
const key = 'exports/run 1/nj.csv';
const lines = 'a,b\n1,2\n';
let dataDir = '';
let out = '';
/** A LeadOps that runs all the while: its data folder with Lakeside and a kept file, written through to the disk. */
let running: { readonly folder: string; readonly store: Store; close(): Promise<void> };
/** A copy of it. */
let good = '';

/** Opens the store of the data folder for a moment. */
async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const embedded = await connectEmbedded({ dataDir });
  const store = await openStore({ DATA_DIR: dataDir });
  try {
    return await work(store);
  } finally {
    store.close();
    await embedded.stop();
  }
}

const names = (store: Store) => store.clients.all().then((all) => all.map(({ slug }) => slug).toSorted());

async function fill(store: Store): Promise<void> {
  await store.clients.save(lakeside);
  const path = await store.files.temporary('nj.csv');
  writeFileSync(path, lines);
  await store.files.keep(key, path, 'text/csv');
}

function source(store: Store, folder = dataDir) {
  if (!store.copyTo) throw new Error('an embedded store can be copied');
  return { dataDir: folder, copyTo: store.copyTo };
}

beforeAll(async () => {
  const folder = emptyDataDir();
  const embedded = await connectEmbedded({ dataDir: folder, durable: true });
  const store = await openStore({ DATA_DIR: folder });
  running = {
    folder,
    store,
    close: () => {
      store.close();
      return embedded.stop();
    },
  };
  await fill(store);
  good = join(folder, 'good.backup');
  await backUp(source(store, folder), good);
});
beforeEach(() => {
  dataDir = emptyDataDir();
  out = mkdtempSync(join(dataDir, 'out-'));
});
afterAll(async () => {
  rmSync(good, { force: true });
  await running.close();
});

test('a copy made while rows are written comes back with its rows and its kept file, and the old one is aside', async () => {
  const file = join(out, 'now.backup');
  await withStore(async (store) => {
    await fill(store);
    const writing = { on: true };
    const writer = (async () => {
      for (let count = 0; writing.on; count += 1) await store.clients.save({ ...lakeside, name: `Lakeside ${count}` });
    })();
    await backUp(source(store), file);
    writing.on = false;
    await writer;
    await store.clients.save({ ...lakeside, slug: 'later' });
    await store.files.discard([key]);
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { aside } = await restore({ dataDir, file });
  await withStore(async (store) => {
    expect(await names(store)).toEqual(['lakeside']);
    expect((await store.files.read(key))?.bytes.toString()).toBe(lines);
  });
  expect(existsSync(join(aside ?? '', 'data', 'PG_VERSION'))).toBe(true);
  // Nothing of the work stays: it was a copy of everybody.
  expect(readdirSync(dataDir).filter((name) => name.startsWith('database.copy-'))).toEqual([]);
});

test('a damaged file, a cut one and one of a newer LeadOps are refused, and nothing was changed', async () => {
  const damaged = join(out, 'damaged.backup');
  copyFileSync(good, damaged);
  const bytes = readFileSync(damaged);
  const middle = Math.floor(bytes.length / 2);
  bytes.fill(0, middle, middle + 64);
  writeFileSync(damaged, bytes);
  const cut = join(out, 'cut.backup');
  copyFileSync(good, cut);
  truncateSync(cut, statSync(good).size - 1_000);
  const other = join(out, 'other.backup');
  writeFileSync(other, 'no backup at all');
  for (const file of [damaged, cut, other]) {
    await expect(restore({ dataDir, file })).rejects.toThrow(/is no backup of LeadOps, or is damaged/);
  }
  const folder = join(out, 'newer');
  await unpack(good, folder);
  const applied = join(folder, 'applied.json');
  writeFileSync(applied, readFileSync(applied, 'utf8').replace(']', ',"29990101000000_future.sql"]'));
  await describeCopy(folder, new Date());
  const newer = join(out, 'newer.backup');
  await pack(folder, newer);
  await expect(restore({ dataDir, file: newer })).rejects.toThrow(/newer LeadOps.*29990101000000_future\.sql/);
  expect(readdirSync(dataDir).filter((name) => name.startsWith('database'))).toEqual(['database']);
  expect(await withStore(names)).toEqual([]);
});

test('while LeadOps has the database open a restore is refused, with who has it', async () => {
  const { folder, store } = running;
  const slug = 'not-in-the-copy';
  await store.clients.save({ ...lakeside, slug });
  const refused = restore({ dataDir: folder, file: good, leavingMs: 100 });
  await expect(refused).rejects.toThrow(/LeadOps has the data folder .* open \(host \S+, since /);
  expect(await names(store)).toEqual(['lakeside', slug]);
});

test('a copy of an older LeadOps is brought up to date when it is opened', async () => {
  const newer = mkdtempSync(join(dataDir, 'migrations-'));
  for (const name of readdirSync(migrations)) copyFileSync(join(migrations, name), join(newer, name));
  const added = '29990101000000_later.sql';
  writeFileSync(join(newer, added), "alter table public.clients add column later text default 'added';");
  await restore({ dataDir, file: good, migrations: newer });
  const { url, key, stop } = await connectEmbedded({ dataDir, migrations: newer });
  const rows = await fetch(`${url}/rest/v1/clients?select=slug,later`, { headers: { apikey: key } });
  expect(await rows.json()).toEqual([{ slug: 'lakeside', later: 'added' }]);
  await stop();
});

const fresh = 'database.copy-00000000';
const aside = 'database.before-1';

/** A data folder in which a restore was killed after it had written down what it does. */
function killedRestore(where: string): void {
  writeFileSync(join(dataDir, 'restore.json'), JSON.stringify({ fresh, aside }));
  if (where === 'nothing was moved yet') return;
  renameSync(join(dataDir, 'database'), join(dataDir, aside));
  if (where === 'a start came in between') mkdirSync(join(dataDir, 'database'));
  if (where === 'all was moved') renameSync(join(dataDir, fresh), join(dataDir, 'database'));
}

test.each(['nothing was moved yet', 'the old one was aside', 'a start came in between', 'all was moved'])(
  'a restore killed after its point of no return is finished by whoever comes next: %s',
  (where) => {
    mkdirSync(join(dataDir, fresh));
    writeFileSync(join(dataDir, fresh, 'which'), 'restored');
    killedRestore(where);
    finishRestore(dataDir);
    expect(readFileSync(join(dataDir, 'database', 'which'), 'utf8')).toBe('restored');
    expect(existsSync(join(dataDir, aside, 'data', 'PG_VERSION'))).toBe(true);
    expect(readdirSync(dataDir).filter((name) => /^database|^restore/.test(name))).toEqual(['database', aside]);
  },
);

test('the next start finishes a killed restore before it opens the database', async () => {
  await unpack(good, join(dataDir, fresh));
  killedRestore('the old one was aside');
  expect(await withStore(names)).toEqual(['lakeside']);
});

test('a backup killed in the middle leaves no file of its name, and the next one is whole', async () => {
  const { folder, store } = running;
  const file = join(out, 'killed.backup');
  const cli = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/cli/main.ts'), 'backup', file], {
    cwd: root,
    env: { ...process.env, DATA_DIR: folder },
    stdio: 'ignore',
  });
  const begun = () => readdirSync(folder).some((name) => name.startsWith('database.copy-'));
  while (!begun() && cli.exitCode === null) await pause(5);
  cli.kill('SIGKILL');
  await once(cli, 'exit');
  expect(existsSync(file)).toBe(false);
  await backUp(source(store, folder), file);
  const { files } = await unpack(file, join(out, 'whole'));
  expect(Object.keys(files).some((name) => name.endsWith(key))).toBe(true);
});

const day = 24 * 3_600_000;
let night: Backups | undefined;
afterEach(() => night?.stop());

test('a copy is made once a night, also late, kept for its days, and a copy that fails is said and loses no older one', async () => {
  const folder = join(running.folder, 'backups');
  const said: string[] = [];
  let now = new Date(2027, 0, 15, 9);
  night = startBackups({
    store: running.store,
    dataDir: running.folder,
    days: 14,
    log: makeLog('silent'),
    now: () => now,
    tell: ({ text }) => {
      said.push(text);
      return Promise.resolve();
    },
  });
  expect([await night.tick(), await night.tick()]).toEqual([true, false]);
  now = new Date(2027, 0, 16, 1, 59);
  expect(await night.tick()).toBe(false);
  // Down at two o'clock, up at eleven at night.
  now = new Date(2027, 0, 16, 23);
  expect(await night.tick()).toBe(true);
  expect(readdirSync(folder)).toHaveLength(2);
  now = new Date(now.getTime() + 15 * day);
  expect(await night.tick()).toBe(true);
  const kept = readdirSync(folder);
  expect(kept).toHaveLength(1);
  expect(said).toEqual([]);
  if (!mountSmall(folder)) return;
  now = new Date(now.getTime() + day);
  expect(await night.tick()).toBe(false);
  spawnSync('umount', [folder]);
  expect(said).toEqual([expect.stringMatching(/could not be made: the disk is full.*Older copies stay/)]);
  expect(readdirSync(folder)).toEqual(kept);
}, 300_000);

/** A disk of one megabyte over the folder; false where we may not. */
function mountSmall(folder: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]).status === 0;
}

const canTrace = spawnSync('strace', ['-V']).status === 0 && process.platform === 'linux';
(canTrace ? test : test.skip)(
  'what is committed is on the disk: PostgreSQL’s log is synced at every commit',
  async () => {
    const trace = join(out, 'strace.txt');
    const { folder, store } = running;
    const { pid } = JSON.parse(readFileSync(join(folder, 'database', 'owner.json'), 'utf8')) as { pid: number };
    const strace = spawn('strace', ['-f', '-y', '-e', 'trace=fsync', '-o', trace, '-p', String(pid)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await once(strace.stderr, 'data');
    await store.clients.save({ ...lakeside, slug: 'on-the-disk' });
    strace.kill();
    await once(strace, 'exit');
    expect(readFileSync(trace, 'utf8')).toMatch(/fsync\(\d+<[^>]*pg_wal\/[0-9A-F]{24}>\) += 0/);
  },
);
