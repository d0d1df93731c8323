import { z } from 'zod';
import type { Progress } from '../../../pipeline/run.ts';
import { all, json, may, type Db } from '../db.ts';
import type { StepRow } from './row.ts';

/** What a run remembers: its steps with their outputs, how far it is, and what it says of itself. */
export function makeMemory(db: Db) {
  return {
    async saveProgress(id: string, progress: Progress): Promise<void> {
      may(await db.rpc('save_progress', { p_run: id, p_progress: json(progress) }));
    },

    async mergeSummary(id: string, summary: Readonly<Record<string, unknown>>): Promise<void> {
      may(await db.rpc('merge_summary', { p_run: id, p_summary: json(summary) }));
    },

    async steps(runId: string): Promise<StepRow[]> {
      const rows = await all((from, to) =>
        db.from('agent_steps').select('name,status,output').eq('run_id', runId).order('name').range(from, to),
      );
      return rows.map((row) => ({
        name: row.name,
        status: z.enum(['started', 'done']).parse(row.status),
        output: z.object({ value: z.unknown() }).nullable().parse(row.output)?.value,
      }));
    },

    async stepStarted(runId: string, name: string): Promise<void> {
      may(await db.rpc('step_started', { p_run: runId, p_name: name }));
    },

    async stepDone(runId: string, name: string, output: unknown): Promise<void> {
      may(
        await db.rpc('step_done', {
          p_run: runId,
          p_name: name,
          p_output: json({ value: output ?? null }),
        }),
      );
    },
  };
}
