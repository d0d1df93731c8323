import { schedule } from 'node-cron';
import { dueKinds, dueTimes, type DueKind, type DueTime } from '../../pipeline/calendar/due-times.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { CalendarStore, TakenBack } from '../store/calendar.ts';
import { judge, jumpMs, type Belief } from './belief.ts';

/** node-cron only ticks: what is due is a function of the last look and now. */
const everyFiveSeconds = '*/5 * * * * *';
/**
 * A due time that was claimed and not closed within this time belongs to a process that died; another process takes it.
 */
const claimSeconds = 60;
/** While nothing is due, how far we looked is written at most this often (business time). */
const rememberEveryMs = 60_000;
/** After a longer absence, or a jump of the clock, what was due earlier is not looked for any more. */
const longestAbsenceDays = 21;
const dayMs = 24 * 3_600_000;

export type Handled =
  | { readonly state: 'started'; readonly runId: string }
  /** A run that is live, or was done for this due time by somebody else. */
  | { readonly state: 'covered'; readonly runId: string }
  /** What it would start is not set up here. */
  | { readonly state: 'off'; readonly runId: null };

export type DueHandler = {
  /** Starts the due time's run. Must be fit to be repeated: a crash may come between it and the record of it. */
  start(due: DueTime, lateMs: number): Promise<Handled>;
  /** Too late to be started: somebody is told. */
  missed(due: DueTime, lateMs: number): Promise<void>;
};

/** What a clock can be wrong about; each is said once until the clock is right again. */
export type ClockTrouble =
  /** It was hours or years ahead, and is not any more: what that did is undone as far as it can be. */
  | { readonly kind: 'was ahead'; readonly taken: TakenBack }
  /** It is far behind the calendar, at a time before LeadOps was set up: nothing is started. */
  | { readonly kind: 'behind'; readonly now: Date; readonly looked: Date }
  /** The machine's time and the database's differ by hours: nothing is started here. */
  | { readonly kind: 'disagrees'; readonly now: Date };

export type Scheduler = {
  /** Looks now; answers how many due times were handled. The demo's clock jumps, tests do not wait. */
  tick(): Promise<number>;
  stop(): Promise<void>;
};

/**
 * Starts what the calendar wants, once, however many processes run and however long none did: within the grace period it
 * is caught up, later than that it is `missed` and said so. Before its first look ever nothing was due.
 *
 * A clock that jumps is believed when it goes on from there for `confirmMs` (belief.ts). A look that lies in the future all
 * the same is taken back.
 */
