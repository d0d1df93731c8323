import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isGone } from '../runs/holder.ts';

export type WorkFolder = { readonly path: string; remove(): Promise<void> };

/**
 * A folder of this process's own under `DATA_DIR/work`, which nobody else on the machine can look into: recordings,
 * downloads and the browser's own files lie there, and nothing in /tmp. It goes with the process; what a dead process left
 * goes at the next start. Files of runs lie beside it under their run's id, for the next attempt may need them.
 */
export async function makeWorkFolder(dataDir: string, holder: string): Promise<WorkFolder> {
  const all = resolve(dataDir, 'work');
  await mkdir(all, { recursive: true, mode: 0o700 });
  // Made by an earlier version, or by hand.
  await chmod(all, 0o700);
  for (const name of await readdir(all)) {
    if (!/^p[\w-]+$/.test(name)) continue;
    const owner = await readFile(join(all, name, 'holder'), 'utf8').catch(() => null);
    if (owner !== null && isGone(owner, holder)) await rm(join(all, name), { recursive: true, force: true });
  }
  // The name is short, because the browser makes a socket below it and a socket's path may have no more than 107 bytes.
  const path = join(all, `p${process.pid}-${randomUUID().slice(0, 6)}`);
  await mkdir(path, { mode: 0o700 });
  await writeFile(join(path, 'holder'), holder, { mode: 0o600 });
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
