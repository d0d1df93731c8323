import { z } from 'zod';
import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import type { DueKind, HourChange } from '../../pipeline/calendar/hours.ts';
import { json, may, must, type Db } from './db.ts';

const dueStates = ['due', 'started', 'covered', 'missed', 'off', 'paused'] as const;
export type DueState = (typeof dueStates)[number];

const DueRow = z
  .object({
    kind: z.string(),
    day: z.string(),
    due_at: z.string(),
    state: z.enum(dueStates),
    run_id: z.string().nullable(),
    late_seconds: z.number().nullable(),
    claimed_by: z.string().nullable(),
    claimed_until: z.string().nullable(),
  })
  .transform((row) => ({
    // Written from a DueTime.
    kind: row.kind as DueKind,
    day: row.day as DueTime['day'],
    at: new Date(row.due_at),
    state: row.state,
    runId: row.run_id,
    lateSeconds: row.late_seconds,
    /** Who took it last, and until when (machine time) nobody else may. */
    claimedBy: row.claimed_by,
    claimedUntil: row.claimed_until === null ? null : new Date(row.claimed_until),
  }));
export type StoredDueTime = z.output<typeof DueRow>;

const TakenBack = z.object({
  was: z.coerce.date(),
  now: z.coerce.date(),
  /** Due times that were noted beyond and are gone. */
  gone: z.number(),
  /** Due times beyond that started a run: they stay. */
  started: z.number(),
});
export type TakenBack = z.output<typeof TakenBack>;

export type CalendarStore = ReturnType<typeof makeCalendarStore>;

/** The calendar's rows: how far it was looked at, what was due, and what became of it. */
export function makeCalendarStore(db: Db) {
  return {
    /** Business time up to which every due time has a row; null before the first look. */
    async lookedAt(): Promise<Date | null> {
      const row = may(await db.from('calendar_ticks').select('looked_at').maybeSingle());
      return row ? new Date(row.looked_at) : null;
    },

    /**
     * Gives every due time its row. Those that have one stay as they are. `machine`: the moment is this machine's own time;
     * false where the database's own is hours away from it, and then nothing is noted. `jump`: more time went by since the
     * last look than passed.
     */
    async note(
      due: readonly DueTime[],
      lookedAt: Date,
      { machine = false, jump = false }: { machine?: boolean; jump?: boolean } = {},
    ): Promise<boolean> {
      const rows = due.map(({ kind, day, at }) => ({ kind, day, due_at: at.toISOString() }));
      const clock = { p_looked_at: lookedAt.toISOString(), p_machine: machine, p_jump: jump };
      return must(await db.rpc('note_due', { p_rows: json(rows), ...clock }));
    },

    /**
     * Business time is `now`, and the calendar was looked at hours or years beyond it: takes that back, with what was noted
     * there and started nothing. Null where there is nothing to take back, or `now` is long before the first due time.
     */
    async takeBack(now: Date, atMostDays: number): Promise<TakenBack | null> {
      const answer = may(await db.rpc('take_back_look', { p_now: now.toISOString(), p_at_most_days: atMostDays }));
      return answer ? TakenBack.parse(answer) : null;
    },

    /** The oldest one up to `until` that nobody handles, for `seconds`; null where there is none. */
    async claim(worker: string, seconds: number, until: Date): Promise<StoredDueTime | null> {
      const row = may(
        await db.rpc('claim_due', { p_worker: worker, p_seconds: seconds, p_until: until.toISOString() }),
      );
      return row ? DueRow.parse(row) : null;
    },

    /**
     * This one and no other, for a cron elsewhere: its row is made where there is none. Null where it is handled, or
     * somebody is at it. How far the calendar was looked at stays as it was: other due times are not ours.
     */
    async claimOne({ kind, day, at }: DueTime, worker: string, seconds: number): Promise<StoredDueTime | null> {
      const due = { kind, day, due_at: at.toISOString() };
      may(await db.from('due_times').upsert(due, { onConflict: 'kind,day', ignoreDuplicates: true }));
      const row = may(await db.rpc('claim_due_of', { p_kind: kind, p_day: day, p_worker: worker, p_seconds: seconds }));
      return row ? DueRow.parse(row) : null;
    },

    async find({ kind, day }: Pick<DueTime, 'kind' | 'day'>): Promise<StoredDueTime | null> {
      const row = may(await db.from('due_times').select('*').match({ kind, day }).maybeSingle());
      return row ? DueRow.parse(row) : null;
    },

    async close(
      due: Pick<DueTime, 'kind' | 'day'>,
      outcome: { state: Exclude<DueState, 'due'>; runId: string | null; lateSeconds: number },
    ): Promise<void> {
      may(
        await db
          .from('due_times')
          .update({ state: outcome.state, run_id: outcome.runId, late_seconds: outcome.lateSeconds })
          .match({ kind: due.kind, day: due.day }),
      );
    },

    /** Hours that somebody set, in no order. */
    async hours(): Promise<readonly HourChange[]> {
      const rows = must(await db.from('calendar_hours').select('kind,from_day,at_time'));
      return rows.map((row) => ({
        // Written from an HourChange.
        kind: row.kind as DueKind,
        from: row.from_day as DueTime['day'],
        time: row.at_time,
      }));
    },

    /** Another hour from that day on; a second one for the same day takes the first one's place. */
    async setHour({ kind, from, time }: HourChange, by: string): Promise<void> {
      may(await db.from('calendar_hours').upsert({ kind, from_day: from, at_time: time, set_by: by }));
    },

    /** Those that were due since, oldest first. */
    async since(at: Date): Promise<StoredDueTime[]> {
      const rows = must(
        await db.from('due_times').select('*').gte('due_at', at.toISOString()).order('due_at').limit(1_000),
      );
      return rows.map((row) => DueRow.parse(row));
    },

    /** The last ones of each kind and state, newest first. */
    async recent(limit: number): Promise<StoredDueTime[]> {
      const rows = must(await db.from('due_times').select('*').order('due_at', { ascending: false }).limit(limit));
      return rows.map((row) => DueRow.parse(row));
    },
  };
}
