import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import { argsOf } from '../../pipeline/kinds.ts';
import { newYorkDay } from '../../pipeline/intent/days.ts';
import type { IntentConfig } from '../../pipeline/intent/config.ts';
import { isLive } from '../../pipeline/run.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import type { Clock } from '../clock.ts';
import type { CliConfig } from '../config.ts';
import { hasZoominfoLogin } from '../operations/is-set-up.ts';
import { startIntent } from '../operations/start-intent.ts';
import { calendar } from '../operations/who.ts';
import type { Runner } from '../runs/runner.ts';
import type { Notifier } from '../slack/notifier.ts';
import type { Store } from '../store/index.ts';
import type { StoredRun } from '../store/runs/row.ts';
import { lateAfterMs, type DueHandler, type Handled } from './parts.ts';

export type IntentDueParts = {
  readonly store: Pick<Store, 'runs' | 'credentials' | 'clients' | 'pauses'>;
  readonly runner: Pick<Runner, 'start'>;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly intentConfig: IntentConfig;
  readonly config: Pick<CliConfig, 'LEADOPS_ADMINS' | 'ZOOMINFO_CLIENT_ID' | 'ZOOMINFO_CLIENT_SECRET'>;
  /** Set by a cron elsewhere (GitHub Actions) that wants no mail; the app's own calendar leaves it out. */
  readonly noEmail?: boolean;
};

/** Mon–Fri 7:00 New York (docs/sop.md#calendar): one poll a day, however many press, tick or come late. */
export function intentDue(parts: IntentDueParts): DueHandler {
  const { store, notifier, config } = parts;
  return {
    async start(due, lateMs): Promise<Handled> {
      if (!(await hasZoominfoLogin(store, config))) return { state: 'off', runId: null };
      const before = await coveredBy(store, due);
      if (before) return { state: isFor(before, due) ? 'started' : 'covered', runId: before.id };
      const asked = { channel: null, dryRun: false, noEmail: parts.noEmail ?? false, due: due.day };
      const { created, run } = await startIntent(parts, calendar, asked);
      if (!created) return { state: 'covered', runId: run.id };
      if (lateMs > lateAfterMs) await notifier.late(run.id, due.at, lateMs);
      return { state: 'started', runId: run.id };
    },
    async missed(due, lateMs) {
      if (await hasZoominfoLogin(store, config)) await notifier.missed(due, lateMs);
    },
  };
}

/**
 * The run that makes this due time's own needless: it was started for it (and a crash came in between), it is live, or it
 * has polled that New York day.
 */
async function coveredBy(store: Pick<Store, 'runs'>, due: Pick<DueTime, 'day'>): Promise<StoredRun | undefined> {
  const polls = (await store.runs.recent({ workflow: 'intent', limit: 50 })).filter((run) => !run.dryRun);
  return (
    polls.find((run) => isFor(run, due)) ??
    polls.find((run) => isLive(run) || (run.status === 'success' && isOn(run, due.day)))
  );
}

const isFor = (run: StoredRun, due: Pick<DueTime, 'day'>) => argsOf('intent', run)?.due === due.day;
const isOn = (run: StoredRun, day: Day) => newYorkDay(run.askedAt) === day;
