import { setTimeout } from 'node:timers/promises';
import { NeedsHuman } from '../../errors.ts';
import type { ClayFilter, ClayFormula, TableRef, WorkbookRef } from '../../ports/clay.ts';
import type { ValidationBatch } from '../../ports/index.ts';
import type { BookKey } from '../../ports/leads.ts';
import type { Using } from '../../ports/using.ts';
import { monthTitle } from '../../month.ts';
import type { RunContext, InStep } from '../../workflow.ts';
import type { Client } from '../../vocabulary.ts';

export type HandInPorts = Using<{
  clay: 'at';
  batches: 'submitted';
  clients: 'homeValueLimit';
  csv: 'readOwn';
  files: 'temporary' | 'fetch' | 'remove';
  settings: 'pollMs';
}>;

/** Of everything that is ours in Clay (docs/sop.md#refinement). */
export const rootFolder = 'B2C';

/** Where a client's tables of a month lie in Clay: a workbook of their own. */
function clayPlace(context: RunContext<Client, HandInPorts>, book: BookKey) {
  const month = monthTitle(book.month);
  return { root: rootFolder, client: context.client.name, month, workbook: `${context.client.name} ${month}` };
}

/** The SOP's prompts, word for word (docs/vendors.md#clay-prompts), and the columns we name. */
export const clayFormulas: readonly ClayFormula[] = [
  {
    name: 'Numeric Home Value',
    sourceColumn: 'Home_Value',
    prompt: 'Take the Home Value from /Home_Value and convert it into just a number.',
  },
  {
    name: 'Readable Purchase Date',
    sourceColumn: 'Purchase_Date',
    prompt:
      'Take the date from /Purchase_Date and give me back just the month and the day (ex: 08/03/2023 → "August 3rd").',
  },
  {
    name: 'Purchase Day',
    sourceColumn: 'Purchase_Date',
    prompt: 'Take the date from /Purchase_Date and return only the day of the month (ex: 08/03/2023 → 3).',
  },
];

export function clayFilters(homeValueLimit: number): readonly ClayFilter[] {
  return [
    { column: 'Head_Household', operator: 'is not empty' },
    { column: 'Numeric Home Value', operator: 'less than or equal to', value: homeValueLimit },
  ];
}

/** One CSV into one table of its own, with the SOP's columns and filters, and Debounce started over it. */
export async function handInBatch(
  context: RunContext<Client, HandInPorts>,
  book: BookKey,
  batch: ValidationBatch,
): Promise<void> {
  const { step, once, ports, run, client } = context;
  const { name, rows } = batch;
  const say = (detail: string) => context.progress({ phase: 'Refinement', detail });

  say('opening the workbook in Clay');
  const workbook = await step('clay: workbook', () =>
    ports.clay.at((session) => session.workbook(clayPlace(context, book))),
  );

  say(`importing ${name}`);
  const table = await once(
    `clay: import ${name}`,
    async () => {
      const path = await ports.files.temporary(`${run.id}-${batch.id}-import.csv`);
      await ports.files.fetch(batch.fileKey, path);
      try {
        return await ports.clay.at((session) => session.importTable(workbook, name, path, rows));
      } finally {
        await ports.files.remove(path);
      }
    },
    async () => wholeTable(await standingTable(context, workbook, batch), batch),
  );
  // Before anything else: with it on, every row that came later would spend credits by itself.
  await step(`clay: auto-update off ${name}`, () => ports.clay.at((session) => session.turnAutoUpdateOff(table)));

  await step(`clay: formulas ${name}`, () =>
    ports.clay.at(async (session) => {
      for (const formula of clayFormulas) {
        say(`formula ${formula.name}`);
        await session.formula(table, formula);
      }
    }),
  );
  await step(`clay: filters ${name}`, async () => {
    const homeValueLimit = await ports.clients.homeValueLimit(client, book.month);
    await ports.clay.at((session) => session.filters(table, clayFilters(homeValueLimit)));
  });

  say('starting Debounce');
  await once(
    `clay: validate ${name}`,
    () => ports.clay.at((session) => session.startValidation(table, 'Email_Address', rows)),
    // A column that is there was paid for.
    () => ports.clay.at(async (session) => ((await session.validation(table)) ? null : undefined)),
  );
  await step(`clay: submitted ${name}`, async () => {
    const path = await ports.files.temporary(`${run.id}-${batch.id}-sent.csv`);
    await ports.files.fetch(batch.fileKey, path);
    const sent = await ports.csv.readOwn(path);
    await ports.files.remove(path);
    await ports.batches.submitted(
      batch.id,
      table,
      sent.map((row) => Number(row.lead_id)),
    );
  });
}

/** Looks in vain so often before it believes that an import does not go on. */
const standsStill = 3;

/** The batch's table; where Clay is still filling it for a process that died, when it is full or grows no more. */
async function standingTable(
  { ports, signal }: InStep<Client, HandInPorts>,
  workbook: WorkbookRef,
  batch: ValidationBatch,
) {
  const look = () => ports.clay.at((session) => session.findTable(workbook, batch.name));
  let found = await look();
  for (let still = 0; found && found.rows < batch.rows && still < standsStill;) {
    await setTimeout(ports.settings.pollMs, undefined, { signal });
    const next = await look();
    still = next?.rows === found.rows ? still + 1 : 0;
    found = next;
  }
  return found;
}

function wholeTable(found: { table: TableRef; rows: number } | null, batch: ValidationBatch): TableRef | undefined {
  if (!found) return undefined;
  if (found.rows === batch.rows) return found.table;
  throw new NeedsHuman(
    'CHECK',
    `Clay has a table "${batch.name}" with ${found.rows} rows where ${batch.rows} were sent: an import was cut off.`,
    { todo: 'Delete that table in Clay, then press "Try again": it is imported anew. No credit was spent on it.' },
  );
}
