import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { DataMismatch, Retryable } from '../../../pipeline/errors.ts';
import type { Log } from '../../browser/log.ts';
import { textOf } from '../../answer.ts';
import { errorOf, lostAnswer, NotThere } from './refusal.ts';

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
    const isForm = body instanceof FormData;
    // A timer of our own: in Node 20 an `AbortSignal.timeout` that only `AbortSignal.any` refers to may be
    // garbage-collected before it fires.
    const patience = new AbortController();
    const timer = setTimeout(
      () => patience.abort(new DOMException('no answer in time', 'TimeoutError')),
      isForm ? timeoutMs * 10 : timeoutMs,
    );
    const what = `${method} ${routeOf(path)}`;
    try {
      const response = await fetch(url, {
        method,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          ...(body && !isForm && { 'content-type': 'application/json' }),
        },
        ...(body && { body: isForm ? body : JSON.stringify(body) }),
        // Redirects are refused: a sign-in page at the end of one would look like an answer.
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, patience.signal]) : patience.signal,
      });
      const text = await textOf(response);
      if (!response.ok) throw errorOf(what, response, text);
      return readJson(what, text);
    } catch (error) {
      signal?.throwIfAborted();
      throw lostAnswer(what, error);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    get: (path, query = {}) =>
      pRetry(() => ask('GET', path, query), {
        retries: retries.times,
        minTimeout: retries.firstMs,
        randomize: true,
        ...(signal && { signal }),
        shouldRetry: ({ error }) => error instanceof Retryable,
        onFailedAttempt: async ({ error, retriesLeft }) => {
          if (!(error instanceof Retryable) || retriesLeft === 0) return;
          log.info({ vendor: 'bison', path: routeOf(path), kind: error.kind }, 'reading again');
          await waitAsAsked(error.retryAfterMs ?? 0, signal);
        },
      }),
    act: (method, path, body) => ask(method, path, {}, body),
  };
}

/** The path without ids and e-mails. */
const routeOf = (path: string): string => path.replaceAll(/\/[^/]*[\d@%][^/]*/g, '/…');

function readJson(what: string, text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const isPage = /^\s*</.test(text);
    throw new DataMismatch(`Bison answered ${what} with ${isPage ? 'a web page' : 'something'} that is no JSON`, {
      todo: 'Check BISON_URL: it must be the address of the instance.',
    });
  }
}

/** Resolves after the time, or at once when the work is stopped. */
function waitAsAsked(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, signal && { signal }).catch(() => undefined);
}

/** A 404 is an answer, too, and no reason to try again. */
export async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}
