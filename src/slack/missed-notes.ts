import { missedMessage, type Missed } from '../../blocks/missed.ts';
import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import type { DueKind } from '../../pipeline/calendar/hours.ts';
import { today } from '../clock.ts';
import { everyClient } from '../store/members.ts';
import type { Notes } from './notes.ts';

export type MissedNotes = {
  /** Due times of the calendar that nobody was there for: said to who may do them now. */
  readonly missed: (due: DueTime, lateMs: number) => Promise<void>;
};

/** One look at the calendar finds everything missed in moments; of several processes each finds a part. */
const togetherMs = 2 * 60_000;

/** What was found missed together shares a message, whatever kind it is; what is found later is a message of its own. */
export function makeMissedNotes({ store, clock, channels, nudge }: Notes): MissedNotes {
  const placeOf = (kind: DueKind) => (kind === 'intent' ? channels.intent : channels['client success']);
  return {
    async missed(due, lateMs) {
      const channel = placeOf(due.kind);
      if (channel === null) return;
      const found = due.at.getTime() + lateMs;
      const others = (await store.calendar.recent(200)).filter(
        ({ kind, day, state, at, lateSeconds }) =>
          state === 'missed' &&
          placeOf(kind) === channel &&
          !(kind === due.kind && day === due.day) &&
          Math.abs(at.getTime() + (lateSeconds ?? 0) * 1_000 - found) <= togetherMs,
      );
      const all: Missed[] = [...others, due].toSorted((a, b) => a.at.getTime() - b.at.getTime());
      const [oldest = due] = all;
      await store.messages.want({
        runId: null,
        // The oldest is handled first, and missed once: a crash before it is closed says nothing twice.
        purpose: `missed: ${oldest.kind} ${oldest.day} in ${channel}`,
        channel,
        ...missedMessage(all, await store.clients.approversOf(everyClient, today(clock))),
      });
      nudge();
    },
  };
}
