import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import WebSocket from 'ws';
import { quotable } from '../../pipeline/scrub.ts';
import { LeadOpsError, Retryable, Unexpected } from '../../pipeline/errors.ts';
import type { Database, Json } from './database.types.ts';

export type Db = SupabaseClient<Database>;
export type Row<T extends keyof Database['public']['Tables']> = Database['public']['Tables'][T]['Row'];

/** A client of a Supabase project, hosted or embedded, with the secret key. Nothing else in LeadOps makes one. */
export function makeDb(url: string, secretKey: string, fetcher: typeof fetch = fetch): Db {
  return createClient<Database>(url, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    // supabase-js asks for a WebSocket on Node 20 even where realtime is not used. The types of `ws` and of the DOM
    // differ in their event maps only.
    realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
    global: { fetch: fetcher },
  });
}

/** What goes into a jsonb column: values that came out of JSON or are made of numbers and words. */
export function json(value: object): NonNullable<Json> {
  // The generated type cannot know it of an object; PostgREST would drop anything else.
  return value as NonNullable<Json>;
}

type Answer<T> = {
  readonly data: T;
  readonly error: { message: string; code?: string; details?: string | null } | null;
  readonly status?: number;
};

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

export const uniqueViolation = '23505';

/**
 * The data of an answer.
 *
 * @throws Retryable where the database could not be reached or was overloaded; Refused where it said no
 */
export function must<T>(answer: Answer<T>): NonNullable<T> {
  const data = may(answer);
  if (data === null || data === undefined)
    throw new Unexpected('The database answered with nothing where a row was expected.');
  return data;
}

/** As `must`, where nothing is an answer too. */
export function may<T>(answer: Answer<T>): T {
  if (!answer.error) return answer.data;
  const { message, code } = answer.error;
  const status = answer.status ?? 0;
  if (status === 0 || status >= 500 || status === 429) {
    // PostgREST answers 5xx for some errors of SQL too; a SQLSTATE tells them apart from an outage.
    const outage = status === 0 || code === undefined || code === '' || /^(08|53|57)/.test(code);
    if (outage) {
      const kind = status === 429 ? 'RATE_LIMITED' : 'NETWORK';
      throw new Retryable(
        kind,
        `The database could not be reached or was too busy (${code || status || 'no answer'}).`,
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
 */
export async function allById<T extends { readonly id: number }>(
  query: (after: number, page: number) => PromiseLike<Answer<T[] | null>>,
): Promise<T[]> {
  const rows: T[] = [];
  for (;;) {
    const some = must(await query(rows.at(-1)?.id ?? 0, page));
    rows.push(...some);
    if (some.length < page) return rows;
  }
}

/** Values in slices, for statements that take many at once. */
export function* batches<T>(values: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < values.length; from += size) yield values.slice(from, from + size);
}
