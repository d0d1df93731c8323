import { schedule } from 'node-cron';
import { dueKinds, dueTimes, type DueKind, type DueTime } from '../../pipeline/calendar/due-times.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { CalendarStore } from '../store/calendar.ts';

/** node-cron only ticks: what is due is a function of the last look and now. */
const everyFiveSeconds = '*/5 * * * * *';
/** A due time that was claimed and not closed within this was its process's last; another one takes it. */
const claimSeconds = 60;
/** While nothing is due, how far we looked is written at most this often (business time). */
const rememberEveryMs = 60_000;

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

export type Scheduler = {
  /** Looks now; answers how many due times were handled. The demo's clock jumps, tests do not wait. */
  tick(): Promise<number>;
  stop(): Promise<void>;
};

/**
 * Starts what the calendar wants, once, however many processes run and however long none did: within the grace period it
 * is caught up, later than that it is `missed` and said so. Before its first look ever nothing was due.
 */
export function startScheduler(parts: {
  readonly calendar: CalendarStore;
  /** Kinds without a handler are not looked for. */
  readonly handlers: Readonly<Partial<Record<DueKind, DueHandler>>>;
  readonly clock: Clock;
  readonly worker: string;
  readonly graceMs: number;
  readonly log: Log;
}): Scheduler {
  const { calendar, handlers, clock, worker, graceMs, log } = parts;
  const kinds = dueKinds.filter((kind) => handlers[kind]);
  let looked: Date | null = null;
  let working: Promise<number> = Promise.resolve(0);

  async function look(): Promise<number> {
    const now = clock.now();
    looked ??= await calendar.lookedAt();
    const due = looked ? dueTimes(looked, now, kinds) : [];
    if (!looked || due.length > 0 || now.getTime() - looked.getTime() >= rememberEveryMs) {
      await calendar.note(due, now);
      looked = now;
    }
    let handled = 0;
    for (
      let next = await calendar.claim(worker, claimSeconds);
      next;
      next = await calendar.claim(worker, claimSeconds)
    ) {
      await handle(next);
      handled += 1;
    }
    return handled;
  }

  async function handle(due: DueTime): Promise<void> {
    const lateMs = Math.max(0, clock.now().getTime() - due.at.getTime());
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
