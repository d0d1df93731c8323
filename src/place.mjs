// Where a process runs, as far as others can tell: shared by the holders of leases and by the embedded database's server,
// which is plain JavaScript. Host names are equal in two containers and process ids are given again; none of these is.
import { readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} Place
 * @property {string} host its name, for people
 * @property {string} machine one running kernel (Linux: its boot), or '' where it cannot be told
 * @property {string} pids the space its process ids are counted in, or '' where it cannot be told
 * @property {string} network the space in which 127.0.0.1 is this one, or '' where it cannot be told
 */

/** @returns {Place} */
export function thisPlace() {
  return process.platform === 'linux'
    ? {
        host: hostname(),
        machine: orNothing(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
        pids: orNothing(() => numberIn(readlinkSync('/proc/self/ns/pid'))),
        network: orNothing(() => numberIn(readlinkSync('/proc/self/ns/net'))),
      }
    : { host: hostname(), machine: orNothing(machineWord), pids: 'all', network: 'all' };
}

/**
 * When a process of this place began, in clock ticks since the machine's start (Linux), as text; null: there is none of
 * that id. '' where a running process's start cannot be told.
 *
 * @param {number} pid
 * @returns {string | null}
 */
export function startOf(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The second field is the program's name in brackets, which may hold anything; a dead child not yet collected is gone.
      const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state === 'Z' || state === 'X' ? null : (fields[18] ?? '');
    } catch (error) {
      return isCode(error, 'ENOENT') || isCode(error, 'ESRCH') ? null : '';
    }
  }
  try {
    process.kill(pid, 0);
    return '';
  } catch (error) {
    return isCode(error, 'ESRCH') ? null : '';
  }
}

/** Two Macs may bear one name: a word in this machine's own temporary folder tells them apart. */
function machineWord() {
  const file = join(tmpdir(), 'leadops-machine');
  try {
    writeFileSync(file, randomUUID(), { flag: 'wx', mode: 0o644 });
  } catch {
    // It is there already.
  }
  return readFileSync(file, 'utf8').trim();
}

const numberIn = (/** @type {string} */ text) => /\d+/.exec(text)?.[0] ?? '';

function orNothing(/** @type {() => string} */ read) {
  try {
    return read();
  } catch {
    return '';
  }
}

function isCode(/** @type {unknown} */ error, /** @type {string} */ code) {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
