import { z } from 'zod';
import type { DueKind } from '../../pipeline/calendar/hours.ts';
import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import { workflowNames } from '../../pipeline/kinds.ts';
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
  })
  .transform(({ paused_by: by, ...row }): Pause => ({ ...row, by }));

const columns = 'id,client,workflow,reason,paused_by,since,until';

/** Something the calendar passed over; `client`: for this one only. */
export type PassedOver = {
  readonly id: number;
  readonly kind: DueKind;
  readonly day: DueTime['day'];
  readonly client: string | null;
  /** Somebody started it since. */
  readonly runId: string | null;
};

export type PauseStore = ReturnType<typeof makePauseStore>;

/** What nothing is started of, and what was passed over meanwhile. */
export function makePauseStore(db: Db) {
  const open = async (): Promise<Pause[]> =>
    must(await db.from('pauses').select(columns).is('ended_at', null).order('id')).map((row) => PauseRow.parse(row));
  const store = {
    /** Those that nobody ended; one whose time is over is among them until it is ended (`end`). */
    open,

    async get(id: number): Promise<Pause | null> {
      const row = may(await db.from('pauses').select(columns).eq('id', id).maybeSingle());
      return row ? PauseRow.parse(row) : null;
    },

    /** @returns null where the same is paused already */
    async begin(pause: Omit<Pause, 'id'>): Promise<Pause | null> {
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

    /** What holds a run of this kind, for this client, back at that time; the widest first. */
    async holding(scope: PauseScope, at: Date): Promise<Pause | null> {
      const holds = (await open()).filter(
        ({ client, workflow, until }) =>
          (client === null || client === scope.client) &&
          (workflow === null || workflow === scope.workflow) &&
          (until === null || until > at),
      );
      const width = (pause: Pause) => (pause.client === null && pause.workflow === null ? 0 : pause.client ? 2 : 1);
      return holds.toSorted((a, b) => width(a) - width(b))[0] ?? null;
    },

    /** Said once for each pause, due time and client. */
    async passOver(pause: number, due: Pick<DueTime, 'kind' | 'day'>, client: string | null): Promise<void> {
      const { error } = await db.from('passed_over').insert({ pause, kind: due.kind, day: due.day, client });
      if (error && error.code !== '23505') must({ data: null, error });
    },

    async passedOver(pause: number): Promise<PassedOver[]> {
      const rows = must(
        await db.from('passed_over').select('id,kind,day,client,run_id').eq('pause', pause).order('day').order('id'),
      );
      return rows.map(({ id, kind, day, client, run_id: runId }) => ({
        id,
        kind: kind as DueKind, // written from a due time
        day: day as DueTime['day'],
        client,
        runId,
      }));
    },

    /** It was started after all. */
    async taken(id: number, runId: string): Promise<void> {
      may(await db.from('passed_over').update({ run_id: runId }).eq('id', id));
    },
  } satisfies Pauses & Record<string, unknown>;
  return store;
}
