import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import { argsOf } from '../../pipeline/kinds.ts';
import { isLive } from '../../pipeline/run.ts';
import type { Clock } from '../clock.ts';
import type { CliConfig } from '../config.ts';
import type { Runner } from '../runs/runner.ts';
import type { Notifier } from '../slack/notifier.ts';
import type { Store } from '../store/index.ts';
import type { StoredRun } from '../store/runs/row.ts';
import { hasBison } from '../operations/is-set-up.ts';
import { startWeek } from '../operations/start-week.ts';
import { calendar } from '../operations/who.ts';
import { lateAfterMs, type DueHandler, type Handled } from './parts.ts';

export type MondayDueParts = {
  readonly store: Pick<Store, 'runs' | 'credentials' | 'pauses' | 'clients'>;
  readonly runner: Pick<Runner, 'start'>;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly config: Pick<CliConfig, 'BISON_URL'>;
};

/** Monday 9:00 Chicago (docs/sop.md#calendar): PT4 where it is due, then PT5, for all clients in one run. */
export function mondayDue(parts: MondayDueParts): DueHandler {
  const { store, notifier, config } = parts;
  return {
    async start(due, lateMs): Promise<Handled> {
      if (!(await hasBison(store, config))) return { state: 'off', runId: null };
      const before = await coveredBy(store, due);
      if (before) return { state: isFor(before, due) ? 'started' : 'covered', runId: before.id };
      const asked = { channel: null, dryRun: false, monday: due.day, due: due.day };
      const { created, run } = await startWeek(parts, calendar, asked);
      if (!created) return { state: 'covered', runId: run.id };
      if (lateMs > lateAfterMs) await notifier.late(run.id, due.at, lateMs);
      return { state: 'started', runId: run.id };
    },
    async missed(due, lateMs) {
      if (await hasBison(store, config)) await notifier.missed(due, lateMs);
    },
  };
}

/** The run that makes this due time's own needless: started for it (and a crash came in between), or live, or done. */
async function coveredBy(store: Pick<Store, 'runs'>, due: Pick<DueTime, 'day'>): Promise<StoredRun | undefined> {
  const weeks = (await store.runs.recent({ workflow: 'weekly', limit: 50 })).filter(
    (run) => !run.dryRun && argsOf('weekly', run)?.monday === due.day && argsOf('weekly', run)?.uploads,
  );
  return weeks.find((run) => isFor(run, due)) ?? weeks.find((run) => isLive(run) || run.status === 'success');
}

const isFor = (run: StoredRun, due: Pick<DueTime, 'day'>) => argsOf('weekly', run)?.due === due.day;
