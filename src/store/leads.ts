import { z } from 'zod';
import type { BookKey, JudgedRow, LeadBook, Source } from '../../pipeline/ports/leads.ts';
import { inTurns, type InPieces } from '../../pipeline/turns.ts';
import {
  leadStates,
  verdicts,
  type Day,
  type Judgement,
  type Lead,
  type StateCounts,
  type Zip,
} from '../../pipeline/vocabulary.ts';
import { all, allById, batches, json, may, must, type Db } from './db.ts';

// Rows a request when people's rows travel: large enough to be quick, small enough for a hosted project's limits.
const batchRows = 2_000;

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

const StoredSlice = z.object({
  zip: z.string(),
  slice: z.array(z.unknown()),
  slice_no: z.number(),
  slice_count: z.number(),
});

const leadColumns =
  'id,ordinal,line,first_name,greeting_name,last_name,address,city,state,zip,phone,phone_blanked,email,household_key,purchase_date,home_value,head_household,income,date_of_birth,verdict,lead_state,reason';

const LeadRow = z.object({
  id: z.number(),
  ordinal: z.number(),
  line: z.number(),
  first_name: z.string(),
  greeting_name: z.string(),
  last_name: z.string(),
  address: z.string(),
  city: z.string(),
  state: z.string(),
  zip: z.string().nullable(),
  phone: z.string().nullable(),
  phone_blanked: z.boolean(),
  email: z.string().nullable(),
  household_key: z.string().nullable(),
  purchase_date: z.string().nullable(),
  home_value: z.number().nullable(),
  head_household: z.string(),
  income: z.string(),
  date_of_birth: z.string().nullable(),
  verdict: z.enum(verdicts).nullable(),
  lead_state: z.enum(leadStates),
  reason: z.string().nullable(),
});

const MoveAnswer = z.object({
  rows: z.number(),
  zips: z.array(z.string()),
  refused: z.array(z.object({ zip: z.string(), why: z.enum(['listed', 'target', 'gone']) })),
});

function toLead(row: z.output<typeof LeadRow>): Lead {
  return {
    firstName: row.first_name,
    greetingName: row.greeting_name,
    lastName: row.last_name,
    address: row.address,
    city: row.city,
    state: row.state,
    zip: row.zip as Zip | null,
    phone: row.phone,
    phoneBlanked: row.phone_blanked,
    email: row.email,
    purchaseDate: row.purchase_date as Day | null,
    homeValue: row.home_value,
    headHousehold: row.head_household,
    income: row.income,
    dateOfBirth: row.date_of_birth as Day | null,
  };
}

/**
 * "By export, then line" (docs/sop.md#lead-states): the order that decides who keeps a place. An export is sorted at a
 * time.
 */
function* inOrder<Made>(
  rows: readonly z.output<typeof LeadRow>[],
  make: (row: z.output<typeof LeadRow>) => Made,
): InPieces<Made[]> {
  const exports = new Map<number, z.output<typeof LeadRow>[]>();
  for (const row of rows) {
    const some = exports.get(row.ordinal);
    if (some) some.push(row);
    else exports.set(row.ordinal, [row]);
    yield;
  }
  const made: Made[] = [];
  for (const [, some] of [...exports].sort(([a], [b]) => a - b)) {
    some.sort((a, b) => a.line - b.line || a.id - b.id);
    for (const row of some) {
      yield;
      made.push(make(row));
    }
  }
  return made;
}

function countOf(answer: Parameters<typeof may>[0] & { readonly count: number | null }): number {
  may(answer);
  return answer.count ?? 0;
}

/**
 * The lead tables. Every query names its client and month; rows of people travel in batches and never into logs.
 */
