import { DataMismatch, InvalidInput } from '../../errors.ts';
import { judgeRow } from '../../judge/row.ts';
import { householdKey } from '../../normalise/address.ts';
import { normaliseRow } from '../../normalise/row.ts';
import { TooManyRecords } from '../../ports/cole.ts';
import type { ExportFile } from '../../ports/index.ts';
import type { IngestedRow, Source, StoredExport } from '../../ports/leads.ts';
import type { Using } from '../../ports/using.ts';
import { renewalDate } from '../../renewal.ts';
import type { InStep } from '../../workflow.ts';
import { each, inTurns } from '../../turns.ts';
import { canonicalHeaders, type Client, type Month, type QuarantineReason } from '../../vocabulary.ts';
import { coleQuery } from './plan.ts';

export type ExportPorts = Using<{
  cole: 'at';
  leads: 'source' | 'asking' | 'ingest' | 'stored';
  clients: 'homeValueLimit';
  csv: 'readExport' | 'write';
  files: 'temporary' | 'exists' | 'keep' | 'remove';
  suppressions: 'among';
  notices: 'note';
}>;

export type ExportOutcome = {
  readonly records: number;
  /** A file was cut off and asked for again. */
  readonly repeated: boolean;
  /** Named where the file held another number of records than Cole showed, twice. */
  readonly difference: string | null;
};

/**
 * One export, from the search to its rows in the database. Runs inside a step and may be run again at any point.
 *
 * A file that is complete on our disk is used, however the process that fetched it ended; only one that was cut off is
 * asked for once more, and that is counted and said.
 */
export async function exportSource(
  context: InStep<Client, ExportPorts>,
  month: Month,
  sourceId: number,
): Promise<ExportOutcome> {
  const { ports, run } = context;
  const path = await ports.files.temporary(`${run.id}-${sourceId}.csv`);
  const before = await ports.leads.source(sourceId);
  if (before.expected === 0 && before.status === 'planned') {
    await ports.leads.stored(sourceId, nothingIn);
  } else if (before.status !== 'stored') {
    if (!(await ports.files.exists(path))) await fetchFile(context, month, before, path, false);
    let file = await readFile(context, path);
    let source = await ports.leads.source(sourceId);
    const asShown = !(file instanceof InvalidInput) && file.rows === source.shown;
    if (!asShown && !source.recounted) {
      await fetchFile(context, month, source, path, true);
      file = await readFile(context, path);
      source = await ports.leads.source(sourceId);
    }
    if (file instanceof InvalidInput) {
      // A file that cannot be read counts as incomplete, so the next try asks for another one.
      await ports.files.remove(path);
      throw file;
    }
    await storeFile(context, month, source, file, path);
  }
  // The vendor's bytes live only as long as they are needed.
  await ports.files.remove(path);
  return outcome(context, await ports.leads.source(sourceId));
}

/** The export, or the error that says why it cannot be read: without a header line there is nothing to count. */
async function readFile({ ports }: InStep<Client, ExportPorts>, path: string): Promise<ExportFile | InvalidInput> {
  try {
    return await ports.csv.readExport(path);
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
}

/** Cole counted no record: there is nothing to ask for, and the ZIPs are done. */
const nothingIn: StoredExport = {
  parsed: 0,
  quarantined: 0,
  sha256: '',
  originalRows: 0,
  headerStyle: '',
  droppedColumns: [],
  fileKey: null,
  note: null,
};

async function fetchFile(
  context: InStep<Client, ExportPorts>,
  month: Month,
  source: Source,
  path: string,
  recount: boolean,
) {
  const { ports, client } = context;
  const query = coleQuery(source.state, source.zips, month, client.filters, source.slice);
  try {
    await ports.cole.at(source.state, (session) =>
      session.export(query, path, (shown) => ports.leads.asking(source.id, { shown, recount })),
    );
  } catch (error) {
    if (!(error instanceof TooManyRecords)) throw error;
    throw new DataMismatch(
      `Cole now shows ${error.shown} records for export ${source.name}; it had ${source.expected} when it was planned.`,
      { todo: 'Nothing was asked for. Start the pull again: it plans anew and fetches only what is missing.' },
    );
  }
}

async function storeFile(
  context: InStep<Client, ExportPorts>,
  month: Month,
  source: Source,
  file: ExportFile,
  path: string,
) {
  const { ports, client } = context;
  const rules = {
    renewalMonth: month,
    askedZips: new Set(source.zips),
    homeValueLimit: await ports.clients.homeValueLimit(client, month),
  };
  const read = await inTurns(each(file.leads, ({ line, fields }) => ({ line, fields, lead: normaliseRow(fields) })));
  const gone = await ports.suppressions.among(read.flatMap(({ lead }) => (lead.email === null ? [] : [lead.email])));
  const isGone = (email: string | null) => email !== null && gone.has(email);
  const ingested = ({ line, fields, lead }: (typeof read)[number]): IngestedRow => {
    // Of somebody who must not be written to only an empty row is kept, for the books.
    if (isGone(lead.email)) return quarantinedRow(line, 'suppressed');
    const judged = judgeRow(lead, rules);
    const quarantined = judged !== 'alive' && judged.state === 'quarantined';
    return {
      line,
      fields,
      lead,
      renewalDate: lead.purchaseDate && !quarantined ? renewalDate(lead.purchaseDate, month) : null,
      householdKey: lead.email ? householdKey(lead.email, lead.address) : null,
      judgement: judged === 'alive' ? { state: 'unverified', reason: null } : judged,
    };
  };
  const rows = await inTurns(each(read, ingested));
  const unreadable = file.unreadable.map(({ line }) => quarantinedRow(line, 'unreadable'));
  await ports.leads.ingest(source.id, [...rows, ...unreadable]);

  // What is kept holds the 13 fields only: no race, no ethnicity, nothing that nobody asked for.
  const kept = `${path}.kept`;
  await ports.csv.write(
    kept,
    canonicalHeaders,
    read
      .filter(({ lead }) => !isGone(lead.email))
      .map(({ fields }) => canonicalHeaders.map((header) => fields[header])),
  );
  const fileKey = `exports/${client.slug}/${month}/${source.id}.csv`;
  await ports.files.keep(fileKey, kept, 'text/csv');
  await ports.files.remove(kept);
  await ports.leads.stored(source.id, {
    parsed: file.leads.length,
    quarantined: file.unreadable.length,
    sha256: file.sha256,
    originalRows: file.rows,
    headerStyle: file.headerStyle,
    droppedColumns: file.dropped,
    fileKey,
    note: differenceOf(source, file.rows),
  });
}

function quarantinedRow(line: number, reason: QuarantineReason): IngestedRow {
  return {
    line,
    fields: null,
    lead: null,
    renewalDate: null,
    householdKey: null,
    judgement: { state: 'quarantined', reason },
  };
}

function differenceOf(source: Source, rows: number): string | null {
  if (source.shown === null || source.shown === rows) return null;
  return `export ${source.name}: Cole showed ${source.shown} records, its file holds ${rows}`;
}

async function outcome(context: InStep<Client, ExportPorts>, source: Source): Promise<ExportOutcome> {
  const records = source.rows ?? 0;
  const repeated = source.asked - (source.recounted ? 1 : 0) > 1;
  if (repeated) {
    await context.ports.notices.note(
      context.run.id,
      `repeated ${source.id}`,
      `🔁 Export ${source.name} was cut off before its file was complete and was asked for once more.`,
    );
  }
  return { records, repeated, difference: differenceOf(source, records) };
}
