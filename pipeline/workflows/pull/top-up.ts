import { Unexpected } from '../../errors.ts';
import { predictedOf, SuggestionPayload, type GapFacts } from '../../gap-report.ts';
import type { BookKey, MoveRefusal } from '../../ports/leads.ts';
import type { Using } from '../../ports/using.ts';
import { gapRound, type topUpName } from '../../questions.ts';
import type { RunContext, InStep } from '../../workflow.ts';
import type { Client, Zip } from '../../vocabulary.ts';
import { targetOf } from '../../target.ts';
import { judgeMonth } from './judge-month.ts';
import { rawPull, type RawPullPorts } from './pt1-raw-pull.ts';
import { pickUpLate, refine, type RefinePorts } from './pt2-refine.ts';
import { filtersKey } from './plan.ts';
import { count, number } from '../../counting.ts';

export type TopUpPorts = RawPullPorts &
  RefinePorts &
  Using<{
    approvals: 'answers' | 'result';
    leads: 'counts' | 'zipCounts' | 'plan' | 'move' | 'saveMonth';
    clients: 'all' | 'relaxHomeValueLimit';
    notices: 'note';
    settings: 'validationTimeoutMs';
  }>;

/**
 * Carries out approved suggestions: exactly that difference, once. Answers what came of it, for "predicted against
 * got".
 *
 * @param name 'top-up 1'; names the steps
 * @param ids of the approved questions
 */
export async function topUp(
  context: RunContext<Client, TopUpPorts>,
  book: BookKey,
  round: number,
  name: ReturnType<typeof topUpName>,
  ids: readonly string[],
): Promise<GapFacts['rounds'][number]> {
  const { step, ports, client, run } = context;
  const taken = await step(`${name}: approved`, async () =>
    (await ports.approvals.answers(run.id, gapRound(round)))
      .filter(({ id }) => ids.includes(id))
      .map(({ id, payload }) => ({ id, suggestion: SuggestionPayload.parse(payload) })),
  );
  const before = await step(`${name}: before`, async () => (await ports.leads.counts(book)).cleaned ?? 0);

  const moves = taken.filter(({ suggestion }) => suggestion.kind === 'move');
  const stayed: Stayed[] = [];
  for (const donor of new Set(moves.map(({ suggestion }) => suggestion.donor ?? ''))) {
    const zips = moves.filter(({ suggestion }) => suggestion.donor === donor).map(({ suggestion }) => suggestion);
    stayed.push(...(await step(`${name}: move ZIPs from ${donor}`, () => moveZips(context, book, name, donor, zips))));
  }
  const relaxed = taken.find(({ suggestion }) => suggestion.kind === 'relax')?.suggestion.limit;
  if (relaxed !== undefined) {
    await step(`${name}: relax the limit`, () => ports.clients.relaxHomeValueLimit(client.slug, book.month, relaxed));
  }
  if (taken.some(({ suggestion }) => suggestion.kind === 'wait'))
    await pickUpLate(context, book, name, ports.settings.validationTimeoutMs);

  const pulled = await rawPull(context, {
    month: book.month,
    round: name,
    refresh: false,
    zips: byState(taken.map(({ suggestion }) => suggestion)),
  });
  await refine(context, book, name);

  return step(`${name}: result`, async () => {
    const cleaned = (await ports.leads.counts(book)).cleaned ?? 0;
    const perZip = new Map((await ports.leads.zipCounts(book)).map((row) => [row.zip, row.cleaned]));
    for (const { id, suggestion } of taken) {
      // Waiting and a relaxed limit touch every ZIP: what they gave is only known for the set.
      const got = suggestion.zip === undefined ? null : (perZip.get(suggestion.zip) ?? 0);
      const why = stayed.find(({ zip }) => suggestion.kind === 'move' && zip === suggestion.zip)?.why;
      await ports.approvals.result(id, why === undefined ? { got } : { got: 0, stayed: why });
    }
    const notMoved = stayed.map(({ zip, why }) => `\n⚠️ ZIP ${zip} did not move: ${why}.`).join('');
    await ports.notices.note(
      run.id,
      name,
      `➕ ${name}: ${number(taken.length)} approved, ${count(pulled.exports, 'export')}, ${count(pulled.records, 'record')}, ${count(cleaned - before, 'cleaned lead')}.${notMoved}`,
    );
    return {
      round,
      approved: taken.length,
      predicted: predictedOf(taken.map(({ suggestion }) => suggestion)),
      got: cleaned - before,
      exports: pulled.exports,
      records: pulled.records,
    };
  });
}

/** A ZIP that was to move and did not, and why, in words. */
type Stayed = { readonly zip: string; readonly why: string };

/** Moves what the donor can still do without: its surplus, and its lists, may be others since the suggestion was made. */
async function moveZips(
  context: InStep<Client, TopUpPorts>,
  book: BookKey,
  name: string,
  donor: string,
  suggestions: readonly SuggestionPayload[],
): Promise<readonly Stayed[]> {
  const { ports, run } = context;
  const giver = (await ports.clients.all()).find((one) => one.slug === donor);
  const donorName = giver?.name ?? donor;
  const [source] = await ports.leads.plan(run.id, book, name, [
    {
      name: `moved from ${donor}`,
      origin: 'moved',
      state: suggestions[0]?.state ?? '',
      zips: zipsOf(suggestions),
      slice: [],
      expected: suggestions.reduce((sum, suggestion) => sum + suggestion.middle, 0),
      sliceNo: 1,
      sliceCount: 1,
    },
  ]);
  if (!source) throw new Unexpected('The database planned no source for the move.');
  const { refused } = await ports.leads.move(source.id, donor, giver ? targetOf(giver) : 0);
  await countAgain(context, donor, book.month);
  return refused.map(({ zip, why }) => ({ zip, why: stayWords[why](donorName) }));
}

const stayWords: Readonly<Record<MoveRefusal, (donor: string) => string>> = {
  listed: (donor) => `leads of it are in one of ${donor}'s lists for Email Bison by now`,
  target: (donor) => `${donor} would fall below its own target without it`,
  gone: (donor) => `${donor} has nothing of it any more`,
};

/** The donor's month without what went: a row that was a duplicate of one that moved may now stand for itself. */
async function countAgain(context: InStep<Client, TopUpPorts>, donor: string, month: BookKey['month']): Promise<void> {
  const { ports } = context;
  const client = (await ports.clients.all()).find((one) => one.slug === donor);
  if (!client) return;
  const book: BookKey = { client: donor, month, filtersKey: filtersKey(client.filters) };
  await judgeMonth(context, client, book);
  const { cleaned = 0 } = await ports.leads.counts(book);
  const target = targetOf(client);
  const reserve = Math.max(0, cleaned - target);
  await ports.leads.saveMonth(book, { count: cleaned, target, gap: Math.max(0, target - cleaned), reserve });
}

function byState(suggestions: readonly SuggestionPayload[]): ReadonlyMap<string, readonly Zip[]> {
  const states = new Map<string, Zip[]>();
  for (const suggestion of suggestions) {
    if (suggestion.kind !== 'add' || suggestion.state === undefined) continue;
    states.set(suggestion.state, [...(states.get(suggestion.state) ?? []), ...zipsOf([suggestion])]);
  }
  return states;
}

/** Suggestions were made of real ZIPs, and checked again when they were read back. */
function zipsOf(suggestions: readonly SuggestionPayload[]): Zip[] {
  return suggestions.flatMap(({ zip }) => (zip === undefined ? [] : [zip as Zip]));
}
