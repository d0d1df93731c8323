import type { BookKey, IngestedRow } from '../../pipeline/ports/leads.ts';
import type { Month } from '../../pipeline/vocabulary.ts';
import type { Store } from '../../src/store/index.ts';
import { zip as zipOf } from './branded.ts';
import { newRun } from './new-run.ts';
import { unverifiedRow } from './rows.ts';

export type PreparedLeads = {
  readonly client: string;
  readonly month: Month;
  readonly count: number;
  /** Number of the first: later leads are other people. */
  readonly first?: number;
  readonly zip?: string;
  /** Key of the export's kept file. */
  readonly fileKey?: string;
  /** Mail host of one of them, by its number. */
  readonly host?: (number: number) => string;
  /** Day of the month, 1–28, by its number; spread over the month otherwise. */
  readonly day?: (number: number) => number;
  /** Of every home, as an export writes it. */
  readonly homeValue?: string;
  /** Behind the names and in the street of each. */
  readonly mark?: string;
};

export const emailOf = (client: string, number: number, host = 'lane.example'): string => `${client}${number}@${host}`;

/** Raw leads of a month in a ZIP that is pulled, as PT1 would have left them. */
export async function rawLeads(store: Store, wanted: PreparedLeads): Promise<BookKey> {
  const { client, month, zip = '75035' } = wanted;
  const { run } = await store.runs.start(newRun({ client, month, key: `pull:${client}:${month}`, dryRun: true }));
  await store.runs.cancel(run.id, 'test');
  const book = { client, month, filtersKey: '' };
  const rows = rowsOf(wanted);
  const name = `TX ${wanted.first ?? 1}`;
  const [source] = await store.leads.plan(run.id, book, name, [
    { name, state: 'TX', zips: [zipOf(zip)], slice: [], expected: rows.length, sliceNo: 1, sliceCount: 1 },
  ]);
  const id = source?.id ?? 0;
  await store.leads.ingest(id, rows);
  await store.leads.stored(id, {
    parsed: rows.length,
    quarantined: 0,
    sha256: 'f00d',
    originalRows: rows.length,
    headerStyle: 'sop',
    droppedColumns: [],
    fileKey: wanted.fileKey ?? null,
    note: null,
  });
  return book;
}

/** Cleaned leads of a month, as PT1 and PT2 would have left them. */
export async function cleanedLeads(store: Store, wanted: PreparedLeads): Promise<void> {
  const book = await rawLeads(store, wanted);
  const unjudged = await store.leads.unverified(book);
  // A pull of this month judges them again, and from the verdicts.
  await store.leads.verdicts(
    book,
    unjudged.map((row) => ({ id: row.id, verdict: 'Safe to Send' })),
  );
  await store.leads.judge(
    book,
    unjudged.map((row) => ({ id: row.id, judgement: { state: 'cleaned' as const, reason: null } })),
  );
}

function rowsOf(wanted: PreparedLeads): IngestedRow[] {
  const { client, month, count, first = 1, zip = '75035', homeValue = '$350,000', host, day, mark = '' } = wanted;
  return Array.from({ length: count }, (_, index): IngestedRow => {
    const number = first + index;
    const on = day ? day(number) : ((number - 1) % 28) + 1;
    return unverifiedRow(index + 1, month, {
      First_Name: `ANN${mark}`,
      Last_Name: `LOWE${mark}`,
      Address_1: `${number} Oak${mark} St`,
      City: 'Frisco',
      State: 'TX',
      Zip: zip,
      Email_Address: emailOf(client, number, host?.(number)),
      Purchase_Date: `${month.slice(5)}/${String(on).padStart(2, '0')}/2015`,
      Home_Value: homeValue,
      Head_Household: 'Y',
      'Cell Phone Number': '(469) 555-0123',
    });
  });
}
