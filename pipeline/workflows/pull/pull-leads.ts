import { InvalidInput } from '../../errors.ts';
import type { GapFacts } from '../../gap-report.ts';
import { isMonth } from '../../month.ts';
import { stateOf } from '../../normalise/state.ts';
import { firstPull, gapRound, gapRoundClosed, topUpName } from '../../questions.ts';
import type { Using } from '../../ports/using.ts';
import { forClient, type RunContext, type InStep } from '../../workflow.ts';
import type { Client, Month, Zip } from '../../vocabulary.ts';
import { bookOf, planPull, rawPull, type PullScope } from './pt1-raw-pull.ts';
import { planSentence } from './plan.ts';
import { pickUpLate, refine } from './pt2-refine.ts';
import { workOutGap, type GapPorts, type GapRound } from './pt3-gap.ts';
import { topUp, type TopUpPorts } from './top-up.ts';
import { count, number } from '../../counting.ts';

type PullPorts = TopUpPorts &
  GapPorts &
  Using<{
    leads: 'rawCount' | 'counts';
    clients: 'zips';
    approvals: 'answers' | 'supersede';
    notices: 'announce' | 'gapReport' | 'tellApprovers' | 'callToReport';
  }>;

/** SOP PT1 → PT2 → PT3 for one client and renewal month, with as many top-ups as people approve. */
export const pullLeads = forClient<'pull-leads', PullPorts>(async (context, { refresh }) => {
  const { step, ports, run, client } = context;
  const month = run.month;
  if (month === null || !isMonth(month)) throw new InvalidInput(`"${month}" is no renewal month.`);
  const book = bookOf(context, month);
  const request: PullScope = {
    month,
    round: firstPull,
    refresh,
    zips: await step('ZIPs to pull', async () => [...(await zipsByState(context, month))]).then(
      (pairs) => new Map(pairs),
    ),
  };
  if (run.dryRun) return dryRun(context, request);

  const pull = await rawPull(context, request);
  const raw = await step(`${firstPull}: raw rows`, () => ports.leads.rawCount(book));
  // A month that is looked at again was announced when its rows came.
  if (pull.exports > 0) {
    await step('announce raw pull', () =>
      ports.notices.announce(run.id, { kind: 'raw pull complete', month, records: raw }),
    );
  }
  context.finished(
    'Raw pull',
    pull.exports > 0
      ? `${count(raw, 'record')} in ${count(pull.exports, 'export')}`
      : `nothing new: ${count(raw, 'record')} are here already (\`--refresh\` pulls them again)`,
  );

  // Verdicts of an earlier pull that stopped waiting for Debounce: they are paid for already, so looking again is free.
  await pickUpLate(context, book, 'late', 0);
  const refined = await refine(context, book, firstPull);
  if (refined.submitted > 0) {
    await step('announce refinement', async () => {
      const { cleaned = 0 } = await ports.leads.counts(book);
      await ports.notices.announce(run.id, { kind: 'refinement complete', month, contacts: cleaned });
    });
  }
  context.finished(
    'Refinement',
    refined.submitted > 0 ? `${count(refined.submitted, 'e-mail')} checked` : 'nothing new',
  );
  const facts = await closeGap(context, month);
  return {
    outcome: outcomeOf(facts),
    raw: facts.raw,
    books: facts.books,
    target: facts.target,
    cleaned: facts.cleaned,
    gap: facts.gap,
    gapFacts: facts,
    client: client.slug,
  };
});

