// Putting a restored database in the place of the one that is there. Plain JavaScript: the server finishes what a killed
// restore left half done.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { syncPath } from './durable.mjs';

const note = 'restore.json';

/**
 * Puts `fresh` in the place of `database` and keeps that one as `aside`; all three are names in the data folder, whose lock
 * the caller has. From the first line on the outcome is certain: what is killed in between is finished by the next server.
 *
 * @param {string} dataDir
 * @param {string} fresh whole, checked and on the disk
 * @param {string} aside a name that is not there yet
 */
export function swapIn(dataDir, fresh, aside) {
  const beside = join(dataDir, `${note}.new`);
  writeFileSync(beside, JSON.stringify({ fresh, aside }), { mode: 0o600, flush: true });
  renameSync(beside, join(dataDir, note));
  syncPath(dataDir);
  finishRestore(dataDir);
}

/** Finishes a swap that was begun. To be called by whoever has the lock of the data folder. */
export function finishRestore(/** @type {string} */ dataDir) {
  if (!existsSync(join(dataDir, note))) return;
  /** @type {{ fresh: string, aside: string }} */
  const { fresh, aside } = JSON.parse(readFileSync(join(dataDir, note), 'utf8'));
  const [now, before, next] = ['database', aside, fresh].map((name) => join(dataDir, name));
  if (now && before && next && existsSync(next)) {
    // Where the old one is aside already, what stands here is the empty folder of a start that came in between.
    if (existsSync(before)) rmSync(now, { recursive: true, force: true });
    else if (existsSync(now)) renameSync(now, before);
    renameSync(next, now);
    syncPath(dataDir);
  }
  rmSync(join(dataDir, note), { force: true });
  syncPath(dataDir);
}
