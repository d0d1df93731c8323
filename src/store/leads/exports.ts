import { z } from 'zod';
import type { LeadBook, Source } from '../../../pipeline/ports/leads.ts';
import type { Zip } from '../../../pipeline/vocabulary.ts';
import { all, json, may, must, type Db } from '../db.ts';

const SourceRow = z
  .object({
    id: z.number(),
    name: z.string(),
    round: z.string(),
    state: z.string(),
    ordinal: z.number(),
    zips: z.array(z.string()),
    slice: z.array(z.unknown()),
    expected: z.number(),
    status: z.enum(['planned', 'asked', 'downloaded', 'stored', 'replaced']),
    asked: z.number(),
    recounted: z.boolean(),
    shown: z.number().nullable(),
    original_rows: z.number().nullable(),
  })
  // ZIPs and slices were written by ourselves.
  .transform(({ original_rows, ...row }) => ({
    ...row,
    rows: original_rows,
    zips: row.zips as Zip[],
    slice: row.slice as Source['slice'],
  }));

/** Exports of a run, from their plan until their file is stored. */
export function makeExports(db: Db): Pick<LeadBook, 'plan' | 'source' | 'sourcesOf' | 'asking' | 'stored'> {
  return {
    async plan(runId, book, round, sources) {
      const rows = must(
        await db.rpc('plan_sources', {
          p_run: runId,
          p_client: book.client,
          p_month: book.month,
          p_round: round,
          p_sources: json(
            sources.map((source) => ({
              name: source.name,
              origin: source.origin ?? 'cole',
              state: source.state,
              zips: source.zips,
              slice: source.slice,
              slice_no: source.sliceNo,
              slice_count: source.sliceCount,
              filters_key: book.filtersKey,
              expected: source.expected,
            })),
          ),
        }),
      );
      return z.array(SourceRow).parse(rows);
    },

    async source(id) {
      return SourceRow.parse(must(await db.from('lead_sources').select('*').eq('id', id).single()));
    },

    async sourcesOf(runId) {
      const rows = await all((from, to) =>
        db.from('lead_sources').select('*').eq('run_id', runId).order('ordinal').range(from, to),
      );
      return rows.map((row) => SourceRow.parse(row));
    },

    async asking(sourceId, { shown, recount }) {
      may(await db.rpc('ask_source', { p_source: sourceId, p_shown: shown, p_recount: recount }));
    },

    async stored(sourceId, facts) {
      may(
        await db.rpc('store_source', {
          p_source: sourceId,
          p_facts: json({
            parsed: facts.parsed,
            quarantined: facts.quarantined,
            sha256: facts.sha256,
            original_rows: facts.originalRows,
            header_style: facts.headerStyle,
            dropped_columns: facts.droppedColumns,
            file_key: facts.fileKey,
            note: facts.note,
          }),
        }),
      );
    },
  };
}
