import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const shelf = join(root, 'node_modules', '.cache', 'leadops-tests');

/**
 * A folder that takes seconds to make and comes out the same as long as the database's programs and migrations stay as
 * they are. It is made once and kept for later test runs; whoever uses it copies it.
 *
 * @param make fills a folder that others may enter; where it throws nothing is kept
 * @returns its path
 */
export async function keptFolder(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const whole = join(shelf, `${name}-${fingerprint()}`);
  if (existsSync(whole)) return whole;
  const folder = mkdtempSync(join(tmpdir(), 'leadops-kept-'));
  try {
    await make(folder);
    mkdirSync(shelf, { recursive: true });
    for (const old of readdirSync(shelf)) {
      if (old.startsWith(`${name}-`) && !old.startsWith(basename(whole)))
        rmSync(join(shelf, old), { recursive: true, force: true });
    }
    // In one move, so that another test run finds all of it or nothing.
    const copy = `${whole}.${process.pid}`;
    cpSync(folder, copy, { recursive: true });
    try {
      renameSync(copy, whole);
    } catch {
      // Another test run was there first.
      rmSync(copy, { recursive: true, force: true });
    }
    return whole;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Of everything that decides what a new database is. */
function fingerprint(): string {
  const hash = createHash('sha256').update(process.version);
  for (const folder of ['migrations', 'src/store/embedded']) {
    for (const name of readdirSync(join(root, folder)).toSorted()) hash.update(readFileSync(join(root, folder, name)));
  }
  for (const name of ['@supabase/lite', '@electric-sql/pglite']) {
    hash.update(readFileSync(join(root, 'node_modules', name, 'package.json')));
  }
  return hash.digest('hex').slice(0, 16);
}
