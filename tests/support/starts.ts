import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const server = fileURLToPath(new URL('../../src/store/embedded/server.mjs', import.meta.url));
const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));
const taken = 75;

/** The embedded database's server on a data folder, started past `connectEmbedded`; `before` is put in front of it. */
export function startServer(dataDir: string, before: readonly string[] = [], from = migrations): ChildProcess {
  const words = [...before, process.execPath, server, join(dataDir, 'database'), from];
  return spawn(words[0] ?? '', words.slice(1), { stdio: 'ignore' });
}

export type Race = {
  readonly starts: number;
  /** How many of them were seen with the database's files open: none of those ends before it is killed. */
  readonly opened: number;
  readonly failed: number;
};

/**
 * Starts many servers on one folder at once, waits until all but those that got it are gone, and kills the rest with
 * `kill -9`: a server past the lock lives on, so two of them would both be seen.
 */
export async function raceForFolder(dataDir: string, count: number): Promise<Race> {
  const children = Array.from({ length: count }, () => startServer(dataDir));
  const ended = children.map((child) => new Promise<void>((resolve) => child.once('exit', () => resolve())));
  const alive = () => children.filter((child) => child.exitCode === null && child.signalCode === null);
  const opened = new Set<number>();
  // Losers leave in a moment; whoever got the folder opens its files as soon as PostgreSQL is up.
  for (let over = false; !over;) {
    await pause(10);
    for (const pid of openers(dataDir)) opened.add(pid);
    over = opened.size > 1 || alive().length === 0 || (alive().length === 1 && opened.size === 1);
  }
  const failed = children.filter((child) => child.exitCode !== null && child.exitCode !== taken).length;
  for (const child of alive()) child.kill('SIGKILL');
  await Promise.all(ended);
  return { starts: count, opened: opened.size, failed };
}

/** Processes that have files of the folder's database open at this moment (Linux); at rest a server has few or none. */
export function openers(dataDir: string): number[] {
  const data = join(dataDir, 'database', 'data');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => links(`/proc/${pid}/fd`).some((path) => path.startsWith(data)));
}

function links(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => readlinkSync(join(folder, name)));
  } catch {
    // Gone meanwhile, or not ours to look into.
    return [];
  }
}
