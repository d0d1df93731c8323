import { json, may, must, type Db } from '../db.ts';
import type { RunError } from './row.ts';

/** What went wrong, and who did what: rows that are only ever added. */
export function makeRecords(db: Db) {
  return {
    async error(runId: string, error: RunError): Promise<void> {
      may(await db.from('agent_errors').insert({ run_id: runId, ...error }));
    },

    async errors(runId: string) {
      return must(
        await db.from('agent_errors').select('*').eq('run_id', runId).order('id', { ascending: false }).limit(20),
      );
    },

    /** Of all runs, oldest first; 500 at the most, the newest ones. */
    async errorsSince(since: Date) {
      const rows = must(
        await db
          .from('agent_errors')
          .select('id,run_id,step,type,message,screenshot,tree,trace,at')
          .gte('at', since.toISOString())
          .not('run_id', 'is', null)
          .order('id', { ascending: false })
          .limit(500),
      );
      return rows.map(({ run_id: runId, ...row }) => ({ ...row, runId })).reverse();
    },

    /** A line of the append-only audit. */
    async audit(line: {
      who: string;
      what: string;
      runId?: string;
      subject?: string;
      facts?: Readonly<Record<string, unknown>>;
    }): Promise<void> {
      may(
        await db.from('audit').insert({
          who: line.who,
          what: line.what,
          run_id: line.runId ?? null,
          subject: line.subject ?? null,
          facts: json(line.facts ?? {}),
        }),
      );
    },
  };
}
