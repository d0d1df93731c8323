import type { Zoominfo } from '../../pipeline/ports/zoominfo.ts';
import type { Log } from '../browser/log.ts';
import { makeCalls, type Login } from './calls.ts';
import { enrichCompanies } from './companies.ts';
import { searchContacts } from './contacts.ts';
import { enrichContacts } from './people.ts';
import { searchIntent } from './signals.ts';
import { readUsage } from './usage.ts';

export type ZoominfoOptions = {
  /** `https://api.zoominfo.com`, without a slash at the end. */
  readonly url: string;
  /** Asked at each sign-in: what a person has set since counts. */
  readonly credentials: () => Promise<Login>;
  readonly log: Log;
  /** The machine's clock, milliseconds. */
  readonly clock?: () => number;
  /** For one answer, milliseconds. */
  readonly timeoutMs?: number;
  /** Before the second try of a call that costs nothing, milliseconds. */
  readonly firstRetryMs?: number;
  /** Tries in a row that may fail before ZoomInfo is left alone, and for how long (milliseconds). */
  readonly breaker?: { readonly failures: number; readonly restMs: number };
};

/**
 * ZoomInfo's Enterprise API behind its port. Make one for each process: it shares a token and a pace, and remembers that
 * the vendor is down.
 */
export function makeZoominfo(options: ZoominfoOptions): Zoominfo {
  const calls = makeCalls({
    clock: Date.now,
    timeoutMs: 60_000,
    firstRetryMs: 1_000,
    breaker: { failures: 5, restMs: 30_000 },
    ...options,
  });
  return {
    searchIntent: (query) => searchIntent(calls, query),
    searchContacts: (query) => searchContacts(calls, query),
    enrichContacts: (people) => enrichContacts(calls, people),
    enrichCompanies: (companies) => enrichCompanies(calls, companies),
    usage: () => readUsage(calls),
  };
}
