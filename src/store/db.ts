import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import WebSocket from 'ws';
import { quotable } from '../../pipeline/scrub.ts';
import { LeadOpsError, Retryable, Unexpected } from '../../pipeline/errors.ts';
import type { Database, Json } from './database.types.ts';

export type Db = SupabaseClient<Database>;
export type Row<T extends keyof Database['public']['Tables']> = Database['public']['Tables'][T]['Row'];

/** An attempt at a run: what it writes carries its fence, and is refused when the run has another by then. */
export type Attempt = {
  readonly run: string;
  readonly fence: number;
  /** Aborted when the attempt must not go on: it no longer waits for statements that are under way. */
  readonly signal?: AbortSignal;
};

/** A client of a Supabase project, hosted or embedded, with the secret key. Nothing else in LeadOps makes one. */
export function makeDb(url: string, secretKey: string, fetcher: typeof fetch = fetch): Db {
  return createClient<Database>(url, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    // supabase-js asks for a WebSocket on Node 20 even where realtime is not used. The types of `ws` and of the DOM
    // differ in their event maps only.
    realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
    global: { fetch: inTime(fetcher) },
  });
}

/** The same client with the fence of one attempt at a run. */
export function makeAttemptDb(url: string, secretKey: string, attempt: Attempt, fetcher: typeof fetch = fetch): Db {
  const { run, fence, signal } = attempt;
  return makeDb(url, secretKey, (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('x-leadops-fence', `${run}:${fence}`);
    const signals = [init?.signal, signal].flatMap((one) => (one ? [one] : []));
    return fetcher(input, { ...init, headers, signal: AbortSignal.any(signals) });
  });
}

/**
 * A database that does not answer counts as away, however its connection looks. Milliseconds by what is asked for: a look
 * that the leases hang on is short; rows of people and files may be many megabytes.
 */
function inTime(fetcher: typeof fetch): typeof fetch {
  return (input, init) => {
    const path = new URL(input instanceof Request ? input.url : String(input)).pathname;
    const limit = /\/rpc\/(beat_run|expire_approvals|claim_run|renew_login)$/.test(path)
      ? 5_000
      : /^\/storage\/|\/rpc\/(ingest_leads|apply_judgements|move_zips|replace_zips|store_batch|retire_month|find_person|forget_person|person_places)$/.test(
            path,
          )
        ? 120_000
        : 20_000;
    // A timer of our own: in Node 20 an `AbortSignal.timeout` that only `AbortSignal.any` refers to may be
    // garbage-collected before it fires.
    const timeout = new AbortController();
    setTimeout(() => timeout.abort(new DOMException('no answer in time', 'TimeoutError')), limit).unref();
    const patience = timeout.signal;
    const signal = init?.signal ? AbortSignal.any([init.signal, patience]) : patience;
    // Redirects are refused: the secret key must not be sent to another address.
    return fetcher(input, { ...init, signal, redirect: 'error' }).then((answer) => ownWord(path, answer));
  };
}

/**
 * What stands between us and the database (a proxy, a balancer, a page for maintenance) answers in its own name, with any
 * status: the client would take its 404 for "no rows" and its page for a refusal. Such an answer counts as a bad gateway's.
 */
async function ownWord(path: string, answer: Response): Promise<Response> {
  const type = answer.headers.get('content-type') ?? '';
  // A row or an error is JSON, a kept file anything; where nothing is to be said, the type may be any, too.
  const saysNothing = answer.ok && (answer.status === 204 || type === '' || (await isEmpty(type, answer)));
  const isFile = answer.ok && path.startsWith('/storage/');
  if (type.includes('json') || saysNothing || isFile) return answer;
  await answer.body?.cancel().catch(() => undefined);
  return Response.json({ message: `somebody else answered, with ${answer.status}` }, { status: 502 });
}

const isEmpty = async (type: string, answer: Response) =>
  type.startsWith('text/plain') && (await answer.clone().text()) === '';

/** A value for a jsonb column: it came out of JSON, or is made of texts and numbers only. */
export function json(value: object): NonNullable<Json> {
  // The generated type cannot know it of an object; PostgREST would drop anything else.
  return value as NonNullable<Json>;
}

/** An argument of SQL that may be null there; the generated types take none. */
export function nullable<T>(value: T | null): T {
  return value as T;
}

type Answer<T> = {
  readonly data: T;
  /** JSON that did not come from the database need not have a message. */
  readonly error: { message?: string; code?: string; details?: string | null } | null;
  readonly status?: number;
};

/**
 * The database did not answer, or could not. Never a fault of the run that met it: the runner goes on with it when the
 * database is back.
 */
