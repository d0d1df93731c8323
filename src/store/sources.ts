import { all, type Db, type Row } from './db.ts';

export type SourceStore = ReturnType<typeof makeSourceStore>;

/** Exports as people look them up; the workflows' view of them is the lead book's. */
export function makeSourceStore(db: Db) {
  return {
    /** Every export of a client's month, in the order that decides duplicates. */
    ofMonth(client: string, month: string): Promise<Row<'lead_sources'>[]> {
      return all((from, to) =>
        db.from('lead_sources').select('*').eq('client', client).eq('month', month).order('ordinal').range(from, to),
      );
    },
    /** Kept files of a run. */
    async files(runId: string) {
      const rows = await all((from, to) =>
        db
          .from('lead_sources')
          .select('name,round,file_key,parsed')
          .eq('run_id', runId)
          .not('file_key', 'is', null)
          .order('ordinal')
          .range(from, to),
      );
      return rows.map((row) => ({
        name: row.name,
        round: row.round,
        key: row.file_key ?? '',
        parsed: row.parsed ?? 0,
      }));
    },
    /** Cleaned leads against target per client and month, latest months first. */
    months(): Promise<Row<'monthly_cleaned_leads'>[]> {
      return all((from, to) =>
        db
          .from('monthly_cleaned_leads')
          .select('*')
          .order('month', { ascending: false })
          .order('client')
          .range(from, to),
      );
    },
  };
}
