import { clayColumns, compareClayColumns, type ClayColumns } from '../../clay-columns.ts';
import { DataMismatch } from '../../errors.ts';
import { parseDay } from '../../normalise/day.ts';
import type { ClayResult, TableRef } from '../../ports/clay.ts';
import type { ValidationBatch } from '../../ports/index.ts';
import type { BookKey } from '../../ports/leads.ts';
import type { Using } from '../../ports/using.ts';
import type { RunContext, InStep } from '../../workflow.ts';
import { quotable } from '../../scrub.ts';
import { inTurns } from '../../turns.ts';
import type { Client, Verdict } from '../../vocabulary.ts';

export type CollectPorts = Using<{
  clay: 'at';
  batches: 'get' | 'collected';
  leads: 'verdicts';
  csv: 'readResults' | 'readOwn';
  files: 'temporary' | 'fetch' | 'remove';
  settings: 'pollMs';
}>;

/** `all well`: every cell has its result; `all`: some ended in an error; `some`: others were still at work. */
export type Ended = 'all well' | 'all' | 'some';

/**
 * Follows Debounce until every cell has an end, or the time is up. What is finished by then is used; the
 * rest stays unverified. The run holds no place while it waits.
 *
 * @param name of the waiting, so that a restart does not wait the whole time again
 */
export async function waitForValidation(
  context: RunContext<Client, CollectPorts>,
  batch: ValidationBatch,
  name: string,
  atMostMs: number,
): Promise<Ended> {
  const { ports, until } = context;
  const ended = await until(
    `${name}: every e-mail checked`,
    async () => {
      const table = await tableOf(context, batch);
      const progress = await ports.clay.at((session) => session.validation(table));
      if (!progress) throw new DataMismatch(`The Debounce column of "${batch.name}" is gone from Clay.`);
      const finished = progress.success + progress.error + progress.empty;
      context.progress({
        phase: 'Refinement',
        detail: 'Debounce is checking e-mails',
        done: Math.min(finished, progress.total),
        of: progress.total,
        unit: 'rows',
      });
      if (finished < progress.total) return undefined;
      return progress.error === 0 ? ('all well' as const) : ('all' as const);
    },
    { everyMs: ports.settings.pollMs, atMostMs },
  );
  return ended ?? 'some';
}

/** Downloads the table, joins every row back by `lead_id`, checks Clay's formulas against ours, keeps the verdicts. */
export async function collectBatch(
  context: InStep<Client, CollectPorts>,
  book: BookKey,
  batch: ValidationBatch,
  ended: Ended,
): Promise<{ verdicts: number }> {
  const { ports, run } = context;
  const table = await tableOf(context, batch);
  const path = await ports.files.temporary(`${run.id}-${batch.id}-results.csv`);
  const sentPath = `${path}.sent`;
  context.progress({ phase: 'Refinement', detail: `collecting ${batch.name}` });
  await ports.clay.at((session) => session.exportTable(table, path));
  await ports.files.fetch(batch.fileKey, sentPath);
  const results = await ports.csv.readResults(path);
  const sent = await ports.csv.readOwn(sentPath);

  const byId = new Map(results.map((result) => [result.leadId, result]));
  const missing = sent.filter((row) => !byId.has(row.lead_id ?? ''));
  const sentIds = new Set(sent.map((row) => row.lead_id));
  const extra = results.filter((result) => !sentIds.has(result.leadId));
  const repeated = results.length - byId.size;
  if (missing.length > 0 || extra.length > 0 || repeated > 0) {
    throw new DataMismatch(
      `Clay's export of "${batch.name}" does not match what was sent: ${missing.length} rows missing, ` +
        `${extra.length} that were never sent, ${repeated} repeated.`,
      { todo: 'Nothing of it was used. Look at the table and its filters in Clay, then retry.' },
    );
  }
  await checkFormulas(batch, sent, byId);
  const verdicts = results.flatMap((result) => {
    const verdict = verdictOf(result, ended);
    return verdict ? [{ id: Number(result.leadId), verdict }] : [];
  });
  await ports.leads.verdicts(book, verdicts);
  await ports.batches.collected(batch.id, { verdicts: verdicts.length, ended: ended !== 'some' });
  await ports.files.remove(path);
  await ports.files.remove(sentPath);
  return { verdicts: verdicts.length };
}

/**
 * Where the table shows only the safe addresses, another address of a finished table counts as Debounce's "Unknown".
 */
function verdictOf({ verdict }: ClayResult, ended: Ended): Verdict | null {
  if (verdict !== 'not named safe') return verdict;
  return ended === 'all well' ? 'Unknown' : null;
}

/** A generated formula can be wrong: every row is compared with our own values, and a difference stops here. */
async function checkFormulas(
  batch: ValidationBatch,
  sent: readonly Readonly<Record<string, string>>[],
  results: ReadonlyMap<string, ClayResult>,
): Promise<void> {
  const comparison = await inTurns(compareClayColumns(comparable(sent, results)));
  if (comparison.rows === 0) return;
  const examples = comparison.examples.map(
    // A formula that is wrong may have put anything there, a name too; ours are numbers, months and brackets.
    ({ leadId, column, expected, got }) =>
      `lead ${leadId}, ${column}: "${quotable(got, 60, [], 'in it')}" should be "${expected}"`,
  );
  throw new DataMismatch(
    `Clay's formulas differ from ours in ${comparison.rows} of ${comparison.compared} rows of "${batch.name}": ` +
      `${examples.slice(0, 6).join('; ')}.`,
    {
      todo: 'No verdict was stored. Correct the formula columns in Clay, then retry: the e-mails are not paid for again.',
    },
  );
}

/** Rows that Clay's formulas had something to work on, with our values beside its. */
function* comparable(
  sent: readonly Readonly<Record<string, string>>[],
  results: ReadonlyMap<string, ClayResult>,
): Generator<{ readonly leadId: string; readonly expected: ClayColumns; readonly got: ClayResult }> {
  for (const row of sent) {
    const got = results.get(row.lead_id ?? '');
    const purchaseDate = parseDay(row.Purchase_Date ?? '');
    if (!got || !purchaseDate) continue;
    yield { leadId: got.leadId, expected: clayColumns({ homeValue: Number(row.Home_Value), purchaseDate }), got };
  }
}

async function tableOf(context: InStep<Client, CollectPorts>, batch: ValidationBatch): Promise<TableRef> {
  const stored = await context.ports.batches.get(batch.id);
  if (!stored.tableRef) throw new DataMismatch(`"${batch.name}" was never handed in.`);
  // Written from a TableRef.
  return stored.tableRef as TableRef;
}
