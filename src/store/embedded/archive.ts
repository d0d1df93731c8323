import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { InvalidInput } from '../../../pipeline/errors.ts';
import { syncPath } from './durable.mjs';

const Manifest = z.object({
  format: z.literal(1),
  /** When the copy was made, machine time. */
  made: z.iso.datetime(),
  /** The migrations that had been applied, by file name. */
  migrations: z.array(z.string()),
  /** PostgreSQL's major version. */
  postgres: z.string(),
  /** Every file with its size and SHA-256. */
  files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
});
/** What a backup file says of itself: it is the first thing to read in it. */
export type Manifest = z.output<typeof Manifest>;

const manifestName = 'manifest.json';

/** Writes down what is in a copied database's folder. */
export async function describeCopy(folder: string, made: Date): Promise<Manifest> {
  const manifest: Manifest = {
    format: 1,
    made: made.toISOString(),
    migrations: z.array(z.string()).parse(JSON.parse(await readFile(join(folder, 'applied.json'), 'utf8'))),
    postgres: (await readFile(join(folder, 'data', 'PG_VERSION'), 'utf8')).trim(),
    files: await hashes(folder),
  };
  await writeFile(join(folder, manifestName), JSON.stringify(manifest), { mode: 0o600 });
  return manifest;
}

/**
 * Packs a folder into one file (a tar archive, gzipped), 0600. It has its name only when it is whole and on the disk; a
 * file of that name stays until then.
 *
 * @throws Error where the disk is full or `tar` fails; nothing of the new file stays
 */
export async function pack(folder: string, file: string): Promise<void> {
  const part = `${file}.part`;
  await rm(part, { force: true });
  try {
    const tar = spawn('tar', ['-cf', '-', '-C', folder, '.'], { stdio: ['ignore', 'pipe', 'pipe'] });
    await Promise.all([
      pipeline(tar.stdout, createGzip({ level: 6 }), createWriteStream(part, { mode: 0o600, flags: 'wx' })),
      ended(tar),
    ]);
    const written = await open(part);
    await written.sync().finally(() => written.close());
    await rename(part, file);
    syncPath(dirname(file));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/**
 * Unpacks a backup into a folder that is not there yet, and compares every file with what the manifest says.
 *
 * @throws InvalidInput where the file is no backup, or damaged; nothing of it stays
 */
export async function unpack(file: string, folder: string): Promise<Manifest> {
  await mkdir(folder, { mode: 0o700 });
  try {
    const tar = spawn('tar', ['-xf', '-', '--no-same-owner', '-C', folder], { stdio: ['pipe', 'ignore', 'pipe'] });
    const fed = pipeline(createReadStream(file), createGunzip(), tar.stdin).catch((error: unknown) => {
      // `tar` may leave at the archive's last block, before the padding behind it; whether it got all is checked below.
      if (!['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(codeOf(error) ?? '')) throw error;
    });
    await Promise.all([fed, ended(tar)]);
    const manifest = Manifest.parse(JSON.parse(await readFile(join(folder, manifestName), 'utf8')));
    await rm(join(folder, manifestName));
    const [said, found] = [manifest.files, await hashes(folder)];
    const names = new Set([...Object.keys(said), ...Object.keys(found)]);
    const wrong = [...names].filter((name) => said[name]?.sha256 !== found[name]?.sha256);
    if (wrong.length > 0) throw new Error(`${wrong.length} of ${names.size} files differ from what was written`);
    return manifest;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    // A full disk says nothing about the backup file.
    if (codeOf(error) === 'ENOSPC') throw error;
    throw new InvalidInput(`${file} is no backup of LeadOps, or is damaged.`, {
      todo: 'Nothing was changed. Take another copy.',
      cause: error,
    });
  }
}

/** The system's own code of an error, such as ENOSPC. */
export function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

async function hashes(folder: string): Promise<Manifest['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Manifest['files'] = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of createReadStream(path)) {
      // A stream without an encoding gives buffers.
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
    files[relative(folder, path)] = { bytes, sha256: hash.digest('hex') };
  }
  return files;
}

function ended(tar: ReturnType<typeof spawn>): Promise<void> {
  let said = '';
  tar.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
  return new Promise((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', (code) => {
      if (code === 0) resolve();
      else if (said.includes('No space left')) reject(Object.assign(new Error('the disk is full'), { code: 'ENOSPC' }));
      else reject(new Error(`tar ended with ${code}: ${said.slice(0, 200)}`));
    });
  });
}
