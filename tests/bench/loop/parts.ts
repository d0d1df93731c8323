import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvFiles } from '../../../connectors/csv/index.ts';
import { readClayExport } from '../../../connectors/clay/schema.ts';
import { clayColumns } from '../../../pipeline/clay-columns.ts';
import { planGapApart } from '../../../pipeline/gap/apart.ts';
import { householdKey } from '../../../pipeline/normalise/address.ts';
import { normaliseRow } from '../../../pipeline/normalise/row.ts';
import type { ColeSession } from '../../../pipeline/ports/cole.ts';
import type { IngestedRow } from '../../../pipeline/ports/leads.ts';
import { renewalDate } from '../../../pipeline/renewal.ts';
import type { RunContext } from '../../../pipeline/workflow.ts';
import { canonicalHeaders, type Client, type Verdict } from '../../../pipeline/vocabulary.ts';
import { exportSource, type ExportPorts } from '../../../pipeline/workflows/pull/export-source.ts';
import { judgeMonth, type JudgingPorts } from '../../../pipeline/workflows/pull/judge-month.ts';
import { keepReserve, type ReservePorts } from '../../../pipeline/workflows/pull/keep-reserve.ts';
import { clayHeaders } from '../../../pipeline/workflows/pull/pt2-refine.ts';
import { fileOf } from '../../../sandbox/cole/csv.ts';
import { demoClients, demoWorld, householdsOf, makeWorld } from '../../../sandbox/households/index.ts';
import type { Store } from '../../../src/store/index.ts';
import { day, month, zip } from '../../support/branded.ts';
import { lakeside } from '../../support/clients.ts';
import { newRun } from '../../support/new-run.ts';
import { contextOver } from '../../support/run-context.ts';
import { gapOfThousands } from './gap.ts';

export type Part = {
  readonly key: string;
  readonly name: string;
  /** Others build on what it leaves in the database. */
  readonly always: boolean;
  readonly acks: boolean;
  readonly prepare?: () => Promise<unknown>;
  readonly work: () => Promise<unknown>;
};

const march = month('2027-03');
const book = { client: 'lakeside', month: march, filtersKey: '' };
const zips = (demoClients[0]?.zips ?? []).map(zip);

/** What the parts of a workflow have that are measured here. */
type PartContext = RunContext<Client, ExportPorts & JudgingPorts & ReservePorts>;

/** What the app does with large data, each through the function that a run calls. */
export function partsOf({
  store,
  folder,
  leads,
}: {
  readonly store: Store;
  readonly folder: string;
  readonly leads: number;
}): readonly Part[] {
  const exported = join(folder, 'export.csv');
  const own = join(folder, 'own.csv');
  const results = join(folder, 'results.csv');
  const damaged = (name: string) => join(folder, `${name}.csv`);
  const later: { context?: PartContext; source?: number; rows?: string[][] } = {};
  const context = () => {
    if (!later.context) throw new Error('the first part was left out');
    return later.context;
  };
  const damage = (key: string, name: string, line: string): Part => ({
    key,
    name: `file with a damaged line of ${name}`,
    always: false,
    acks: false,
    prepare: async () => {
      const [header = '', ...rest] = coleFile(200).split('\r\n');
      await writeFile(damaged(name), [header, ...rest.slice(0, 100), line, ...rest.slice(100)].join('\r\n'));
    },
    work: () => csvFiles.readExport(damaged(name)),
  });
  return [
    {
      key: 'export',
      name: 'export of 10,000 rows: read, normalise, store',
      always: true,
      acks: true,
      prepare: async () => {
        await writeFile(exported, coleFile(9_999));
        Object.assign(later, await planned(store, exported, 'first', 9_999));
      },
      work: () => exportSource(context(), march, later.source ?? 0),
    },
    {
      key: 'month',
      name: `month of ${leads.toLocaleString('en-US')} leads: read, judge, write`,
      always: false,
      acks: true,
      prepare: () => fillMonth(store, context(), leads),
      work: () => judgeMonth(context(), lakeside, book),
    },
    {
      key: 'month',
      name: 'the same month again: nothing changes',
      always: false,
      acks: true,
      work: () => judgeMonth(context(), lakeside, book),
    },
    {
      key: 'month',
      name: 'reserve of that month',
      always: false,
      acks: true,
      work: () => keepReserve(context(), book, 15_000),
    },
    {
      key: 'csv',
      name: '40,000 rows written for Clay',
      always: false,
      acks: false,
      prepare: () => {
        later.rows = fields(40_000).map((row, index) => [
          ...canonicalHeaders.map((header) => row[header]),
          String(index + 1),
        ]);
        return Promise.resolve();
      },
      work: () => csvFiles.write(own, clayHeaders, later.rows ?? []),
    },
    { key: 'csv', name: '40,000 rows of our own read', always: false, acks: false, work: () => csvFiles.readOwn(own) },
    {
      key: 'csv',
      name: '40,000 rows of Clay read',
      always: false,
      acks: false,
      prepare: () => writeFile(results, clayFile(40_000)),
      work: () => readClayExport(results),
    },
    damage('damage', '28 KB', `JOHN,"${'SMITH", "12 "OAK'.repeat(1_800)}`),
    damage('damage-1mb', '1 MB', `JOHN,"${'SMITH", "12 "OAK'.repeat(64_000)}`),
    damage('damage-1mb', '1 MB without a quote', 'JOHN,SMITH,'.repeat(95_000)),
    {
      key: 'gap',
      name: 'gap of 9,000 over 2,000 candidates',
      always: false,
      acks: true,
      work: () => planGapApart(gapOfThousands),
    },
  ];
}

