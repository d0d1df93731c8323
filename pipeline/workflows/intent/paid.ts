import { InvalidInput, NeedsHuman, Retryable } from '../../errors.ts';
import { alertsCrossed } from '../../intent/budget.ts';
import type { IntentConfig } from '../../intent/config.ts';
import { Oddities } from '../../intent/warnings.ts';
import type { Brought } from '../../ports/intent.ts';
import { AnswerLost, EmptyRecords, enrichLimit, type Enriched } from '../../ports/zoominfo.ts';
import type { Using } from '../../ports/using.ts';
import type { RunContext, InStep } from '../../workflow.ts';
import { inBatches } from '../../in-batches.ts';
import type { Phase } from '../../phases.ts';

type AlertPorts = Using<{ credits: 'budget'; notices: 'budgetAlert' }>;
export type PaidPorts = AlertPorts &
  Using<{
    credits: 'draw' | 'cancel' | 'settle' | 'unsettle' | 'find';
    zoominfo: 'enrichContacts' | 'enrichCompanies';
  }>;

export type PaidCall<Id, Row> = {
  /** Its name among the run's steps: `enrich contacts 1`. */
  readonly name: string;
  /** For warnings: `enrichment of contacts`. */
  readonly what: string;
  /** The most it can cost. */
  readonly credits: number;
  readonly ask: (zoominfo: PaidPorts['zoominfo']) => Promise<Enriched<Id, Row>>;
  readonly brings: (answer: Enriched<Id, Row>) => Brought;
};

/**
 * One paid call as an act the outside sees. Its credits are drawn before it and settled with what it brought; what is not
 * known to be free counts as spent. It is never made a second time unless the first surely cost nothing or an approver
 * says so: whether a lost answer was charged, the vendor cannot be asked.
 *
 * @returns what was odd about the answer; what it brought is in the company cache and among the run's contacts
 * @throws AnswerLost also after a crash in the middle of it
 */
export async function paid<Id, Row>(
  context: RunContext<null, PaidPorts>,
  config: IntentConfig,
  { name, what, credits, ask, brings }: PaidCall<Id, Row>,
): Promise<Oddities> {
  const { run, ports } = context;
  return context.once(
    name,
    async () => {
      await ports.credits.draw(run.id, name, credits).catch(async (error: unknown) => {
        // The draw may or may not have been written before the database went away. ZoomInfo was not asked yet, so it is
        // taken back.
        if (error instanceof Retryable) await ports.credits.cancel(run.id, name);
        throw error;
      });
      const answer = await ask(ports.zoominfo).catch(async (error: unknown) => {
        if (isFree(error)) await ports.credits.cancel(run.id, name);
        else await ports.credits.unsettle(run.id, name);
        await tellAlerts(context, config);
        throw error;
      });
      const { unreadable, refusedFields, missingFields, empty } = answer;
      const odd: Oddities = { call: what, unreadable, refusedFields, missingFields, empty: empty.length };
      await ports.credits.settle(run.id, name, answer.credits, odd, brings(answer));
      await tellAlerts(context, config);
      return odd;
    },
    async () => {
      const draw = await ports.credits.find(run.id, name);
      // Never begun, taken back, or released by an approver: nothing was charged.
      if (draw === null || draw.state === 'released') return undefined;
      if (draw.state === 'spent') return Oddities.parse(draw.result);
      await ports.credits.unsettle(run.id, name);
      await tellAlerts(context, config);
      throw new AnswerLost(`ZoomInfo's answer to “${name}” never reached us`, draw.credits);
    },
  );
}

export type PaidCalls<Id, Row> = {
  /** Of the step: `enrich contacts` makes `enrich contacts 1`, `enrich contacts 2` … */
  readonly name: string;
  readonly what: string;
  /** The card's phase, and what it counts in. */
  readonly phase: Phase;
  readonly unit: string;
  readonly ask: (zoominfo: PaidPorts['zoominfo'], ids: readonly Id[]) => Promise<Enriched<Id, Row>>;
  readonly brings: (answer: Enriched<Id, Row>) => Brought;
};

/** As many paid calls as these ids need, one credit an id. Answers what was odd about each. */
export async function paidInBatches<Id, Row>(
  context: RunContext<null, PaidPorts>,
  config: IntentConfig,
  ids: readonly Id[],
  { name, what, phase, unit, ask, brings }: PaidCalls<Id, Row>,
): Promise<readonly Oddities[]> {
  const odd: Oddities[] = [];
  for (const [index, some] of inBatches(ids, enrichLimit).entries()) {
    context.progress({ phase, done: index * enrichLimit, of: ids.length, unit });
    const call = {
      name: `${name} ${index + 1}`,
      what,
      credits: some.length,
      ask: (zoominfo: PaidPorts['zoominfo']) => ask(zoominfo, some),
      brings,
    };
    odd.push(await paid(context, config, call));
  }
  return odd;
}

/** Errors that say: certainly nothing was charged (pipeline/ports/zoominfo.ts). */
function isFree(error: unknown): boolean {
  return [Retryable, NeedsHuman, InvalidInput, EmptyRecords].some((free) => error instanceof free);
}

/** Every share of the cap that is reached by now. Each is told once a week, whoever reaches it. */
export async function tellAlerts({ ports }: InStep<null, AlertPorts>, config: IntentConfig): Promise<void> {
  const budget = await ports.credits.budget(config.weeklyCap);
  for (const share of alertsCrossed(0, budget.spent + budget.unsettled, budget.cap, config.alerts)) {
    await ports.notices.budgetAlert(share, budget);
  }
}
