import type { ValidationBatch } from '../../ports/index.ts';
import type { BookKey } from '../../ports/leads.ts';
import type { Using } from '../../ports/using.ts';
import { shortId } from '../../run.ts';
import { inBatches } from '../../in-batches.ts';
import type { RunContext, InStep } from '../../workflow.ts';
import { type Client, canonicalHeaders, type Lead } from '../../vocabulary.ts';
import { collectBatch, waitForValidation, type CollectPorts } from './clay-collect.ts';
import { handInBatch, type HandInPorts } from './clay-hand-in.ts';
import { judgeMonth, type JudgingPorts } from './judge-month.ts';

type LatePorts = JudgingPorts & CollectPorts & Using<{ batches: 'unfinished' }>;
export type RefinePorts = LatePorts &
  HandInPorts &
  Using<{
    leads: 'counts' | 'unverified';
    batches: 'make';
    csv: 'write';
    files: 'keep';
    notices: 'note';
    settings: 'validationTimeoutMs';
  }>;

/** The SOP's own limit; Clay itself stops taking rows silently at 50,000 (docs/vendors.md#clay-limits). */
const rowsATable = 40_000;

export const clayHeaders = [...canonicalHeaders, 'lead_id'] as const;

export type Refinement = {
  /** Rows handed in for validation now: what it cost in credits. */
  readonly submitted: number;
};

/**
 * PT2 · Refinement (Clay). Only rows that are alive without an e-mail verdict go: a duplicate would cost a credit.
 *
 * @param round names the request among those of the run ('first', 'top-up 1')
 */
export async function refine(
  context: RunContext<Client, RefinePorts>,
  book: BookKey,
  round: string,
): Promise<Refinement> {
  const { step, ports, run } = context;
  context.progress({ phase: 'Refinement', detail: 'judging the rows' });
  await step(`${round}: judge before validation`, () => judgeMonth(context, context.client, book));
  const batches = await step(`${round}: batches for Clay`, () => writeBatches(context, book, round));

  for (const batch of batches) await handInBatch(context, book, batch);
  for (const batch of batches) {
    const name = `${round}: ${batch.name}`;
    const ended = await waitForValidation(context, batch, name, ports.settings.validationTimeoutMs);
    await step(`${round}: collect ${batch.name}`, () => collectBatch(context, book, batch, ended));
  }
  await step(`${round}: judge after validation`, () => judgeMonth(context, context.client, book));
  await step(`${round}: tell what is unverified`, async () => {
    const { unverified = 0 } = await ports.leads.counts(book);
    if (unverified === 0) return;
    await ports.notices.note(
      run.id,
      `unverified ${round}`,
      `⏱️ ${unverified} rows have no e-mail verdict yet; they stay unverified and can be picked up later.`,
    );
  });
  return { submitted: batches.reduce((sum, batch) => sum + batch.rows, 0) };
}

/**
 * Looks again at batches that were not finished when their time was up. Costs nothing.
 *
 * @param atMostMs how long it may wait for the rest; 0 takes what is there
 */
export async function pickUpLate(
  context: RunContext<Client, LatePorts>,
  book: BookKey,
  round: string,
  atMostMs: number,
): Promise<void> {
  const { step, ports } = context;
  const late = await step(`${round}: unfinished batches`, () => ports.batches.unfinished(book.client, book.month));
  if (late.length === 0) return;
  for (const batch of late) {
    const ended = await waitForValidation(context, batch, `${round}: ${batch.name} again`, atMostMs);
    await step(`${round}: collect ${batch.name} again`, () => collectBatch(context, book, batch, ended));
  }
  await step(`${round}: judge late verdicts`, () => judgeMonth(context, context.client, book));
}

/** Writes and keeps the CSVs for Clay: results are later joined back to exactly what was sent. */
async function writeBatches(
  context: InStep<Client, RefinePorts>,
  book: BookKey,
  round: string,
): Promise<readonly ValidationBatch[]> {
  const { ports, run, client } = context;
  const rows = await ports.leads.unverified(book);
  const batches: ValidationBatch[] = [];
  for (const some of inBatches(rows, rowsATable)) {
    const name = `${client.slug} ${book.month} ${round} ${batches.length + 1} (${shortId(run.id)})`;
    const fileKey = `clay/${run.id}/${round.replaceAll(' ', '-')}-${batches.length + 1}.csv`;
    const path = await ports.files.temporary(`${run.id}-${batches.length + 1}-clay.csv`);
    await ports.csv.write(
      path,
      clayHeaders,
      some.map(({ id, lead }) => [...canonicalCells(lead), String(id)]),
    );
    await ports.files.keep(fileKey, path, 'text/csv');
    await ports.files.remove(path);
    batches.push(
      await ports.batches.make({
        runId: run.id,
        client: client.slug,
        month: book.month,
        name,
        rows: some.length,
        fileKey,
      }),
    );
  }
  return batches;
}

/** A cleaned row under the 13 headers, in the forms Clay's formulas expect: `08/03/2023`, `850000`. */
function canonicalCells(lead: Lead): string[] {
  const american = (day: string | null) => (day ? `${day.slice(5, 7)}/${day.slice(8, 10)}/${day.slice(0, 4)}` : '');
  return [
    lead.firstName,
    lead.lastName,
    lead.address,
    lead.city,
    lead.state,
    lead.zip ?? '',
    lead.phone ?? '',
    lead.email ?? '',
    american(lead.purchaseDate),
    lead.homeValue === null ? '' : String(lead.homeValue),
    lead.headHousehold,
    lead.income,
    american(lead.dateOfBirth),
  ];
}
