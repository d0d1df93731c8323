import { isDeepStrictEqual } from 'node:util';
import type { BookKey, PlannedSource, StoredSlice } from '../../ports/leads.ts';
import type { Using } from '../../ports/using.ts';
import { differenceRound } from '../../questions.ts';
import type { RunContext } from '../../workflow.ts';
import { DataMismatch } from '../../errors.ts';
import type { Client, Month, Zip } from '../../vocabulary.ts';
import { exportSource, type ExportPorts } from './export-source.ts';
import { filtersKey, planSentence, planState, type CountingPorts } from './plan.ts';
import { sideBySide } from '../side-by-side.ts';

type PlanningPorts = CountingPorts & Using<{ leads: 'missingZips' | 'storedSlices' }>;
export type RawPullPorts = PlanningPorts & ExportPorts & Using<{ leads: 'plan' | 'replace'; notices: 'note' }>;

export type PullScope = {
  readonly month: Month;
  /** ZIPs by state: a state's login sees only its own. */
  readonly zips: ReadonlyMap<string, readonly Zip[]>;
  /** 'first', 'top-up 1', …: names the request among those of the run. */
  readonly round: string;
  /** Export again what is stored already. */
  readonly refresh: boolean;
};

export type PullResult = {
  readonly exports: number;
  readonly records: number;
  /** Exports that had to be asked for twice, because a file was cut off. */
  readonly repeated: number;
  /** Records the vendor counted that no file held, by export. */
  readonly differences: readonly string[];
};

export function bookOf(context: Pick<RunContext, 'client'>, month: Month): BookKey {
  return { client: context.client.slug, month, filtersKey: filtersKey(context.client.filters) };
}

/** What a pull would ask Cole for: only what is missing, in as few exports as possible. Asks for counts, nothing else. */
export async function planPull(
  context: RunContext<Client, PlanningPorts>,
  request: PullScope,
): Promise<readonly PlannedSource[]> {
  const { step, ports } = context;
  const book = bookOf(context, request.month);
  const perState = await sideBySide([...request.zips], async ([state, zips]) => {
    const missing = request.refresh
      ? zips
      : await step(`${request.round}: missing in ${state}`, () => ports.leads.missingZips(book, zips));
    if (missing.length === 0) return [];
    const plan = await planState(context, request.round, state, missing, request.month);
    const slices = request.refresh
      ? []
      : await step(`${request.round}: slices here of ${state}`, () => ports.leads.storedSlices(book, missing));
    return plan.filter((part) => !slices.some((stored) => isSame(stored, part)));
  });
  return perState.flat();
}

/** A part of a ZIP that an earlier pull stored before it stopped. */
function isSame(stored: StoredSlice, part: PlannedSource): boolean {
  return (
    part.sliceCount > 1 &&
    part.zips[0] === stored.zip &&
    part.sliceNo === stored.sliceNo &&
    part.sliceCount === stored.sliceCount &&
    isDeepStrictEqual(part.slice, stored.slice)
  );
}

/**
 * PT1 · Raw pull (Cole X Dates). States side by side, each with its own login; one export after the other at a login.
 */
export async function rawPull(context: RunContext<Client, RawPullPorts>, request: PullScope): Promise<PullResult> {
  const { step, ports, run } = context;
  const book = bookOf(context, request.month);
  context.progress({ phase: 'Raw pull', detail: 'planning the exports' });
  const planned = await planPull(context, request);
  if (planned.length === 0) return { exports: 0, records: 0, repeated: 0, differences: [] };

  const sources = await step(`${request.round}: plan`, async () => {
    const rows = await ports.leads.plan(run.id, book, request.round, planned);
    return rows.map(({ id, name, state }) => ({ id, name, state }));
  });
  await step(`${request.round}: tell the plan`, () =>
    ports.notices.note(run.id, `plan ${request.round}`, `📋 Plan: ${planSentence(planned)}.`),
  );

  let done = 0;
  const stored = await sideBySide([...new Set(sources.map((source) => source.state))], async (state) => {
    const results: Awaited<ReturnType<typeof exportSource>>[] = [];
    for (const source of sources.filter((one) => one.state === state)) {
      results.push(
        await step(`${request.round}: export ${source.name}`, () => exportSource(context, request.month, source.id)),
      );
      done += 1;
      context.progress({ phase: 'Raw pull', detail: source.name, done, of: sources.length, unit: 'exports' });
    }
    return results;
  });
  const exports = stored.flat();
  if (request.refresh) {
    const zips = [...request.zips.values()].flat();
    await step(`${request.round}: replace older rows`, () => ports.leads.replace(book, zips, run.id));
  }
  const differences = exports.flatMap((one) => (one.difference ? [one.difference] : []));
  if (differences.length > 0) await askAboutDifferences(context, request.round, differences);
  return {
    exports: exports.filter((one) => one.records > 0).length,
    records: exports.reduce((sum, one) => sum + one.records, 0),
    repeated: exports.filter((one) => one.repeated).length,
    differences,
  };
}

/** Twice the file held another number of records than Cole showed: a person says whether to go on (PT1.4). */
async function askAboutDifferences(
  context: Pick<RunContext, 'ask' | 'step' | 'run'>,
  round: string,
  differences: readonly string[],
): Promise<void> {
  const answers = await context.ask(differenceRound(round), [
    {
      key: 'go on',
      kind: 'question',
      marked: true,
      requiredRole: 'operator',
      payload: {
        question: 'Cole’s count and its file differ, twice. The rows that came are kept. Go on without the rest?',
        facts: differences,
        yes: 'Go on with what came',
        no: 'Stop here',
      },
    },
  ]);
  if (answers[0]?.state === 'approved') return;
  // Retrying a run that was stopped here counts as the decision to go on.
  const stopped = await context.step(`${round}: stopped`, async () => Promise.resolve(context.run.attempt));
  if (context.run.attempt > stopped) return;
  throw new DataMismatch(`The pull stopped: ${differences.join('; ')}.`, {
    todo: 'The rows that came are kept. Check the search in Cole by hand, then press Retry to go on with them.',
  });
}
