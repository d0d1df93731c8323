import { z } from 'zod';
import { DayText } from '../../pipeline/calendar/day-types.ts';
import { dueKinds, type DueKind } from '../../pipeline/calendar/hours.ts';
import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import { workflowNames } from '../../pipeline/kinds.ts';
import { holds } from '../../pipeline/pause-scope.ts';
import type { Pause, PauseScope, Pauses } from '../../pipeline/ports/pauses.ts';
import { may, must, type Db } from './db.ts';

const instant = z.string().transform((text) => new Date(text));

const PauseRow = z
  .object({
    id: z.number(),
    client: z.string().nullable(),
    workflow: z.enum(workflowNames).nullable(),
    reason: z.string(),
    paused_by: z.string(),
    since: instant,
    until: instant.nullable(),
    ended_at: instant.nullable(),
    ended_by: z.string().nullable(),
  })
  .transform(({ paused_by: by, ended_at: endedAt, ended_by: endedBy, ...row }): StoredPause => ({
    ...row,
    by,
    endedAt,
    endedBy,
  }));

const columns = 'id,client,workflow,reason,paused_by,since,until,ended_at,ended_by';

/** `endedBy` is null for one that goes on, and for one that ended because its time was over. */
export type StoredPause = Pause & { readonly endedAt: Date | null; readonly endedBy: string | null };

/** Something the calendar passed over; `client`: for this one only. */
export type PassedOver = {
  readonly id: number;
  readonly pause: number;
  readonly kind: DueKind;
  readonly day: DueTime['day'];
  readonly client: string | null;
  /** Somebody started it since. */
  readonly runId: string | null;
};

const PassedRow = z
  .object({
    id: z.number(),
    pause: z.number(),
    kind: z.enum(dueKinds),
    day: DayText,
    client: z.string().nullable(),
    run_id: z.string().nullable(),
  })
  .transform(({ run_id: runId, ...row }): PassedOver => ({ ...row, runId }));

const passedColumns = 'id,pause,kind,day,client,run_id';

export type PauseStore = ReturnType<typeof makePauseStore>;

/** What nothing is started of, and what was passed over meanwhile. */
export function makePauseStore(db: Db) {
  const open = async (): Promise<StoredPause[]> =>
    must(await db.from('pauses').select(columns).is('ended_at', null).order('id')).map((row) => PauseRow.parse(row));
  const store = {
    /** Those that nobody ended; one whose time is over is among them until it is ended (`end`). */
    open,

    async get(id: number): Promise<StoredPause | null> {
      const row = may(await db.from('pauses').select(columns).eq('id', id).maybeSingle());
      return row ? PauseRow.parse(row) : null;
    },

    /** @returns null where the same is paused already */
    async begin(pause: Omit<Pause, 'id'>): Promise<StoredPause | null> {
      const { data, error } = await db
        .from('pauses')
        .insert({
          client: pause.client,
          workflow: pause.workflow,
          reason: pause.reason,
          paused_by: pause.by,
          since: pause.since.toISOString(),
          until: pause.until?.toISOString() ?? null,
        })
        .select(columns)
        .maybeSingle();
      // One open pause a scope (a unique index).
      if (error?.code === '23505') return null;
      return PauseRow.parse(must({ data, error }));
    },

    /** @returns false where somebody else ended it */
    async end(id: number, at: Date, by: string | null): Promise<boolean> {
      const rows = must(
        await db
          .from('pauses')
          .update({ ended_at: at.toISOString(), ended_by: by })
          .eq('id', id)
          .is('ended_at', null)
          .select('id'),
      );
      return rows.length > 0;
    },

    /** Those that ended since. */
    async endedSince(at: Date): Promise<StoredPause[]> {
      const rows = must(
        await db.from('pauses').select(columns).gte('ended_at', at.toISOString()).order('id').limit(100),
      );
      return rows.map((row) => PauseRow.parse(row));
    },

    /**
     * What holds a run of this kind, for this client, back: not ended, and not over by that time; the widest first. One that
     * began after that time counts, too: a Monday under way starts no more runs of a client who is paused meanwhile.
     */
    async holding(scope: PauseScope, at: Date): Promise<StoredPause | null> {
      const holding = (await open()).filter(
        (pause) => holds(pause, scope) && (pause.until === null || pause.until > at),
      );
      const width = (pause: Pause) => (pause.client === null && pause.workflow === null ? 0 : pause.client ? 2 : 1);
      return holding.toSorted((a, b) => width(a) - width(b))[0] ?? null;
    },

    /** Said once for each pause, due time and client. */
    async passOver(pause: number, due: Pick<DueTime, 'kind' | 'day'>, client: string | null): Promise<void> {
      const { error } = await db.from('passed_over').insert({ pause, kind: due.kind, day: due.day, client });
      if (error && error.code !== '23505') must({ data: null, error });
    },

    async passedOver(pause: number): Promise<PassedOver[]> {
      const rows = must(await db.from('passed_over').select(passedColumns).eq('pause', pause).order('day').order('id'));
      return rows.map((row) => PassedRow.parse(row));
    },

    async passed(id: number): Promise<PassedOver | null> {
      const row = may(await db.from('passed_over').select(passedColumns).eq('id', id).maybeSingle());
      return row ? PassedRow.parse(row) : null;
    },

    /** It was started after all. */
    async taken(id: number, runId: string): Promise<void> {
      may(await db.from('passed_over').update({ run_id: runId }).eq('id', id));
    },
  } satisfies Pauses & Record<string, unknown>;
  return store;
}
