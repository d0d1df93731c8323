import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Unexpected } from '../../../pipeline/errors.ts';

const server = fileURLToPath(new URL('./server.mjs', import.meta.url));
const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url));

const Address = z.object({ pid: z.number(), url: z.string(), hold: z.number() });
const Keys = z.object({ secret: z.string(), publishable: z.string() });

export type EmbeddedOptions = {
  readonly dataDir: string;
  readonly migrations?: string;
  /** The same server on a PostgreSQL of one's own instead of PGlite; the tests' second round. */
  readonly postgresUrl?: string;
};

export type Embedded = {
  readonly url: string;
  readonly key: string;
  readonly publishableKey: string;
  /** fetch that finds the database again when it was restarted. */
  readonly fetch: typeof fetch;
  /** Lets go of it; the server ends by itself when nobody holds it. */
  readonly close: () => void;
  /** Ends the server now. */
  readonly stop: () => Promise<void>;
};

/**
 * Connects to the embedded database of a data folder, starting it where it is not running. Every process that uses the
 * folder goes through here; the files themselves are the server's alone.
 *
 * @throws Error with the server's own words when it does not come up within a minute
 */
export async function connectEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const folder = resolve(options.dataDir, 'database');
  let held = await find(folder, options);
  let finding: Promise<Held> | undefined;
  const findAgain = () =>
    (finding ??= find(folder, options)
      .then((found) => {
        held.socket.destroy();
        return (held = found);
      })
      .finally(() => (finding = undefined)));
  const keys = Keys.parse(JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')));
  const firstUrl = held.url;
  return {
    url: firstUrl,
    key: keys.secret,
    publishableKey: keys.publishable,
    fetch: async (input, init) => {
      if (held.socket.destroyed) await findAgain();
      const request = input instanceof Request ? input.url : String(input);
      const ask = () =>
        fetch(request.replace(firstUrl, held.url), init ?? (input instanceof Request ? input : undefined));
      try {
        return await ask();
      } catch (error) {
        // Only a refused connection is certain not to have reached it; anything else is the caller's to judge.
        if (!refused(error)) throw error;
        await findAgain();
        return await ask();
      }
    },
    close: () => held.socket.destroy(),
    stop: async () => {
      held.socket.destroy();
      process.kill(held.pid, 'SIGTERM');
      while (isRunning(held.pid)) await new Promise((again) => setTimeout(again, 20));
    },
  };
}

type Held = { readonly pid: number; readonly url: string; readonly socket: Socket };

async function find(folder: string, options: EmbeddedOptions): Promise<Held> {
  const end = Date.now() + 60_000;
  let started: ReturnType<typeof start> | undefined;
  for (;;) {
    const found = await tryHold(folder);
    if (found) return found;
    started ??= start(folder, options);
    if (started.failed() || Date.now() > end) {
      throw new Unexpected(
        `The embedded database did not start:\n${started.words()}\nSee ${join(folder, 'server.log')}.`,
      );
    }
    await new Promise((again) => setTimeout(again, 100));
  }
}

async function tryHold(folder: string): Promise<Held | undefined> {
  const file = join(folder, 'database.json');
  if (!existsSync(file)) return undefined;
  const address = Address.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!address.success) return undefined;
  const socket = await new Promise<Socket | undefined>((answer) => {
    const trying = connect(address.data.hold, '127.0.0.1');
    trying.once('connect', () => answer(trying));
    trying.once('error', () => answer(undefined));
  });
  if (!socket) return undefined;
  socket.on('error', () => socket.destroy());
  socket.unref();
  return { pid: address.data.pid, url: address.data.url, socket };
}

function start(folder: string, options: EmbeddedOptions) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const log = openSync(join(folder, 'server.log'), 'a', 0o600);
  const words = [server, folder, options.migrations ?? migrationsFolder];
  if (options.postgresUrl) words.push(options.postgresUrl);
  const child = spawn(process.execPath, words, { stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  return {
    // Code 0 means that another process's server is coming up.
    failed: () => child.exitCode !== null && child.exitCode !== 0,
    words: () => readFileSync(join(folder, 'server.log'), 'utf8').slice(-2_000),
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
