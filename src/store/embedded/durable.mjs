// What is committed is on the disk. Plain JavaScript, as the server that uses it.
//
// PGlite 0.4.5 starts PostgreSQL with `-F` (fsync off), and the layer under it (Emscripten's NODEFS) answers every fsync
// with "done" without doing it: a process may be killed at any moment, but after a power failure the folder may be
// unreadable. Both are put right here; PostgreSQL's own order (the log first, then the pages) does the rest.
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, promises, readdirSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join, sep } from 'node:path';

/**
 * @typedef {{ nfd?: number, node: object }} Stream a file PostgreSQL has open; folders have no `nfd`
 * @typedef {{ stream_ops: { fsync?: (stream: Stream) => number }, realPath: (node: object) => string }} NodeFiles
 * @typedef {{ preRun?: Iterable<(module: { FS: { filesystems: { NODEFS: NodeFiles } } }) => void> }} Options
 * @typedef {{ query(sql: string): Promise<unknown> }} Database
 */

/** The tests throw their databases away, and make hundreds: they do without. Nobody else should. */
const syncs = process.env.LEADOPS_DATABASE_SYNC !== 'off';

/**
 * To be called before Supabase Lite opens its database.
 *
 * @param {(database: Database) => void} opened gets the database once it is opened
 */
export async function makeDurable(opened) {
  const lite = import.meta.resolve('@supabase/lite/pglite');
  /** @type {{ PGlite: { defaultStartParams: string[] } }} */
  const { PGlite } = await import(lite);
  if (syncs) {
    const off = PGlite.defaultStartParams.indexOf('-F');
    if (off >= 0) PGlite.defaultStartParams.splice(off, 1);
    // Of the ways to write the log the one that goes through fsync: NODEFS knows no other.
    PGlite.defaultStartParams.push('-c', 'fsync=on', '-c', 'wal_sync_method=fsync', '-c', 'full_page_writes=on');
  }
  const { NodeFS } = await import('@electric-sql/pglite/nodefs');
  const { init } = NodeFS.prototype;
  NodeFS.prototype.init = function (
    /** @type {Parameters<typeof init>[0]} */ database,
    /** @type {Parameters<typeof init>[1]} */ options,
  ) {
    opened(database);
    // PGlite's type of its hooks does not name what they are given.
    const given = /** @type {Options} */ (options);
    const preRun = [...(given.preRun ?? []), addFsync];
    return init.call(this, database, /** @type {typeof options} */ ({ ...options, preRun }));
  };
}

function addFsync(/** @type {{ FS: { filesystems: { NODEFS: NodeFiles } } }} */ { FS }) {
  const files = FS.filesystems.NODEFS;
  files.stream_ops.fsync = ({ nfd, node }) => {
    if (!syncs) return 0;
    if (nfd === undefined) syncPath(files.realPath(node));
    else fsyncSync(nfd);
    return 0;
  };
}

/**
 * The same for kept files: Supabase Lite writes them in place and leaves the rest to the system. From here on each is
 * written beside, brought onto the disk and renamed, so that the old or the new is there and a file never changes in place.
 */
export function makeFilesDurable() {
  const inStorage = join('supabase', '.temp', 'storage') + sep;
  const writeInPlace = promises.writeFile;
  promises.writeFile = async (path, data, options) => {
    if (typeof path !== 'string' || !path.includes(inStorage)) return writeInPlace(path, data, options);
    const beside = join(dirname(path), `.${randomUUID()}.writing`);
    try {
      await writeInPlace(beside, data, { mode: 0o600, flush: true });
      await promises.rename(beside, path);
    } catch (error) {
      await promises.rm(beside, { force: true });
      throw error;
    }
    syncPath(dirname(path));
  };
  // For those who imported the function by its name.
  syncBuiltinESMExports();
}

/** A folder's entries, or a file's content, onto the disk. */
export function syncPath(/** @type {string} */ path) {
  if (!syncs) return;
  const open = openSync(path, 'r');
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

/** Everything in a folder, and the folder: for files that others wrote without it. */
export function syncAll(/** @type {string} */ folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncAll(path);
    else if (entry.isFile()) syncPath(path);
  }
  syncPath(folder);
}
