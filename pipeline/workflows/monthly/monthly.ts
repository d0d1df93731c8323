import { count } from '../../counting.ts';
import { InvalidInput } from '../../errors.ts';
import { kinds } from '../../kinds.ts';
import type { MonthlyClient, MonthlyFacts } from '../../monthly-facts.ts';
import type { Using } from '../../ports/using.ts';
import type { Client, Day, Month } from '../../vocabulary.ts';
import type { InStep, Workflow } from '../../workflow.ts';
import { settle, type SettlePorts } from '../settle.ts';
import { inTurnOfStates } from './in-turn.ts';

export type MonthlyPorts = SettlePorts &
  Using<{
    clients: 'all';
    children: 'start' | 'adopt';
    pauses: 'holding' | 'passOver';
    notices: 'facts';
  }>;

/** A dry run counts, which takes minutes. */
const dryRunAtMostMs = 2 * 3_600_000;

/**
 * The 15th: PT1 to PT3 for every active client, a run each. What one client's needs or breaks stops nobody else: one whose
 * pull cannot go on is a failed pull, with its line in the message. The month's run sleeps meanwhile.
 */
export const monthly: Workflow<'monthly', Client | null, MonthlyPorts> = async (context, { due }) => {
  const { run, ports, step, until } = context;
  const { month } = run;
  if (month === null) throw new InvalidInput('The run names no renewal month. Nothing was started.');
  const clients = await step('clients', async () =>
    inTurnOfStates((await ports.clients.all()).filter(({ active }) => active)).map(({ slug, name }) => ({
      slug,
      name,
    })),
  );
  let facts: MonthlyFacts = { month, settled: false, clients: [] };
  const tell = async (name: string, one: MonthlyClient) => {
    facts = { ...facts, clients: [...facts.clients.filter(({ slug }) => slug !== one.slug), one] };
    await step(name, () => ports.notices.facts(run.id, { monthly: facts }));
  };

  const behindDryRuns: MonthlyClient[] = [];
  for (const client of clients) {
    const begun = await step(`pull of ${client.slug}`, () => begin(context, client, month, due));
    const one: MonthlyClient = { ...client, run: begun.run, paused: begun.paused, note: begun.note };
    if (begun.dryRun) behindDryRuns.push(one);
    await tell(`tell the pull of ${client.slug}`, one);
  }
  // A dry run has the month's key, and ends by itself. Everybody else has begun by now.
  for (const one of behindDryRuns) {
    const begun = await until(
      `pull of ${one.slug} after its dry run`,
      async () => {
        const again = await begin(context, one, month, due);
        return again.dryRun ? undefined : again;
      },
      { everyMs: ports.settings.sync.everyMs, atMostMs: dryRunAtMostMs },
    );
    if (begun) await tell(`tell the pull of ${one.slug} after its dry run`, { ...one, ...begun });
  }

  const started = facts.clients.flatMap((one) => (one.run === null ? [] : [one.run]));
  await settle(context, { phase: 'Pulls', name: 'pulls settled', ids: started });
  facts = { ...facts, settled: true };
  await step('tell the end', () => ports.notices.facts(run.id, { monthly: facts }));
  return { outcome: outcomeOf(clients.length, started.length, run.dryRun), monthly: facts };
};

type Begun = Pick<MonthlyClient, 'run' | 'paused' | 'note'> & {
  /** A dry run of the client's month is live: nothing was started yet. */
  readonly dryRun: boolean;
};

/** Starts a client's pull or takes the one that is live, unless it is paused. */
async function begin(
  { run, ports, now }: InStep<Client | null, MonthlyPorts>,
  { slug }: Pick<Client, 'slug'>,
  month: Month,
  due: string | undefined,
): Promise<Begun> {
  const pause = await ports.pauses.holding({ workflow: 'pull-leads', client: slug }, now);
  if (pause) {
    // The calendar wrote `due` itself: it is the day of a due time.
    if (due !== undefined && !run.dryRun)
      await ports.pauses.passOver(pause.id, { kind: 'monthly', day: due as Day }, slug);
    return {
      run: null,
      paused: { by: pause.by, reason: pause.reason, until: pause.until?.toISOString() ?? null },
      note: null,
      dryRun: false,
    };
  }
  const key = kinds['pull-leads'].key({ client: slug, month });
  const child = await ports.children.start({ workflow: 'pull-leads', client: slug, month, key, args: {} });
  if (run.dryRun) return { run: child, paused: null, note: null, dryRun: false };
  const [live] = await ports.children.all([child]);
  if (live?.dryRun) {
    return {
      run: null,
      paused: null,
      note: 'a dry run of the same month is under way; it is started after it',
      dryRun: true,
    };
  }
  // Somebody asked for it before: its end is this run's business all the same.
  await ports.children.adopt(child);
  return { run: child, paused: null, note: null, dryRun: false };
}

/** How each pull goes on is said beside it, and stays true: this is said once, at the end. */
function outcomeOf(clients: number, started: number, dryRun: boolean): string {
  if (clients === 0) return 'There is no active client.';
  if (dryRun) return 'This is what it would export. Nothing was exported.';
  const all = clients === started ? count(clients, 'client') : `${started} of ${count(clients, 'client')}`;
  return `The pulls of ${all} were started; how each stands is on the card.`;
}
