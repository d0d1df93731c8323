import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import { monthOfThe15th } from '../../pipeline/calendar/passed-over.ts';
import { argsOf } from '../../pipeline/kinds.ts';
import { isLive } from '../../pipeline/run.ts';
import { hasPulls } from '../operations/is-set-up.ts';
import { startMonth } from '../operations/start-month.ts';
import { calendar } from '../operations/who.ts';
import type { Asking } from '../operations/who-may.ts';
import type { Runner } from '../runs/runner.ts';
import type { Notifier } from '../slack/notifier.ts';
import type { Store } from '../store/index.ts';
import type { StoredRun } from '../store/runs/row.ts';
import { lateAfterMs, type DueHandler, type Handled } from './parts.ts';

export type MonthlyDueParts = Asking & {
  readonly store: Pick<Store, 'runs' | 'credentials' | 'clients' | 'pauses'>;
  readonly runner: Pick<Runner, 'start'>;
  readonly notifier: Pick<Notifier, 'card' | 'late' | 'missed'>;
};

/** The 15th, 9:00 Chicago (docs/sop.md#calendar): PT1 to PT3 of this month + 2, for all clients in one run. */
export function monthlyDue(parts: MonthlyDueParts): DueHandler {
  const { store, notifier } = parts;
  return {
    async start(due, lateMs): Promise<Handled> {
      if (!(await hasPulls(store))) return { state: 'off', runId: null };
      const before = await coveredBy(store, due);
      if (before) return { state: isFor(before, due) ? 'started' : 'covered', runId: before.id };
      const asked = { channel: null, dryRun: false, month: monthOfThe15th(due.day), due: due.day };
      const { created, run } = await startMonth(parts, calendar, asked);
      if (!created) return { state: 'covered', runId: run.id };
      if (lateMs > lateAfterMs) await notifier.late(run.id, due.at, lateMs);
      return { state: 'started', runId: run.id };
    },
    async missed(due, lateMs) {
      if (await hasPulls(store)) await notifier.missed(due, lateMs);
    },
  };
}

/** The run that makes this due time's own needless: started for it (and a crash came in between), or live, or done. */
async function coveredBy(store: Pick<Store, 'runs'>, due: Pick<DueTime, 'day'>): Promise<StoredRun | undefined> {
  const months = await store.runs.monthlyOf(monthOfThe15th(due.day));
  return months.find((run) => isFor(run, due)) ?? months.find((run) => isLive(run) || run.status === 'success');
}

const isFor = (run: StoredRun, due: Pick<DueTime, 'day'>) => argsOf('monthly', run)?.due === due.day;