/** PT3, its questions, and their top-ups, until the gap is closed or nobody can say more. */
async function closeGap(context: RunContext<Client, PullPorts>, month: Month): Promise<GapFacts> {
  const { step, ports, run, openRound, ask } = context;
  const book = bookOf(context, month);
  const rounds: GapFacts['rounds'] = [];
  for (let round = 1; ; round += 1) {
    context.progress({ phase: 'Totals and gap', detail: `round ${round}` });
    const name = gapRound(round);
    const report = await step(name, () => workOutGap(context, book, round, rounds));
    // Before the report is shown: its first notification says that somebody must decide.
    await openRound(name, report.questions);
    await show(context, `${name}: report`, report, false);
    if (report.facts.gap === 0) {
      context.finished('Totals and gap', `${number(report.facts.cleaned)} of ${number(report.facts.target)}`);
      return report.facts;
    }
    if (report.questions.length === 0) {
      await step(`${name}: tell`, () =>
        ports.notices.tellApprovers(
          run.id,
          'nothing left',
          `${context.client.name} is still ${count(report.facts.gap, 'cleaned lead')} short, and there is nothing left to suggest.`,
        ),
      );
      return show(context, `${name}: end`, report, true);
    }
    if (round > 1) {
      await step(`${name}: call`, () =>
        ports.notices.callToReport(
          run.id,
          name,
          `Round ${round}: still ${count(report.facts.gap, 'cleaned lead')} short. Please decide above.`,
        ),
      );
    }
    const answers = await ask(name, report.questions);
    let taken = await step(`${name}: taken`, async () =>
      Promise.resolve(answers.filter((answer) => answer.state === 'approved').map((answer) => answer.id)),
    );
    // An approval starts its top-up at once; what is decided meanwhile is the next one.
    const done = new Set<string>();
    const decided = (when: string) =>
      step(`${name}: decided ${when}`, async () =>
        (await ports.approvals.answers(run.id, name))
          .filter((answer) => answer.state === 'approved' && !done.has(answer.id))
          .map((answer) => answer.id),
      );
    // The round is closed before its answers are read for the last time, so that no approval can come after the reading
    // and be lost.
    const close = () => step(gapRoundClosed(round), () => ports.approvals.supersede(run.id, name));
    if (taken.length === 0 && answers.some((answer) => answer.state === 'expired')) {
      await close();
      taken = await decided('before it ended');
      if (taken.length === 0) return show(context, `${name}: end`, report, true);
    }
    for (let part = 1; ; part += 1) {
      if (taken.length === 0) {
        await close();
        taken = await decided(`before it was closed${part > 1 ? ` ${part}` : ''}`);
        if (taken.length === 0) break;
      }
      const brings = topUpName(round, part);
      rounds.push(await topUp(context, book, round, brings, taken));
      for (const id of taken) done.add(id);
      taken = await decided(`during ${brings}`);
    }
  }
}

async function show(
  context: RunContext<Client, PullPorts>,
  name: string,
  report: GapRound,
  closed: boolean,
): Promise<GapFacts> {
  const facts = { ...report.facts, closed };
  await context.step(name, () => context.ports.notices.gapReport(context.run.id, facts));
  return facts;
}

/** The client's list of the month, by state; a ZIP outside the licensed states is refused by name. */
async function zipsByState(context: InStep<Client, PullPorts>, month: Month): Promise<ReadonlyMap<string, Zip[]>> {
  const { client, ports } = context;
  const { approved } = await ports.clients.zips(client.slug, month);
  if (approved.length === 0) {
    throw new InvalidInput(`${client.name} has no ZIPs for ${month}.`, {
      todo: `Import its list with "leadops import-zips <csv> ${month}", then retry. Nothing was pulled.`,
    });
  }
  const licensed = new Set(client.states);
  // A ZIP that is too new for our table is taken to lie in the client's licensed state if there is only one.
  const placeOf = (zip: Zip) => stateOf(zip) ?? (client.states.length === 1 ? client.states[0] : undefined);
  const foreign = approved.filter((zip) => !licensed.has(placeOf(zip) ?? ''));
  if (foreign.length > 0) {
    throw new InvalidInput(
      `${foreign.length} ZIPs of ${client.name}'s list are not in its licensed states (${client.states.join(', ')}): ${foreign.slice(0, 10).join(', ')}.`,
      { todo: 'Correct the list or the licensed states, then retry. Nothing was pulled.' },
    );
  }
  const states = new Map<string, Zip[]>();
  for (const zip of approved) {
    const state = placeOf(zip) ?? '';
    states.set(state, [...(states.get(state) ?? []), zip]);
  }
  return states;
}

/** What it would do and cost, and nothing else: counts are free at the vendor. */
async function dryRun(context: RunContext<Client, PullPorts>, request: PullScope) {
  const planned = await planPull(context, request);
  const outcome =
    planned.length === 0
      ? 'Nothing would be exported: everything is stored already.'
      : `It would take ${planSentence(planned)}. Nothing was exported.`;
  return { outcome, plan: planned.map(({ name, zips, expected }) => ({ name, zips: zips.length, expected })) };
}

function outcomeOf(facts: GapFacts): string {
  const have = `${count(facts.cleaned, 'cleaned lead')} of ${number(facts.target)}`;
  if (facts.gap > 0) return `${have}: ${number(facts.gap)} short.`;
  return facts.cleaned > facts.target
    ? `${have}: ${number(facts.cleaned - facts.target)} over, kept in reserve.`
    : `${have}: target met.`;
}
