import { batchId } from '../../intent/batch-id.ts';
import type { IntentConfig } from '../../intent/config.ts';
import { labels as allLabels } from '../../intent/contact-score.ts';
import { newYorkDay } from '../../intent/days.ts';
import { diallerColumns } from '../../intent/dialler-columns.ts';
import { diallerRows } from '../../intent/dialler-row.ts';
import type { IntentFacts } from '../../intent/facts.ts';
import { byCall, makeLead } from '../../intent/lead.ts';
import type { Using } from '../../ports/using.ts';
import type { RunContext, InStep } from '../../workflow.ts';
import type { ChosenContact } from './contacts.ts';
import type { IdentifiedCompany } from './identify.ts';

type FilePorts = Using<{ files: 'temporary' | 'keep' | 'remove'; csv: 'write' }>;
export type BatchPorts = FilePorts &
  Using<{ intentBook: 'contacts' | 'details'; intentBatches: 'number' | 'leadsBefore' | 'store' }>;

export type MadeBatch = { readonly id: string; readonly leads: number; readonly labels: IntentFacts['labels'] };

/**
 * docs/sop.md#contact-score and docs/sop.md#intent-delivery: the leads scored and in order, the dialler's file in
 * private storage, both under the day's next batch id. Null: nobody to call.
 */
export async function makeBatch(
  context: RunContext<null, BatchPorts>,
  config: IntentConfig,
  companies: readonly IdentifiedCompany[],
  contacts: readonly ChosenContact[],
): Promise<MadeBatch | null> {
  const { ports, run, now } = context;
  if (contacts.length === 0) return null;
  return context.step('batch', async () => {
    const people = await ports.intentBook.contacts(
      run.id,
      contacts.map(({ personId }) => personId),
    );
    const details = await ports.intentBook.details(contacts.map(({ companyId }) => companyId));
    const signals = new Map(companies.map(({ companyId, scored }) => [companyId, scored]));
    const leads = contacts
      .flatMap(({ companyId, personId, ...shown }) => {
        const [scored, person] = [signals.get(companyId), people.get(personId)];
        if (!scored || !person) return [];
        return [{ companyId, lead: makeLead(scored, person, details.get(companyId) ?? null, shown) }];
      })
      .toSorted((a, b) => byCall(a.lead, b.lead));
    if (leads.length === 0) return null;
    const { day, number } = await ports.intentBatches.number(run.id, newYorkDay(now));
    const id = batchId(day, number);
    const rows = diallerRows(
      leads.map(({ lead }) => lead),
      { batchId: id, at: now },
      config.owners,
      await ports.intentBatches.leadsBefore(run.id),
    );
    const fileKey = `intent/${id}.csv`;
    await keepFile(context, fileKey, `${run.id}-${id}.csv`, rows);
    await ports.intentBatches.store({
      id,
      runId: run.id,
      day,
      fileKey,
      leads: leads.map(({ lead, companyId }, index) => ({ lead, companyId, cells: rows[index] ?? [] })),
    });
    const labels = allLabels
      .map((label): [string, number] => [label, leads.filter(({ lead }) => lead.label === label).length])
      .filter(([, count]) => count > 0);
    return { id, leads: leads.length, labels };
  });
}

async function keepFile(
  { ports }: InStep<null, FilePorts>,
  key: string,
  name: string,
  rows: readonly (readonly string[])[],
): Promise<void> {
  const path = await ports.files.temporary(name);
  try {
    await ports.csv.write(path, diallerColumns, rows);
    await ports.files.keep(key, path, 'text/csv');
  } finally {
    await ports.files.remove(path);
  }
}
