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