export class DatabaseAway extends Retryable {}

/** Whether the database was away at the root of this error. */
export function isAway(error: unknown): boolean {
  return causes(error).some((one) => one instanceof DatabaseAway);
}

/** The run has another attempt by now, or is over: this attempt's write was refused. */
export class TakenOver extends LeadOpsError {}

/** Whether this attempt was refused at the root of this error. */
export function isTakenOver(error: unknown): boolean {
  return causes(error).some((one) => one instanceof TakenOver);
}

/** The error and what caused it, outermost first. */
function causes(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let one = error; one !== undefined && found.length < 10; one = one instanceof Error ? one.cause : undefined) {
    found.push(one);
  }
  return found;
}

/**
 * PostgreSQL said no for a reason of its own (a constraint, a `raise`); `code` is its SQLSTATE. Its own message and details
 * quote the row ("Failing row contains …"), so that only the names of what refused are kept. A `raise` is our own words: P0001,
 * or Supabase Lite's SUP, which stands for any error it does not know.
 */
export class Refused extends LeadOpsError {
  readonly code: string;
  constructor(message: string, code: string) {
    const named = [...message.matchAll(/\b(?:relation|table|column|constraint|function) "(\w{1,63})"/g)];
    const raised = named.length === 0 && ['P0001', 'SUP'].includes(code);
    const what = raised ? quotable(message.replace(/^error: /i, '')) : named.map(([words]) => words).join(', ');
    super(`The database refused it (${code === '' ? 'no code' : code}${what === '' ? '' : `: ${what}`}).`);
    this.code = code;
  }
}

const fenced = 'LF001';

/**
 * The data of an answer.
 *
 * @throws DatabaseAway where the database could not be reached or was overloaded; TakenOver where the attempt that asked
 *   is not the run's any more; Refused where it said no
 */
export function must<T>(answer: Answer<T>): NonNullable<T> {
  const data = may(answer);
  if (data === null || data === undefined)
    throw new Unexpected('The database answered with nothing where a row was expected.');
  return data;
}

/** As `must`, but null is an answer as well. */
export function may<T>(answer: Answer<T>): T {
  if (!answer.error) return answer.data;
  const { message = '', code } = answer.error;
  const status = answer.status ?? 0;
  // Supabase Lite 0.10.0 passes on no SQLSTATE that it does not know; the words it does.
  if (code === fenced || message.includes(`${fenced}:`))
    throw new TakenOver('Another attempt has this run by now, or it is over. Nothing was written.');
  // Refusals of the database have a code; those of a gateway in front of it (unknown key, not allowed) have none.
  const uncoded = code === undefined || code === '';
  if (status === 0 || status >= 500 || status === 429 || (uncoded && status !== 400)) {
    // PostgREST answers 5xx for some errors of SQL too; a SQLSTATE tells them apart from an outage.
    const outage = status === 0 || uncoded || /^(08|53|57)/.test(code);
    if (outage) {
      const kind = status === 429 ? 'RATE_LIMITED' : 'NETWORK';
      throw new DatabaseAway(
        kind,
        status === 401 || status === 403
          ? `The database does not let us in (${status}). Is SUPABASE_SECRET_KEY right?`
          : `The database could not be reached or was too busy (${code || status || 'no answer'}).`,
      );
    }
  }
  throw new Refused(message, code ?? '');
}

const page = 1_000;

/**
 * Every row of a query, page by page: a Supabase project cuts an answer at 1,000 rows and says nothing. `query` gets
 * the range to ask for and must order by something unique.
 */
export async function all<T>(query: (from: number, to: number) => PromiseLike<Answer<T[] | null>>): Promise<T[]> {
  const rows: T[] = [];
  for (;;) {
    const some = must(await query(rows.length, rows.length + page - 1));
    rows.push(...some);
    if (some.length < page) return rows;
  }
}

/**
 * The same for a whole month's rows: each page begins behind the last id of the one before, so that the last page costs no
 * more than the first. `query` gets that id and must filter by it (`gt`), order by it and limit to `page`.
 *
 * @param read what is made of a row, page by page: of a whole month at once it would hold up everybody else
 */
export async function allById<T extends { readonly id: number }, Read>(
  query: (after: number, page: number) => PromiseLike<Answer<T[] | null>>,
  read: (row: T) => Read,
): Promise<Read[]> {
  const found: Read[] = [];
  let after = 0;
  for (;;) {
    const some = must(await query(after, page));
    for (const row of some) found.push(read(row));
    after = some.at(-1)?.id ?? after;
    if (some.length < page) return found;
  }
}
