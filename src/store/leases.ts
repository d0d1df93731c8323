import { z } from 'zod';
import { may, must, type Db } from './db.ts';
import { json } from './db.ts';

const Browser = z.object({ pid: z.number(), marker: z.string() });
export type HeldBrowser = z.output<typeof Browser>;

const Claim = z.object({
  granted: z.boolean(),
  holder: z.string().nullish(),
  ahead: z.number().default(0),
  previous: z.object({ holder: z.string(), browser: Browser.nullable().catch(null) }).nullish(),
});

export type LeaseStore = ReturnType<typeof makeLeaseStore>;

/** Machine time: clocks of two machines may differ by some seconds. */
const waitSeenMs = 15_000;

/** One browser at a login, whatever process: rows with an end, on the database's own clock. */
export function makeLeaseStore(db: Db) {
  return {
    /**
     * A login that is free, for the one of all processes who has waited longest.
     * @param waitedMs by the caller's own clock
     */
    async claim(
      login: string,
      holder: string,
      browser: HeldBrowser,
      seconds: number,
      { breakHolder, waitedMs = 0 }: { readonly breakHolder?: string | undefined; readonly waitedMs?: number } = {},
    ) {
      return Claim.parse(
        must(
          await db.rpc('claim_login', {
            p_login: login,
            p_holder: holder,
            p_browser: json(browser),
            p_seconds: seconds,
            p_break: breakHolder,
            p_waited_ms: Math.round(waitedMs),
          }),
        ),
      );
    },
    async renew(login: string, holder: string, seconds: number): Promise<boolean> {
      return must(await db.rpc('renew_login', { p_login: login, p_holder: holder, p_seconds: seconds }));
    },
    /** Gives the login back, or leaves the queue for it. */
    async release(login: string, holder: string): Promise<void> {
      may(await db.rpc('release_login', { p_login: login, p_holder: holder }));
    },

    /** Logins that a process waits for right now, because another has them. */
    async waitedFor(holder: string): Promise<{ readonly login: string; readonly since: Date }[]> {
      const rows = must(await db.from('login_waits').select('login,since,seen').eq('holder', holder).order('since'));
      // Who waits is seen there every second or so; an older row belongs to nobody any more.
      return rows
        .filter(({ seen }) => Date.now() - new Date(seen).getTime() < waitSeenMs)
        .map(({ login, since }) => ({ login, since: new Date(since) }));
    },

    async closedReason(vendor: string): Promise<string | null> {
      const row = may(await db.from('closed_lanes').select('reason').eq('vendor', vendor).maybeSingle());
      return row?.reason ?? null;
    },
    async closeLane(vendor: string, reason: string): Promise<void> {
      may(await db.from('closed_lanes').upsert({ vendor, reason }));
    },
    /** Somebody looked: the vendor takes work again. False when it was not closed. */
    async openLane(vendor: string): Promise<boolean> {
      return must(await db.from('closed_lanes').delete().eq('vendor', vendor).select('vendor')).length > 0;
    },
    async closedLanes() {
      return must(await db.from('closed_lanes').select('*').order('vendor'));
    },
  };
}
