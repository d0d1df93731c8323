import { inBatches } from '../../../pipeline/in-batches.ts';
import { workflowNames, type WorkflowName } from '../../../pipeline/kinds.ts';
import { liveStatuses } from '../../../pipeline/vocabulary.ts';
import { all, may, must, type Db } from '../db.ts';
import { columns, RunRow, type StoredRun } from './row.ts';

/** Runs as they are looked up. */
export function makeFinding(db: Db) {
  return {
    async get(id: string): Promise<StoredRun | null> {
      const row = may(await db.from('agent_runs').select(columns).eq('id', id).maybeSingle());
      return row ? RunRow.parse(row) : null;
    },

    /** Those of these ids that there are, in no order. */
    async some(ids: readonly string[]): Promise<StoredRun[]> {
      const found: StoredRun[] = [];
      for (const some of inBatches(ids, 100)) {
        const rows = must(
          await db
            .from('agent_runs')
            .select(columns)
            .in('id', [...some]),
        );
        found.push(...rows.map((row) => RunRow.parse(row)));
      }
      return found;
    },

    async live(key: string): Promise<StoredRun | null> {
      const row = may(
        await db.from('agent_runs').select(columns).eq('key', key).in('status', liveStatuses).maybeSingle(),
      );
      return row ? RunRow.parse(row) : null;
    },

    /** Newest first. */
    async recent(filter: { workflow?: WorkflowName; client?: string; limit: number }): Promise<StoredRun[]> {
      let query = db
        .from('agent_runs')
        .select(columns)
        .in('workflow', workflowNames)
        .order('created_at', { ascending: false })
        .limit(filter.limit);
      if (filter.workflow) query = query.eq('workflow', filter.workflow);
      if (filter.client) query = query.eq('client', filter.client);
      return must(await query).map((row) => RunRow.parse(row));
    },

    /** Runs that are not over, oldest first. Of a kind that only a newer version knows, that version takes care. */
    async open(): Promise<StoredRun[]> {
      const rows = await all((from, to) =>
        db
          .from('agent_runs')
          .select(columns)
          .in('workflow', workflowNames)
          .in('status', liveStatuses)
          .order('created_at')
          .order('id')
          .range(from, to),
      );
      return rows.map((row) => RunRow.parse(row));
    },

    /** How many runs are not over: a number, without reading one of them. */
    async openCount(): Promise<number> {
      const answer = await db
        .from('agent_runs')
        .select('id', { count: 'exact', head: true })
        .in('status', liveStatuses);
      may(answer);
      return answer.count ?? 0;
    },
  };
}
