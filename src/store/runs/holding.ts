import { z } from 'zod';
import type { WorkflowName } from '../../../pipeline/kinds.ts';
import { runStatuses, type RunStatus } from '../../../pipeline/vocabulary.ts';
import { json, may, must, type Db } from '../db.ts';
import { RunRow, type NewRun, type RunPatch, type StoredRun } from './row.ts';

const Status = z.enum(runStatuses).nullable();

/** Who has a run, and what becomes of it: each of these is one statement of the database (docs/guarantees.md). */
export function makeHolding(db: Db) {
  return {
    /** Writes the run under its key, or answers with the live one that holds it. */
    async start<Name extends WorkflowName>(
      run: NewRun<Name>,
    ): Promise<{ readonly created: boolean; readonly run: StoredRun }> {
      const answer = must(
        await db.rpc('start_run', {
          p_run: json({
            workflow: run.workflow,
            client: run.client,
            month: run.month,
            key: run.key,
            trigger: run.trigger,
            requested_by: run.requestedBy,
            channel: run.channel,
            dry_run: run.dryRun,
            args: run.args,
            config: run.config ?? {},
            parent: run.parent ?? null,
            delivery: run.delivery ?? null,
            asked_at: run.askedAt.toISOString(),
          }),
        }),
      );
      return z.object({ created: z.boolean(), run: RunRow }).parse(answer);
    },

    /** Takes the run, with a new fence. Null: there is nothing to take, or somebody is at its row just now. */
    async claim(id: string, holder: string, seconds: number, breakHolder?: string): Promise<StoredRun | null> {
      const row = may(
        await db.rpc('claim_run', { p_run: id, p_holder: holder, p_seconds: seconds, p_break: breakHolder }),
      );
      return row ? RunRow.parse(row) : null;
    },

    /** @param fence of the attempt; without it the holder alone is asked for */
    async beat(
      id: string,
      holder: string,
      seconds: number,
      fence?: number,
    ): Promise<{ held: boolean; cancel: string | null }> {
      const answer = must(
        await db.rpc('beat_run', { p_run: id, p_holder: holder, p_seconds: seconds, p_fence: fence }),
      );
      return z.object({ held: z.boolean(), cancel: z.string().nullable() }).parse(answer);
    },

    /** Ends or parks the run if it is still the holder's; answers the status it has now, null when it was taken over. */
    async leave(
      id: string,
      holder: string,
      status: RunStatus,
      patch: RunPatch,
      fence?: number,
    ): Promise<RunStatus | null> {
      const answer = may(
        await db.rpc('leave_run', {
          p_run: id,
          p_holder: holder,
          p_status: status,
          p_patch: json(patch),
          p_fence: fence,
        }),
      );
      return Status.parse(answer);
    },

    async cancel(id: string, who: string): Promise<RunStatus | null> {
      return Status.parse(may(await db.rpc('cancel_run', { p_run: id, p_who: who })));
    },

    /** A run that sleeps because somebody was away tries now. Null: it does not sleep for that. */
    async tryNow(id: string, who: string): Promise<RunStatus | null> {
      return Status.parse(may(await db.rpc('try_now', { p_run: id, p_who: who })));
    },

    /** The run becomes a child of `parent`, unless a live run has it already, or it is over. */
    async adopt(id: string, parent: string): Promise<void> {
      may(await db.rpc('adopt_run', { p_run: id, p_parent: parent }));
    },

    async retry(id: string, who: string): Promise<RunStatus | null> {
      return Status.parse(may(await db.rpc('retry_run', { p_run: id, p_who: who })));
    },
  };
}
