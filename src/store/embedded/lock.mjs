// One server a data folder. Plain JavaScript, as the server that takes it.
import { spawnSync } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A server that finds its folder taken ends with this. */
export const takenCode = 75;

/** What `open` of macOS and the BSDs calls O_EXLOCK; Node has no name for it there. */
const lockOnOpen = 0x20;
/** What libuv calls UV_FS_O_EXLOCK: on Windows, nobody else opens the file. */
const lockOnOpenWindows = 0x10000000;

/**
 * Takes the data folder for this process, or answers null where somebody has it. The lock is the operating system's and
 * belongs to the open file: it ends with the last process that has it open, however that one ends, and is the same for
 * every container on this machine. Nothing is left behind that could be stale.
 *
 * On Linux the folder itself is locked: there is no lock file that somebody could delete. Elsewhere it is a file in it.
 *
 * @param {string} dataDir
 * @returns {number | null} the open file: hand it on to children that work in the folder too
 * @throws Error where the file system or the system has no such lock
 */
export function lockFolder(dataDir) {
  for (;;) {
    const held = process.platform === 'linux' ? lockItself(dataDir) : lockFile(join(dataDir, 'server.lock'));
    if (held === null) return null;
    // Moved or deleted between opening and locking: that one is another folder now.
    if (isStill(held, process.platform === 'linux' ? dataDir : join(dataDir, 'server.lock'))) return held;
    closeSync(held);
  }
}

function lockItself(/** @type {string} */ dataDir) {
  const folder = openSync(dataDir, constants.O_RDONLY | constants.O_DIRECTORY);
  // Node cannot call flock(2). The program of that name locks the file it is handed, which stays open here.
  const asked = spawnSync('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'pipe', folder], encoding: 'utf8' });
  if (asked.status === 0) return folder;
  closeSync(folder);
  if (asked.status === 1) return null;
  const why = asked.error ? 'the program flock (package util-linux) is missing' : asked.stderr.trim();
  throw new Error(
    `The data folder ${dataDir} cannot be locked (${why}), so nothing holds a second database server off it. ` +
      'Nothing was started. Put DATA_DIR on a disk of this machine, or use a Supabase project (SUPABASE_URL).',
  );
}

function lockFile(/** @type {string} */ path) {
  const flag = process.platform === 'win32' ? lockOnOpenWindows : lockOnOpen | constants.O_NONBLOCK;
  try {
    return openSync(path, constants.O_RDWR | constants.O_CREAT | flag, 0o600);
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code === 'EAGAIN' || code === 'EWOULDBLOCK' || code === 'EBUSY') return null;
    throw error;
  }
}

function isStill(/** @type {number} */ held, /** @type {string} */ path) {
  try {
    const [ours, there] = [fstatSync(held, { bigint: true }), statSync(path, { bigint: true })];
    return ours.ino === there.ino && ours.dev === there.dev;
  } catch {
    return false;
  }
}
