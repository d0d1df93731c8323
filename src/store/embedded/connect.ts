import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { childEnvironment } from '../../../pipeline/child-environment.ts';
import { InvalidInput, Unexpected } from '../../../pipeline/errors.ts';
import { order, tryHold, type Held } from './hold.ts';
import { takenCode } from './lock.mjs';
import { otherOwner } from './owner.ts';

const server = fileURLToPath(new URL('./server.mjs', import.meta.url));
const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url));

const Keys = z.object({ secret: z.string(), publishable: z.string() });
const leavingMs = 10_000;
/** A busy machine needs a minute for the migrations of a new folder. */
const startingMs = 180_000;

export type EmbeddedOptions = {
  readonly dataDir: string;
  readonly migrations?: string;
  /** The same server on a PostgreSQL of one's own instead of PGlite; the tests' second round. */
  readonly postgresUrl?: string;
  /** How long a folder that is taken elsewhere is waited for: a server that nobody uses any more is about to end. */
  readonly leavingMs?: number;
  /** Commits are synced to the disk even where the environment turns that off, as it does for the other tests. */
  readonly durable?: boolean;
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
  /**
   * Copies database and kept files into a folder that is not there yet, while they are in use.
   *
   * @throws Error where it could not: the folder may hold a part of it
   */
  readonly copyTo: (folder: string) => Promise<void>;
};

/**
 * Connects to the embedded database of a data folder, starting it where it is not running. Every process that uses the
 * folder goes through here; the files themselves are the server's alone.
 *
 * @throws InvalidInput where another machine's or container's LeadOps has the folder open
 * @throws Error with the server's own words when it does not come up within three minutes
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
      await order(held, 'stop');
    },
    copyTo: async (target) => {
      if (held.socket.destroyed) await findAgain();
      const answer = await order(held, `copy ${target}`);
      if (answer !== 'done') throw new Error(`The database could not be copied to ${target}: ${answer ?? 'it ended'}.`);
    },
  };
}

async function find(folder: string, options: EmbeddedOptions): Promise<Held> {
  const began = performance.now();
  let started = await holdOrStart(folder, options);
  while (!('socket' in started)) {
    const waited = performance.now() - began;
    const elsewhere =
      waited > (options.leavingMs ?? leavingMs) && started.code() === takenCode ? otherOwner(folder) : null;
    if (elsewhere) {
      throw new InvalidInput(
        `Another LeadOps (host ${elsewhere.host}, since ${elsewhere.since}) has the data folder of ${folder} open, in another container or on another machine.`,
        {
          todo: 'Nothing was started. Stop that one first, or give this one a DATA_DIR of its own; for several at once use a Supabase project (docs/hosted-supabase.md).',
        },
      );
    }
    const ended = started.code();
    if (waited > startingMs || (ended !== null && ended !== takenCode)) {
      throw new Unexpected(
        `The embedded database did not start:\n${started.words()}\nSee ${join(folder, 'server.log')}.`,
      );
    }
    await pause(100);
    // The folder is taken by a server that is starting, and will answer soon, or by one that is ending; then this
    // process starts a new one.
    const found = await tryHold(folder);
    started = found ?? (ended === takenCode ? start(folder, options) : started);
  }
  return started;
}

async function holdOrStart(folder: string, options: EmbeddedOptions) {
  return (await tryHold(folder)) ?? start(folder, options);
}

function start(folder: string, options: EmbeddedOptions) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // What Node itself has to say when it dies; everything else the server writes without values (quiet.mjs).
  const log = openSync(join(folder, 'server.log'), 'a', 0o600);
  const words = [server, folder, options.migrations ?? migrationsFolder];
  if (options.postgresUrl) words.push(options.postgresUrl);
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', log, log],
    env: { ...childEnvironment(process.env), ...(options.durable && { LEADOPS_DATABASE_SYNC: 'on' }) },
  });
  closeSync(log);
  child.unref();
  return {
    /** Null while it runs. */
    code: () => child.exitCode ?? (child.signalCode ? 1 : null),
    words: () =>
      existsSync(join(folder, 'server.log')) ? readFileSync(join(folder, 'server.log'), 'utf8').slice(-2_000) : '',
  };
}

function refused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
