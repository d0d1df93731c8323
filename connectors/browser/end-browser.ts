import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { BrowserIdentity } from './chromium.ts';

const run = promisify(execFile);

/**
 * Ends the browser a dead process left behind. Only a process whose command line bears the marker is ours: a pid alone may
 * long belong to somebody else.
 * @returns whether one was found and ended
 */
export async function endBrowser({ pid, marker }: BrowserIdentity): Promise<boolean> {
  if (!/^--leadops-browser=[0-9a-f-]{36}$/.test(marker)) return false;
  const pids = (await bears(pid, marker)) ? [pid] : await pidsWith(marker);
  for (const found of pids) kill(found);
  const deadline = performance.now() + 5_000;
  while (pids.length > 0 && performance.now() < deadline && (await pidsWith(marker)).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return pids.length > 0;
}

async function bears(pid: number, marker: string): Promise<boolean> {
  return pid > 1 && (await commandOf(pid)).includes(marker);
}

async function commandOf(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  } catch {
    // No /proc here, or no such process: `ps` knows on every other system.
    return run('ps', ['-o', 'command=', '-p', String(pid)]).then(
      ({ stdout }) => stdout,
      () => '',
    );
  }
}

async function pidsWith(marker: string): Promise<readonly number[]> {
  const all = await readdir('/proc').then(
    (names) => names.filter((name) => /^\d+$/.test(name)).map(Number),
    async () => {
      const { stdout } = await run('ps', ['-axo', 'pid=,command=']);
      return stdout
        .split('\n')
        .filter((line) => line.includes(marker))
        .map((line) => Number.parseInt(line, 10));
    },
  );
  const found: number[] = [];
  for (const pid of all) if (pid !== process.pid && (await bears(pid, marker))) found.push(pid);
  return found;
}

/** The whole group where the browser leads one (as Playwright starts it), else the process. */
function kill(pid: number): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
      return;
    } catch {
      // Not a group's leader, or gone: try the process itself.
    }
  }
}
