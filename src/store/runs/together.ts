import type { Month } from '../../../pipeline/vocabulary.ts';
import { all, must, type Db } from '../db.ts';
import { columns, RunRow, type StoredRun } from './row.ts';

/** Runs that belong together: of a month, or of the run that started them. */
export function makeTogether(db: Db) {
  return {
    /** Of each client the newest pull of a month that was no dry run. */
    async pullsOf(month: Month): Promise<StoredRun[]> {
      const rows = await all((from, to) =>
        db
          .from('agent_runs')
          .select(columns)
          .match({ workflow: 'pull-leads', month, dry_run: false })
          .order('created_at', { ascending: false })
          .order('id')
          .range(from, to),
      );
      const newest = new Map<string | null, StoredRun>();
      for (const run of rows.map((row) => RunRow.parse(row))) if (!newest.has(run.client)) newest.set(run.client, run);
      return [...newest.values()];
    },

    /** The monthly runs of a month, newest first. */
    async monthlyOf(month: Month): Promise<StoredRun[]> {
      const rows = must(
        await db
          .from('agent_runs')
          .select(columns)
          .match({ workflow: 'monthly', month, dry_run: false })
          .order('created_at', { ascending: false })
          .limit(10),
      );
      return rows.map((row) => RunRow.parse(row));
    },

    /** What a run started or adopted. */
    async ofParent(parent: string): Promise<StoredRun[]> {
      const rows = await all((from, to) =>
        db.from('agent_runs').select(columns).eq('parent', parent).order('created_at').order('id').range(from, to),
      );
      return rows.map((row) => RunRow.parse(row));
    },
  };
}
