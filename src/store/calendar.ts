import { z } from 'zod';
import type { DueKind, DueTime } from '../../pipeline/calendar/due-times.ts';
import { json, may, must, type Db } from './db.ts';

export const dueStates = ['due', 'started', 'covered', 'missed', 'off'] as const;
export type DueState = (typeof dueStates)[number];

const DueRow = z
  .object({
    kind: z.string(),
    day: z.string(),
    due_at: z.string(),
    state: z.enum(dueStates),
    run_id: z.string().nullable(),
    late_seconds: z.number().nullable(),
  })
  .transform((row) => ({
    // Written from a DueTime.
    kind: row.kind as DueKind,
    day: row.day as DueTime['day'],
    at: new Date(row.due_at),
    state: row.state,
    runId: row.run_id,
    lateSeconds: row.late_seconds,
  }));
export type StoredDueTime = z.output<typeof DueRow>;

export type CalendarStore = ReturnType<typeof makeCalendarStore>;

/** The calendar's rows: how far it was looked at, what was due, and what became of it. */
export function makeCalendarStore(db: Db) {
  return {
    /** Business time up to which every due time has a row; null before the first look. */
    async lookedAt(): Promise<Date | null> {
      const row = may(await db.from('calendar_ticks').select('looked_at').maybeSingle());
      return row ? new Date(row.looked_at) : null;
    },

    /** Gives every due time its row. Those that have one stay as they are. */
    async note(due: readonly DueTime[], lookedAt: Date): Promise<void> {
      const rows = due.map(({ kind, day, at }) => ({ kind, day, due_at: at.toISOString() }));
      may(await db.rpc('note_due', { p_rows: json(rows), p_looked_at: lookedAt.toISOString() }));
    },

    /** The oldest one nobody handles, for `seconds`; null where there is none. */
    async claim(worker: string, seconds: number): Promise<StoredDueTime | null> {
      const row = may(await db.rpc('claim_due', { p_worker: worker, p_seconds: seconds }));
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

    /** The last ones of each kind and state, newest first. */
    async recent(limit: number): Promise<StoredDueTime[]> {
      const rows = must(await db.from('due_times').select('*').order('due_at', { ascending: false }).limit(limit));
      return rows.map((row) => DueRow.parse(row));
    },
  };
}