export function makeLeadBook(db: Db): LeadBook {
  const ofMonth = (book: BookKey) => ({ client: book.client, month: book.month });
  return {
    async missingZips(book, zips) {
      const rows = await all((from, to) =>
        db
          .from('client_zipcodes')
          .select('zip,slice_no,slice_count')
          .match({ ...ofMonth(book), filters_key: book.filtersKey })
          .order('zip')
          .order('slice_no')
          .range(from, to),
      );
      const stored = new Map<string, { have: number; of: number }>();
      for (const row of rows) {
        stored.set(row.zip, { have: (stored.get(row.zip)?.have ?? 0) + 1, of: row.slice_count });
      }
      return zips.filter((zip) => {
        const slices = stored.get(zip);
        return !slices || slices.have < slices.of;
      });
    },

    async storedSlices(book, zips) {
      const rows = await all((from, to) =>
        db
          .from('client_zipcodes')
          .select('zip,slice,slice_no,slice_count')
          .match({ ...ofMonth(book), filters_key: book.filtersKey })
          .gt('slice_count', 1)
          .order('zip')
          .order('slice_no')
          .range(from, to),
      );
      const wanted = new Set<string>(zips);
      return rows
        .filter(({ zip }) => wanted.has(zip))
        .map((row) => StoredSlice.parse(row))
        .map(({ zip, slice, slice_no, slice_count }) => ({ zip, slice, sliceNo: slice_no, sliceCount: slice_count }));
    },

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

    async ingest(sourceId, rows) {
      for (const some of batches(rows, batchRows)) {
        must(
          await db.rpc('ingest_leads', {
            p_source: sourceId,
            p_rows: json(
              some.map(({ line, fields, lead, renewalDate, householdKey, judgement }) => ({
                line,
                fields,
                first_name: lead?.firstName,
                greeting_name: lead?.greetingName,
                last_name: lead?.lastName,
                address: lead?.address,
                city: lead?.city,
                state: lead?.state,
                zip: lead?.zip,
                phone: lead?.phone,
                phone_blanked: lead?.phoneBlanked,
                email: lead?.email,
                household_key: householdKey,
                purchase_date: lead?.purchaseDate,
                renewal_date: renewalDate,
                home_value: lead?.homeValue,
                head_household: lead?.headHousehold,
                income: lead?.income,
                date_of_birth: lead?.dateOfBirth,
                lead_state: judgement.state,
                reason: judgement.reason,
              })),
            ),
          }),
        );
      }
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

    async replace(book, zips, keepRunId) {
      return must(
        await db.rpc('replace_zips', {
          p_client: book.client,
          p_month: book.month,
          p_zips: [...zips],
          p_keep_run: keepRunId,
        }),
      );
    },

    async rowsToJudge(book) {
      const rows = await allById(
        (after, page) =>
          db
            .from('raw_leads')
            .select(leadColumns)
            .match(ofMonth(book))
            .not('lead_state', 'in', '(quarantined,moved)')
            .gt('id', after)
            .order('id')
            .limit(page),
        (row) => LeadRow.parse(row),
      );
      const uploaded = new Set(
        await allById(
          (after, page) =>
            db
              .from('cleaned_leads')
              .select('id,raw_lead_id')
              .match(ofMonth(book))
              .not('batch_id', 'is', null)
              .gt('id', after)
              .order('id')
              .limit(page),
          (row) => row.raw_lead_id,
        ),
      );
      return inTurns(
        inOrder(rows, (row): JudgedRow => ({
          id: row.id,
          lead: toLead(row),
          householdKey: row.household_key,
          verdict: row.verdict,
          pinned: uploaded.has(row.id),
          current: { state: row.lead_state, reason: row.reason },
        })),
      );
    },

    async version(book) {
      const row = may(await db.from('client_months').select('lead_version').match(ofMonth(book)).maybeSingle());
      return row?.lead_version ?? 0;
    },

    async judge(book, changes, version) {
      // What is no longer cleaned goes first, so that its e-mail is free for the row that takes its place.
      const leaving = changes.filter((change) => change.judgement.state !== 'cleaned');
      const coming = changes.filter((change) => change.judgement.state === 'cleaned');
      let now = version;
      for (const group of [leaving, coming]) {
        for (const some of batches(group, batchRows)) {
          const changed = may(
            await db.rpc('apply_judgements', {
              p_client: book.client,
              p_month: book.month,
              p_rows: json(
                some.map(({ id, judgement }: { id: number; judgement: Judgement }) => ({ id, ...judgement })),
              ),
              p_version: now,
            }),
          );
          const written = z.number().nullable().parse(changed);
          if (written === null) return false;
          // Our own change is the one that the next part may find.
          if (version !== undefined) now = written;
        }
      }
      return true;
    },

    async unverified(book) {
      const rows = await allById(
        (after, page) =>
          db
            .from('raw_leads')
            .select(leadColumns)
            .match(ofMonth(book))
            .eq('lead_state', 'unverified')
            .is('validation_batch', null)
            .gt('id', after)
            .order('id')
            .limit(page),
        (row) => LeadRow.parse(row),
      );
      return inTurns(inOrder(rows, (row) => ({ id: row.id, lead: toLead(row) })));
    },

    async verdicts(book, found) {
      for (const some of batches(found, batchRows)) {
        must(await db.rpc('set_verdicts', { p_client: book.client, p_month: book.month, p_rows: json([...some]) }));
      }
    },

    async counts(book): Promise<StateCounts> {
      const rows = must(await db.rpc('lead_counts', { p_client: book.client, p_month: book.month }));
      return Object.fromEntries(
        rows.map((row) => [row.reason ? `${row.lead_state}: ${row.reason}` : row.lead_state, row.leads]),
      );
    },

    async rawCount(book) {
      return countOf(await db.from('raw_leads').select('id', { count: 'exact', head: true }).match(ofMonth(book)));
    },

    async pulledZips(book) {
      const rows = await all((from, to) =>
        db
          .from('client_zipcodes')
          .select('zip,slice_no')
          .match({ ...ofMonth(book), filters_key: book.filtersKey })
          .order('zip')
          .order('slice_no')
          .range(from, to),
      );
      // Written from planned ZIPs.
      return [...new Set(rows.map((row) => row.zip as Zip))];
    },

    async safeToSend(book) {
      const checked = () =>
        db
          .from('raw_leads')
          .select('id', { count: 'exact', head: true })
          .match(ofMonth(book))
          .not('verdict', 'is', null);
      return { checked: countOf(await checked()), safe: countOf(await checked().eq('verdict', 'Safe to Send')) };
    },

    async relaxable(book, limit) {
      return countOf(
        await db
          .from('raw_leads')
          .select('id', { count: 'exact', head: true })
          .match(ofMonth(book))
          .or('lead_state.eq.high_net_worth,and(lead_state.eq.rejected,reason.eq.home_value)')
          .lte('home_value', limit)
          .not('email', 'is', null),
      );
    },

    async zipCounts(book) {
      const rows = await all((from, to) =>
        db.rpc('zip_counts', { p_client: book.client, p_month: book.month }).order('zip').range(from, to),
      );
      return rows;
    },

    async cleaned(book) {
      return allById(
        (after, page) =>
          db
            .from('cleaned_leads')
            .select('id,raw_lead_id,zip,batch_id')
            .match(ofMonth(book))
            .gt('id', after)
            .order('id')
            .limit(page),
        (row) => ({ id: row.raw_lead_id, zip: row.zip, uploaded: row.batch_id !== null }),
      );
    },

    async reserve(book, ids, version) {
      return must(
        await db.rpc('set_reserve', {
          p_client: book.client,
          p_month: book.month,
          p_ids: [...ids],
          p_version: version,
        }),
      );
    },

    async saveMonth(book, totals) {
      may(
        await db.rpc('save_month', {
          p_client: book.client,
          p_month: book.month,
          p_count: totals.count,
          p_target: totals.target,
          p_gap: totals.gap,
          p_reserve: totals.reserve,
        }),
      );
    },

    async move(sourceId, from, keep) {
      return MoveAnswer.parse(must(await db.rpc('move_zips', { p_source: sourceId, p_from: from, p_keep: keep })));
    },
  };
}
