import { randomBytes } from 'node:crypto';
import { closeSync, existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { InvalidInput } from '../../../pipeline/errors.ts';
import { describeCopy, pack, unpack, type Manifest } from './archive.ts';
import { syncAll, syncPath } from './durable.mjs';
import { lockFolder } from './lock.mjs';
import { ownerOf } from './owner.ts';
import { finishRestore, swapIn } from './swap.mjs';

const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url));
/** A server nobody uses any more ends within this. */
const leavingMs = 8_000;
const leftAfterMs = 24 * 3_600_000;

/**
 * Copies the embedded database and its kept files into one file while they are in use, and reads that file back. In it
 * are all rows, the kept files and the database's own keys; not in it is `credentials.key`, without which the stored
 * logins cannot be read: a stolen copy does not open them.
 *
 * @throws Error where it could not: nothing of it stays, and a file of that name is as it was
 */
export async function backUp(
  source: { readonly dataDir: string; readonly copyTo: (folder: string) => Promise<void> },
  file: string,
): Promise<Manifest> {
  const dataDir = resolve(source.dataDir);
  const unchecked = `${resolve(file)}.unchecked`;
  await removeLeft(dataDir);
  const [copy, check] = [temporary(dataDir), temporary(dataDir)];
  try {
    await source.copyTo(copy);
    const manifest = await describeCopy(copy, new Date());
    await pack(copy, unchecked);
    await rm(copy, { recursive: true, force: true });
    await unpack(unchecked, check);
    await rename(unchecked, resolve(file));
    syncPath(dirname(resolve(file)));
    return manifest;
  } finally {
    for (const left of [copy, check]) await rm(left, { recursive: true, force: true });
    await rm(unchecked, { force: true });
  }
}

export type Restored = {
  readonly manifest: Manifest;
  /** Where the database that was there is kept now; null where there was none. */
  readonly aside: string | null;
};

/**
 * Puts a backup in the place of the embedded database, which is kept aside. It has happened or has not, wherever it is
 * killed: up to the swap nothing is touched, and a swap that was begun is finished by the next start.
 *
 * @throws InvalidInput where LeadOps runs, or the file is damaged or of a newer LeadOps; nothing was changed then
 */
export async function restore(options: {
  readonly dataDir: string;
  readonly file: string;
  readonly migrations?: string;
  readonly leavingMs?: number;
}): Promise<Restored> {
  const dataDir = resolve(options.dataDir);
  if (!existsSync(options.file)) {
    throw new InvalidInput(`There is no file ${options.file}.`, { todo: 'Nothing was changed.' });
  }
  const lock = await lockWhenLeft(dataDir, options.leavingMs ?? leavingMs);
  const fresh = temporary(dataDir);
  try {
    finishRestore(dataDir);
    await removeLeft(dataDir);
    const manifest = await unpack(options.file, fresh);
    await checkFits(manifest, dataDir, options.migrations ?? migrationsFolder);
    syncAll(fresh);
    const stamp = new Date().toISOString().replaceAll(/[:.]/g, '');
    const before = existsSync(join(dataDir, 'database')) ? `database.before-${stamp}` : null;
    swapIn(dataDir, fresh.slice(dataDir.length + 1), before ?? `database.before-${stamp}`);
    return { manifest, aside: before && join(dataDir, before) };
  } finally {
    await rm(fresh, { recursive: true, force: true });
    closeSync(lock);
  }
}

async function lockWhenLeft(dataDir: string, withinMs: number): Promise<number> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  for (const end = performance.now() + withinMs; ; await pause(100)) {
    const lock = lockFolder(dataDir);
    if (lock !== null) return lock;
    if (performance.now() < end) continue;
    const owner = ownerOf(join(dataDir, 'database'));
    throw new InvalidInput(
      `LeadOps has the data folder ${dataDir} open${owner ? ` (host ${owner.host}, since ${owner.since})` : ''}.`,
      { todo: 'Nothing was changed. Stop it, then restore again.' },
    );
  }
}

async function checkFits(manifest: Manifest, dataDir: string, migrations: string): Promise<void> {
  const known = new Set(await readdir(migrations));
  const newer = manifest.migrations.filter((name) => !known.has(name));
  if (newer.length > 0) {
    throw new InvalidInput(
      `This backup is of a newer LeadOps: ${newer.length} of its migrations are not known here (${newer.at(-1)}).`,
      { todo: 'Nothing was changed. Update LeadOps, then restore again.' },
    );
  }
  const here = await readFile(join(dataDir, 'database', 'data', 'PG_VERSION'), 'utf8').catch(() => null);
  if (here !== null && here.trim() !== manifest.postgres) {
    throw new InvalidInput(`This backup is of PostgreSQL ${manifest.postgres}, this LeadOps has ${here.trim()}.`, {
      todo: 'Nothing was changed. Restore it with the LeadOps that made it.',
    });
  }
}

const temporary = (dataDir: string) => join(dataDir, `database.copy-${randomBytes(4).toString('hex')}`);

/** What a killed backup or restore left: a copy of everything, people too. One that is being made is younger. */
async function removeLeft(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir).catch((): string[] => [])) {
    if (!/^database\.copy-[0-9a-f]{8}$/.test(name)) continue;
    const { mtimeMs } = await stat(join(dataDir, name));
    if (Date.now() - mtimeMs > leftAfterMs) await rm(join(dataDir, name), { recursive: true, force: true });
  }
}