export function startScheduler(parts: {
  readonly calendar: CalendarStore;
  /** Kinds without a handler are not looked for. */
  readonly handlers: Readonly<Partial<Record<DueKind, DueHandler>>>;
  readonly clock: Clock;
  readonly worker: string;
  readonly graceMs: number;
  readonly log: Log;
  /** A clock that jumped is believed after so long; 0 where it jumps on purpose. */
  readonly confirmMs: number;
  /** The clock is this machine's own: the database's must agree with it. */
  readonly machineTime?: boolean;
  /** Tells somebody. */
  readonly onTrouble: (trouble: ClockTrouble) => Promise<void>;
  /** A clock that only goes on (milliseconds), by which the other one is judged. */
  readonly steady?: () => number;
}): Scheduler {
  const { calendar, handlers, clock, worker, graceMs, log, confirmMs, onTrouble } = parts;
  const steady = parts.steady ?? (() => performance.now());
  const kinds = dueKinds.filter((kind) => handlers[kind]);
  let looked: Date | null = null;
  let working: Promise<number> = Promise.resolve(0);

  let belief: Belief = { held: null, doubted: null };
  /** What was said of the clock since it was last right. */
  const said = new Set<ClockTrouble['kind']>();

  /** Business time where it can be believed. */
  function timeNow(): Date | null {
    const reading = { wallMs: clock.now().getTime(), steadyMs: steady() };
    const doubtedBefore = belief.doubted;
    const { believed, ...next } = judge(belief, reading, confirmMs);
    belief = next;
    if (!believed && !doubtedBefore) {
      log.warn({ clock: new Date(reading.wallMs).toISOString() }, 'the clock jumped; it is not believed yet');
    }
    return believed ? new Date(reading.wallMs) : null;
  }

  async function say(trouble: ClockTrouble): Promise<void> {
    if (trouble.kind !== 'was ahead' && said.has(trouble.kind)) return;
    log.error({ trouble: trouble.kind, ...('taken' in trouble && trouble.taken) }, 'the clock is or was wrong');
    await onTrouble(trouble);
    said.add(trouble.kind);
  }

  /** How far the calendar was looked at, as long as that is not in the future; null: it cannot be said now. */
  async function lookedBefore(now: Date): Promise<Date | 'never' | null> {
    const isAhead = (at: Date) => at.getTime() - now.getTime() > jumpMs;
    looked ??= await calendar.lookedAt();
    // Another process may have taken it back already.
    if (looked && isAhead(looked)) looked = await calendar.lookedAt();
    if (!looked) return 'never';
    if (!isAhead(looked)) return looked;
    const taken = await calendar.takeBack(now, longestAbsenceDays);
    if (!taken) {
      const still = await calendar.lookedAt();
      if (still && isAhead(still)) await say({ kind: 'behind', now, looked: still });
      looked = null;
      return null;
    }
    await say({ kind: 'was ahead', taken });
    looked = taken.now;
    return looked;
  }

  async function look(): Promise<number> {
    if (!belief.held) {
      // After a start the clock is compared with the last look at the calendar: a longer absence counts as a jump.
      looked ??= await calendar.lookedAt();
      if (looked) belief = { held: { wallMs: looked.getTime(), steadyMs: steady() }, doubted: null };
    }
    const now = timeNow();
    if (!now) return 0;
    const before = await lookedBefore(now);
    if (!before) return 0;
    if (!(await note(before, now))) return 0;
    let handled = 0;
    const until = new Date(now.getTime() + jumpMs);
    for (
      let next = await calendar.claim(worker, claimSeconds, until);
      next;
      next = await calendar.claim(worker, claimSeconds, until)
    ) {
      await handle(next, now);
      handled += 1;
    }
    return handled;
  }

  /** Writes down what came up since the last look; false where the database's clock says that ours is wrong. */
  async function note(before: Date | 'never', now: Date): Promise<boolean> {
    const since =
      before === 'never' ? now : new Date(Math.max(before.getTime(), now.getTime() - longestAbsenceDays * dayMs));
    const due = dueTimes(since, now, kinds);
    const ahead = before === 'never' ? 0 : now.getTime() - before.getTime();
    if (before !== 'never' && due.length === 0 && ahead < rememberEveryMs) return true;
    const noted = await calendar.note(due, now, { machine: parts.machineTime ?? false, jump: ahead > jumpMs });
    if (noted) {
      looked = now;
      for (const kind of ['behind', 'disagrees'] as const) said.delete(kind);
      if (ahead > longestAbsenceDays * dayMs) {
        log.warn(
          { days: Math.round(ahead / dayMs) },
          'nobody looked at the calendar for long; older due times are let be',
        );
      }
    } else await say({ kind: 'disagrees', now });
    return noted;
  }

  async function handle(due: DueTime, now: Date): Promise<void> {
    const lateMs = Math.max(0, now.getTime() - due.at.getTime());
    const lateSeconds = Math.round(lateMs / 1_000);
    const handler = handlers[due.kind];
    if (!handler) return;
    if (lateMs > graceMs) {
      await handler.missed(due, lateMs);
      await calendar.close(due, { state: 'missed', runId: null, lateSeconds });
      log.warn({ due: due.kind, day: due.day, lateSeconds }, 'a due time was missed');
      return;
    }
    const { state, runId } = await handler.start(due, lateMs);
    await calendar.close(due, { state, runId, lateSeconds });
    log.info({ due: due.kind, day: due.day, state, run: runId, lateSeconds }, 'due time handled');
  }

  function tick(): Promise<number> {
    working = working.then(look).catch((error: unknown) => {
      log.warn({ err: error }, 'the calendar could not be looked at; it will be again');
      return 0;
    });
    return working;
  }

  const cron = schedule(everyFiveSeconds, () => void tick(), { noOverlap: true });
  void tick();
  return {
    tick,
    async stop() {
      await cron.destroy();
      await working;
    },
  };
}
