import { again } from '../../api/again.ts';
import { exchange } from '../../api/exchange.ts';
import type { Log } from '../../browser/log.ts';
import { bodyOf, NotThere, told } from './refusal.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
type Query = Readonly<Record<string, string>>;

export type HttpOptions = {
  /** Of the instance, with or without `/api`. */
  readonly url: string;
  readonly log: Log;
  /** Ends what is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for a read; an act with a file gets ten times that. */
  readonly timeoutMs?: number | undefined;
  /** Reads are tried again so often, after so long (doubled each time) or as long as Bison asks. Milliseconds. */
  readonly retries?: { readonly times: number; readonly firstMs: number } | undefined;
};

/** One token's way to the API. */
export type Http = {
  /** Reads; tried again where Bison is busy or away. @throws NotThere on 404 */
  get(path: string, query?: Query): Promise<unknown>;
  /** Does something, once: an answer that did not come is `Retryable`, and nobody here tries again. */
  act(
    method: Exclude<Method, 'GET'>,
    path: string,
    body: FormData | Readonly<Record<string, unknown>>,
  ): Promise<unknown>;
};

export function makeHttp(options: HttpOptions, token: string): Http {
  const { log, signal, timeoutMs = 30_000, retries = { times: 3, firstMs: 500 } } = options;
  const base = `${options.url.replace(/\/+$/, '').replace(/\/api$/, '')}/api`;

  async function ask(method: Method, path: string, query: Query, body?: FormData | object): Promise<unknown> {
    const url = new URL(`${base}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
    const what = `${method} ${routeOf(path)}`;
    const patience = body instanceof FormData ? timeoutMs * 10 : timeoutMs;
    return bodyOf(
      what,
      await exchange({ vendor: 'Bison', what, method, url, token, body, timeoutMs: patience, signal, clock: Date.now }),
    );
  }

  return {
    get: (path, query = {}) =>
      told(() =>
        again(
          {
            retries: retries.times,
            firstMs: retries.firstMs,
            signal,
            mayTryAgain: () => true,
            onAgain: ({ kind }) => log.info({ vendor: 'bison', path: routeOf(path), kind }, 'reading again'),
          },
          () => ask('GET', path, query),
        ),
      ),
    act: (method, path, body) => told(() => ask(method, path, {}, body)),
  };
}

/** The path without ids and e-mails. */
const routeOf = (path: string): string => path.replaceAll(/\/[^/]*[\d@%][^/]*/g, '/…');

/** A 404 is an answer, too, and no reason to try again. */
export async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}
