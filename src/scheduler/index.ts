import { schedule } from 'node-cron';
import { Unexpected } from '../../pipeline/errors.ts';
import { dueTimes, type DueTime } from '../../pipeline/calendar/due-times.ts';
import { dueKinds } from '../../pipeline/calendar/hours.ts';
import { sleep } from '../sleep.ts';
import { jumpMs } from './belief.ts';
import { makeCalendarTime, type CalendarTime } from './looked.ts';
import { passedOver } from './passed-over.ts';
import { longestAbsenceDays, type SchedulerParts } from './parts.ts';

/** node-cron only ticks: what is due is a function of the last look and now. */
const everyFiveSeconds = '*/5 * * * * *';
/**
 * A due time that was claimed and not closed within this time belongs to a process that died; another process takes it.
 */
const claimSeconds = 60;
/**
 * A due time that is handled for longer is left behind, and the others come; a look that takes longer is, and the next one
 * begins. The claim keeps a due time from being taken twice meanwhile, and a handler is fit to be repeated.
 */
const usualPatience = { look: 120_000, handle: 30_000 };
/** The process ends: what hangs is not waited for longer than this. */
const endingMs = 10_000;
/** While nothing is due, how far we looked is written at most this often (business time). */
const rememberEveryMs = 60_000;
const dayMs = 24 * 3_600_000;

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
export function startScheduler(parts: SchedulerParts): Scheduler {
  const { calendar, worker, log } = parts;
  const time = makeCalendarTime(parts);
  const patience = parts.patienceMs ?? usualPatience;
  let working: Promise<number> = Promise.resolve(0);

  async function look(): Promise<number> {
    const read = await time.read();
    if (!read || !(await note(parts, time, read))) return 0;
    let handled = 0;
    const until = new Date(read.now.getTime() + jumpMs);
    for (
      let next = await calendar.claim(worker, claimSeconds, until);
      next;
      next = await calendar.claim(worker, claimSeconds, until)
    ) {
      try {
        await within(patience.handle, `${next.kind} of ${next.day}`, handle(parts, next, read.now));
        handled += 1;
      } catch (error) {
        // Its claim runs out, and another look takes it; those after it do not wait for that.
        log.warn({ err: error, due: next.kind, day: next.day }, 'a due time could not be handled; it will be again');
      }
    }
    // After what was due: a pause whose time is over has passed over what lay within it, and says so at its end.
    await parts.endPauses?.(read.now);
    return handled;
  }

  function tick(): Promise<number> {
    const looking = () => within(patience.look, 'the look at the calendar', look());
    working = working.then(looking).catch((error: unknown) => {
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
      const enough = new AbortController();
      await Promise.race([working, sleep(endingMs, enough.signal)]);
      enough.abort();
    },
  };
}

/** Writes down what came up since the last look; false where the database's clock says that ours is wrong. */
async function note(
  parts: SchedulerParts,
  time: CalendarTime,
  { before, now }: { readonly before: Date | 'never'; readonly now: Date },
): Promise<boolean> {
  const { calendar, handlers } = parts;
  const kinds = dueKinds.filter((kind) => handlers[kind]);
  const since =
    before === 'never' ? now : new Date(Math.max(before.getTime(), now.getTime() - longestAbsenceDays * dayMs));
  const due = dueTimes(since, now, kinds, await calendar.hours());
  const ahead = before === 'never' ? 0 : now.getTime() - before.getTime();
  if (before !== 'never' && due.length === 0 && ahead < rememberEveryMs) return true;
  const noted = await calendar.note(due, now, { machine: parts.machineTime ?? false, jump: ahead > jumpMs });
  if (noted) {
    time.noted(now);
    if (before !== 'never' && since > before) await time.say({ kind: 'long absence', from: since, last: before });
  } else await time.say({ kind: 'disagrees', now });
  return noted;
}

async function handle(parts: SchedulerParts, due: DueTime, now: Date): Promise<void> {
  const { calendar, handlers, graceMs, log } = parts;
  const lateMs = Math.max(0, now.getTime() - due.at.getTime());
  const lateSeconds = Math.round(lateMs / 1_000);
  const handler = handlers[due.kind];
  if (!handler) return;
  const startable = lateMs <= graceMs;
  if (await passedOver(parts, due, now, { lateSeconds, startable })) {
    log.info({ due: due.kind, day: due.day }, 'a due time was passed over: it is paused');
    return;
  }
  if (!startable) {
    await handler.missed(due, lateMs);
    await calendar.close(due, { state: 'missed', runId: null, lateSeconds });
    log.warn({ due: due.kind, day: due.day, lateSeconds }, 'a due time was missed');
    return;
  }
  const { state, runId } = await handler.start(due, lateMs);
  await calendar.close(due, { state, runId, lateSeconds });
  log.info({ due: due.kind, day: due.day, state, run: runId, lateSeconds }, 'due time handled');
}

/** @throws Unexpected where it takes longer; it goes on unseen, and what it throws later is nobody's any more */
async function within<T>(milliseconds: number, what: string, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = sleep(milliseconds, done.signal).then(() => {
    if (!done.signal.aborted) throw new Unexpected(`${what} did not answer within ${milliseconds / 1_000} s`);
    return work;
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
    void late.catch(() => undefined);
    void work.catch(() => undefined);
  }
}
