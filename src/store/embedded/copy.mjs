// A copy of the embedded database while it is in use. Plain JavaScript, as the server that makes it.
import { constants, copyFileSync, existsSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const storage = join('supabase', '.temp', 'storage');
const passing = new Set(['postmaster.pid']);

/**
 * Copies the database and its kept files. Nothing comes in between: PGlite works in this very thread, so the copy is what
 * a killed process would leave behind, and opens as such a folder does. Nobody is answered meanwhile; files that never
 * change in place are linked, and copies are free on file systems that share blocks.
 *
 * @param {string} folder
 * @param {string} target a folder that is not there yet, on the same disk if it is to be quick
 */
export function copyDatabase(folder, target) {
  mkdirSync(target, { recursive: true, mode: 0o700 });
  copyFolder(join(folder, 'data'), join(target, 'data'), copyOne);
  if (existsSync(join(folder, storage))) copyFolder(join(folder, storage), join(target, storage), linkOne);
  // Ports, locks and logs are the running server's alone.
  for (const name of ['keys.json', 'applied.json']) copyOne(join(folder, name), join(target, name));
}

/** @typedef {(from: string, to: string) => void} Take */

function copyFolder(/** @type {string} */ from, /** @type {string} */ to, /** @type {Take} */ take) {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [there, here] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyFolder(there, here, take);
    else if (entry.isFile() && !passing.has(entry.name) && !entry.name.endsWith('.writing')) take(there, here);
  }
}

function copyOne(/** @type {string} */ from, /** @type {string} */ to) {
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
}

function linkOne(/** @type {string} */ from, /** @type {string} */ to) {
  try {
    linkSync(from, to);
  } catch {
    copyOne(from, to);
  }
}
