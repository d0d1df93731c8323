import { setTimeout as wait } from 'node:timers/promises';
import { Unexpected } from '../../pipeline/errors.ts';
import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/index.ts';
import type { DueHandler } from './parts.ts';
import { passedOver } from './passed-over.ts';

export type Outcome = { readonly state: string; readonly runId: string | null };

/** A process that claimed a due time and has not said what became of it within this time counts as dead. */
const claimSeconds = 60;

/**
 * One due time, for a cron elsewhere (GitHub Actions): the same row as the app's calendar, so whoever comes first starts
 * it, and the other is told which run that was. What was `off` where it was looked at first is asked again here. What is
 * paused is passed over, as the app does.
 */
export async function handleOnce(
  parts: {
    readonly store: Pick<Store, 'calendar' | 'pauses'>;
    readonly clock: Clock;
    readonly handler: DueHandler;
    readonly worker: string;
  },
  due: DueTime,
): Promise<Outcome> {
  const { store, handler, worker } = parts;
  const { calendar } = store;
  for (let tries = 0; ; tries += 1) {
    const claimed = await calendar.claimOne(due, worker, claimSeconds);
    if (claimed) {
      const now = parts.clock.now();
      // A cron elsewhere may come late, and the run then says so.
      const lateMs = Math.max(0, now.getTime() - due.at.getTime());
      const lateSeconds = Math.round(lateMs / 1_000);
      if (await passedOver(store, due, now, { lateSeconds, startable: true })) return { state: 'paused', runId: null };
      const handled = await handler.start(due, lateMs);
      await calendar.close(due, { ...handled, lateSeconds });
      return handled;
    }
    const there = await calendar.find(due);
    if (there && there.state !== 'due') return there;
    if (tries === claimSeconds)
      throw new Unexpected(`The due time ${due.kind} ${due.day} is claimed and nobody closes it.`);
    await wait(1_000);
  }
}
