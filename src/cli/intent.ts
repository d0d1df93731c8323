import { configLine } from '../../blocks/intent/home.ts';
import { budgetLine, estimateLine } from '../../blocks/intent/words.ts';
import { runSentence, shortId } from '../../blocks/run-card.ts';
import { dueTimes } from '../../pipeline/calendar/due-times.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { readIntentConfig } from '../../pipeline/intent/config.ts';
import { newYorkDay } from '../../pipeline/intent/days.ts';
import { factsOf } from '../../pipeline/kinds.ts';
import { funnelSentences } from '../../pipeline/intent/funnel-words.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import { startMessages, startWorks, type Works } from '../wiring/app.ts';
import type { CliConfig } from '../config.ts';
import { startIntent } from '../operations/start-intent.ts';
import type { Log } from '../log.ts';
import { makeHolder } from '../runs/holder.ts';
import { pause } from '../pause.ts';
import { intentDue } from '../scheduler/intent.ts';
import { handleOnce } from '../scheduler/once.ts';
import type { Outbox } from '../slack/outbox.ts';
import { purposes } from '../slack/purposes.ts';
import type { StoredRun } from '../store/runs/row.ts';
import { noteStarted } from './audit.ts';
import { watch } from './pull.ts';
import { plainText } from './words.ts';

export type IntentOptions = { dryRun?: boolean; email: boolean; verbose?: boolean; trigger: string };

/** Slack gets this long to follow, once the run is over. */
const slackMs = 20_000;

/**
 * Polls intent here, or watches the app that does: the rows are the same, so a cron and the app's calendar make one run
 * of a day together.
 */
export async function runIntent(config: CliConfig, log: Log, options: IntentOptions): Promise<void> {
  if (options.trigger !== 'manual' && options.trigger !== 'scheduled') {
    throw new InvalidInput(`"${options.trigger}" is no trigger.`, {
      todo: 'Write --trigger manual or --trigger scheduled. Nothing was started.',
    });
  }
  const late: { outbox?: Outbox } = {};
  const works = await startWorks(config, log, { nudge: () => late.outbox?.nudge() });
  // Without a token the app's outbox, which reads the same rows, does it.
  if (config.SLACK_BOT_TOKEN !== '') late.outbox = startMessages(works, config, log);
  try {
    const run = await begin(works, config, options);
    if (!run) return;
    const last = await watch(works.store, run);
    console.log(plainText(runSentence(last, null)));
    if (options.verbose) console.log((await tellAll(works, last)).map(plainText).join('\n'));
    if (late.outbox) await slackFollows(works, last);
    if (last.status === 'failed') process.exitCode = 1;
  } finally {
    await late.outbox?.stop();
    await works.stop();
  }
}

/** The run to watch; null where the day is done. */
async function begin(works: Works, config: CliConfig, options: IntentOptions): Promise<StoredRun | null> {
  const { store, notifier } = works;
  const dryRun = options.dryRun ?? false;
  if (options.trigger === 'scheduled' && !dryRun) return beginScheduled(works, config, options);
  const request = { user: null, channel: null, dryRun, noEmail: !options.email };
  const trigger = options.trigger === 'scheduled' ? 'scheduled' : 'manual';
  const { created, run } = await startIntent(works, { trigger, ...request });
  await noteStarted(store, dryRun ? 'intent preview' : 'intent run', { created, run });
  if (created) await notifier.card(run);
  console.log(created ? `Run ${shortId(run)} started.` : `Run ${shortId(run)} is live already; watching it.`);
  return store.runs.get(run.id);
}

async function beginScheduled(works: Works, config: CliConfig, options: IntentOptions): Promise<StoredRun | null> {
  const { store, clock } = works;
  const handler = intentDue({ ...works, config, noEmail: !options.email });
  const now = clock.now();
  const day = newYorkDay(now);
  const [due] = dueTimes(new Date(now.getTime() - 86_400_000), new Date(now.getTime() + 86_400_000), ['intent']).filter(
    (one) => one.day === day,
  );
  const outcome = await handleOnce(
    { calendar: store.calendar, handler, worker: makeHolder() },
    // On a day without a due time of its own (a Sunday) it stands for that day all the same.
    due ?? { kind: 'intent', day, at: now },
  );
  const run = outcome.runId === null ? null : await store.runs.get(outcome.runId);
  if (!run) throw notPolled(day, outcome.state);
  await noteStarted(store, 'intent run', { created: outcome.state === 'started', run });
  console.log(`The poll of ${day} is run ${shortId(run)} (${outcome.state}).`);
  return run;
}

/**
 * Why the day has no run to watch. `off` is what this process found: an `off` that another one wrote is looked at
 * again.
 */
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
async function tellAll({ store, clock }: Works, run: StoredRun): Promise<string[]> {
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

async function slackFollows({ store, notifier }: Works, run: StoredRun): Promise<void> {
  // The process that ended the run writes its last messages a moment after its row; they must exist before Slack can be
  // waited for.
  await notifier.card(run);
  for (const deadline = Date.now() + slackMs; Date.now() < deadline; await pause(500)) {
    const messages = await Promise.all([purposes.card, purposes.file].map((one) => store.messages.find(run.id, one)));
    if (messages.every((message) => !message || message.givenUp || message.shownRevision === message.revision)) return;
  }
}
