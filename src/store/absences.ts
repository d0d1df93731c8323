import type { Day } from '../../pipeline/vocabulary.ts';
import { may, must, type Db } from './db.ts';

export type Absence = {
  readonly slackId: string;
  readonly from: Day;
  readonly to: Day;
  /** Stands in for every role; null: whoever each role names. */
  readonly backup: string | null;
  readonly setBy: string;
};

/** Who is away, from which day to which, and who stands in. */
export function makeAbsences(db: Db) {
  return {
    /** Away from one day to another, both included. A second absence takes the first one's place. */
    async saveAbsence({ slackId, from, to, backup, setBy }: Absence): Promise<void> {
      may(
        await db.from('absences').upsert({
          slack_id: slackId,
          from_day: from,
          to_day: to,
          backup,
          set_by: setBy,
          at: new Date().toISOString(),
        }),
      );
    },

    /** @returns false where they were not away */
    async endAbsence(slackId: string): Promise<boolean> {
      return must(await db.from('absences').delete().eq('slack_id', slackId).select('slack_id')).length > 0;
    },

    async absences(): Promise<readonly Absence[]> {
      const rows = must(await db.from('absences').select('*').order('slack_id'));
      return rows.map((row) => ({
        slackId: row.slack_id,
        from: row.from_day as Day, // a date of the database is a day
        to: row.to_day as Day,
        backup: row.backup,
        setBy: row.set_by,
      }));
    },
  };
}
