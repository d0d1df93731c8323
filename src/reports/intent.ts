import { configLine, type IntentHome } from '../../blocks/intent/home.ts';
import { budgetLine, raisedLine } from '../../blocks/intent/words.ts';
import { count, escaped, moment } from '../../blocks/kit.ts';
import { runSentence } from '../../blocks/run-card.ts';
import { nextDue } from '../../pipeline/calendar/due-times.ts';
import type { IntentConfig } from '../../pipeline/intent/config.ts';
import { factsOf } from '../../pipeline/kinds.ts';
import type { Clock } from '../clock.ts';
import type { CliConfig } from '../config.ts';
import { hasZoominfoLogin } from '../operations/is-set-up.ts';
import type { Store } from '../store/index.ts';
import { shortId } from '../../pipeline/run.ts';

type Reading = {
  readonly store: Pick<Store, 'runs' | 'credits' | 'credentials' | 'calendar'>;
  readonly clock: Clock;
  readonly intentConfig: IntentConfig;
  readonly config: Pick<CliConfig, 'ZOOMINFO_CLIENT_ID' | 'ZOOMINFO_CLIENT_SECRET'>;
};

/** Runs that are listed. */
const listed = 8;
/** An estimate is news for this long, milliseconds. */
const estimateLasts = 24 * 3_600_000;

/** Where intent polling stands: what App Home, `/leadops intent status` and the command line show. */
export async function intentStanding(reading: Reading): Promise<Omit<IntentHome, 'mayRun' | 'mayRaise'>> {
  const { store, clock, intentConfig: config } = reading;
  const now = clock.now();
  const runs = await store.runs.recent({ workflow: 'intent', limit: listed });
  const estimates = runs
    .filter((run) => now.getTime() - run.askedAt.getTime() < estimateLasts)
    .flatMap((run) => {
      const facts = factsOf('intent', run)?.intent;
      return facts ? [facts.estimate.total] : [];
    });
  return {
    setUp: await hasZoominfoLogin(store, reading.config),
    next: nextDue('intent', now, await store.calendar.hours()).at,
    runs,
    budget: await store.credits(clock).budget(config.weeklyCap),
    config,
    estimated: estimates[0] ?? null,
  };
}

export async function intentLines(reading: Reading): Promise<string[]> {
  const { setUp, next, runs, budget, config } = await intentStanding(reading);
  const raised = raisedLine(budget);
  const [last] = runs.filter((run) => run.finishedAt !== null && !run.dryRun);
  return [
    setUp
      ? `*Next run* ${moment(next, '{date_long_pretty} at {time}')}`
      : '*Not set up:* there is no login for ZoomInfo (`leadops credentials set zoominfo --username …`).',
    last ? `*Last run* ${escaped(runSentence(last, null))} ${moment(last.askedAt)}` : '*Last run* none yet',
    `*Credits* ${budgetLine(budget)}`,
    ...(raised === '' ? [] : [raised]),
    ...runs.map(
      (run) =>
        `• ${escaped(runSentence(run, null))} ${count(run.creditsUsed, 'credit')} · ${run.trigger} · ${moment(run.askedAt)} · \`${shortId(run.id)}\``,
    ),
    configLine(config),
  ];
}
