import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import type { DueKind } from '../../pipeline/calendar/hours.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { CalendarStore, TakenBack } from '../store/calendar.ts';
import type { PauseStore } from '../store/pauses.ts';

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
  /** Nobody looked for longer than is looked back: what was due before `from` is let be. */
  | { readonly kind: 'long absence'; readonly from: Date; readonly last: Date }
  /** The machine's time and the database's differ by hours: nothing is started here. */
  | { readonly kind: 'disagrees'; readonly now: Date };

export type SchedulerParts = {
  readonly calendar: CalendarStore;
  readonly pauses: Pick<PauseStore, 'holding' | 'passOver'>;
  /** Ends the pauses whose time is over by a time that is believed; once a look, after what was due within them. */
  readonly endPauses?: (now: Date) => Promise<unknown>;
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
  /** What does not answer within this time is left behind: a look, and the handling of one due time. Milliseconds. */
  readonly patienceMs?: { readonly look: number; readonly handle: number };
  /** A clock that only goes on (milliseconds), by which the other one is judged. */
  readonly steady?: () => number;
};

/**
 * After a longer absence, or a jump of the clock, what was due earlier is not looked for any more. Long enough that there is a
 * 15th in it.
 */
export const longestAbsenceDays = 35;

/** A tick comes every five seconds: what begins later than this was late, and is said to be. */
export const lateAfterMs = 5 * 60_000;