/** An export as Cole writes it: the 23 columns of a real one. */
function coleFile(rows: number): string {
  return fileOf(households(rows), {
    style: 'full',
    fields: [],
    headers: true,
    delimiter: ',',
    spaced: false,
    mark: false,
  });
}

function households(rows: number) {
  const world = makeWorld(demoWorld);
  return (demoClients[0]?.zips ?? []).flatMap((zip) => householdsOf(world, zip, 3)).slice(0, rows);
}

/** A source as PT1 plans it, and a run at a Cole whose download is this file. */
async function planned(store: Store, file: string, round: string, rows: number) {
  const { run } = await store.runs.start(newRun({ key: `bench:${round}`, dryRun: true }));
  await store.runs.cancel(run.id, 'bench');
  const [source] = await store.leads.plan(run.id, book, round, [
    { name: round, state: 'TX', zips, slice: [], expected: rows, sliceNo: 1, sliceCount: 1 },
  ]);
  const session: ColeSession = {
    count: () => Promise.resolve(rows),
    slicings: () => Promise.resolve([]),
    export: async (_query, to, onAsk) => {
      await onAsk(rows);
      await copyFile(file, to);
      return { shown: rows };
    },
  };
  const context: PartContext = contextOver(
    {
      leads: store.leads,
      clients: store.clients,
      suppressions: store.suppressions,
      files: store.files,
      csv: csvFiles,
      notices: { note: () => Promise.resolve() },
      cole: { at: (_state, work) => work(session) },
    },
    run,
  );
  return { context, source: source?.id ?? 0 };
}

/** A month as PT2 has it when Debounce has answered: one row in twenty a duplicate, two in three safe to send. */
async function fillMonth(store: Store, context: PartContext, leads: number): Promise<void> {
  const [source] = await store.leads.plan(context.run.id, book, 'month', [
    { name: 'month', state: 'TX', zips, slice: [], expected: leads, sliceNo: 1, sliceCount: 1 },
  ]);
  for (let from = 0; from < leads; from += 10_000) {
    const rows = fields(Math.min(10_000, leads - from), from).map((row, index): IngestedRow => {
      const lead = normaliseRow(row);
      return {
        line: from + index + 1,
        fields: row,
        lead,
        renewalDate: lead.purchaseDate && renewalDate(lead.purchaseDate, march),
        householdKey: householdKey(lead.email ?? '', lead.address),
        judgement: { state: 'unverified', reason: null },
      };
    });
    await store.leads.ingest(source?.id ?? 0, rows);
  }
  const unverified = await store.leads.unverified(book);
  await store.leads.verdicts(
    book,
    unverified.map(({ id }): { id: number; verdict: Verdict } => ({
      id,
      verdict: id % 3 === 0 ? 'Invalid' : 'Safe to Send',
    })),
  );
}

function fields(rows: number, from = 0) {
  return Array.from({ length: rows }, (_, index) => {
    const number = from + index;
    const person = number % 20 === 19 ? number - 1 : number;
    return {
      First_Name: 'JOHN AND JANE',
      Last_Name: 'MCDONALD',
      Address_1: `${number} OAK STREET`,
      City: 'FRISCO',
      State: 'TX',
      Zip: zips[number % zips.length] ?? '75034',
      'Cell Phone Number': `(469) 555-${String(1_000 + (number % 9_000))}`,
      Email_Address: `PERSON${person}@LANE.EXAMPLE`,
      Purchase_Date: `03/${String((number % 28) + 1).padStart(2, '0')}/2015`,
      Home_Value: '$450,000',
      Head_Household: 'Y',
      Income: '$100,000 - $124,999',
      Date_of_Birth: '01/02/1970',
    };
  });
}

/** Clay's export: our columns, its three formulas, Debounce's verdict and what Debounce says beside it. */
function clayFile(rows: number): string {
  const header = [...clayHeaders, 'Numeric Home Value', 'Readable Purchase Date', 'Purchase Day', 'Result', 'Answer'];
  const lines = fields(rows).map((row, index) => {
    const columns = clayColumns({
      homeValue: 450_000,
      purchaseDate: normaliseRow(row).purchaseDate ?? day('2015-03-01'),
    });
    const cells = [
      ...canonicalHeaders.map((name) => row[name]),
      String(index + 1),
      String(columns.numericHomeValue),
      columns.readablePurchaseDate,
      String(columns.purchaseDay),
      index % 3 === 0 ? 'Invalid' : 'Safe to Send',
      '{"debounce":{"result":"Safe to Send","reason":"Deliverable","free_email":"true"}}',
    ];
    return cells.map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
  });
  return [header.join(','), ...lines].join('\r\n');
}
