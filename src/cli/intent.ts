import { shortId } from '../../pipeline/run.ts';
import { configLine } from '../../blocks/intent/home.ts';
import { budgetLine, estimateLine } from '../../blocks/intent/words.ts';
import { dueTimes } from '../../pipeline/calendar/due-times.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { readIntentConfig } from '../../pipeline/intent/config.ts';
import { newYorkDay } from '../../pipeline/intent/days.ts';
import { funnelSentences } from '../../pipeline/intent/funnel-words.ts';
import { factsOf } from '../../pipeline/kinds.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { startIntent } from '../operations/start-intent.ts';
import { noteStarted } from '../operations/start-run.ts';
import { shell } from '../operations/who.ts';
import { makeHolder } from '../runs/holder.ts';
import { intentDue } from '../scheduler/intent.ts';
import { handleOnce } from '../scheduler/once.ts';
import type { StoredRun } from '../store/runs/row.ts';
import type { Works } from '../wiring/works.ts';
import { said, triggerFrom, working } from './working.ts';

export type IntentOptions = { dryRun?: boolean; email: boolean; verbose?: boolean; trigger: string };

/**
 * Polls intent here, or watches the app that does: the rows are the same, so a cron and the app's calendar make one run
 * of a day together.
 */
export async function runIntent(config: CliConfig, log: Log, options: IntentOptions): Promise<void> {
  const { dryRun = false, email, verbose = false } = options;
  const trigger = triggerFrom(options.trigger);
  await working(
    config,
    log,
    async function* (works) {
      if (trigger === 'scheduled' && !dryRun) {
        const run = await ofTheCalendar(works, !email);
        if (run) yield run;
      } else yield said(await startIntent(works, shell(), { channel: null, dryRun, noEmail: !email, trigger }));
    },
    (works, run) => (verbose ? theDay(works, run) : Promise.resolve([])),
  );
}

/** The run of the calendar's own row of today; null where it is paused. */
async function ofTheCalendar(works: Works, noEmail: boolean): Promise<StoredRun | null> {
  const { store, clock } = works;
  const handler = intentDue({ ...works, noEmail });
  const now = clock.now();
  const day = newYorkDay(now);
  const [due] = dueTimes(
    new Date(now.getTime() - 86_400_000),
    new Date(now.getTime() + 86_400_000),
    ['intent'],
    await store.calendar.hours(),
  ).filter((one) => one.day === day);
  const outcome = await handleOnce(
    { store, clock, handler, worker: makeHolder() },
    // On a day without a due time of its own (a Sunday) it stands for that day all the same.
    due ?? { kind: 'intent', day, at: now },
  );
  if (outcome.state === 'paused') {
    console.log(
      `The poll of ${day} was passed over: it is paused (leadops schedule says by whom). Nothing was started.`,
    );
    return null;
  }
  const run = outcome.runId === null ? null : await store.runs.get(outcome.runId);
  if (!run) throw notPolled(day, outcome.state);
  if (outcome.state === 'started') await noteStarted(store, shell(), 'intent run', run);
  console.log(`The poll of ${day} is run ${shortId(run.id)} (${outcome.state}).`);
  return run;
}

/** Why the day has no run to watch. `off` is our own verdict: one of somebody else was taken up again. */
function notPolled(day: Day, state: string): InvalidInput {
  if (state === 'off') {
    return new InvalidInput('Intent polling is not set up: there is no login for ZoomInfo. Nothing was started.', {
      todo: 'Set ZOOMINFO_CLIENT_ID and ZOOMINFO_CLIENT_SECRET, or store it with "leadops credentials set zoominfo".',
    });
  }
  return new InvalidInput(`The poll of ${day} is closed as "${state}". Nothing was started.`, {
    todo: 'Write "leadops intent run" without --trigger scheduled to poll all the same.',
  });
}

/** Everything the card and its details say of the day. */
async function theDay({ store, clock }: Works, run: StoredRun): Promise<string[]> {
  const config = readIntentConfig(run.config);
  const facts = factsOf('intent', run)?.intent;
  const budget = await store.credits(clock).budget(config.weeklyCap);
  const day = facts
    ? [...funnelSentences(facts.funnel, config, facts.last), estimateLine(facts), ...facts.warnings]
    : [];
  return [
    ...day,
    `${run.creditsUsed} credits by this run, ${run.leadsExported} leads delivered.`,
    budgetLine(budget),
    configLine(config),
  ];
}
