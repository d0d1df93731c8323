import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import { argsOf } from '../../pipeline/kinds.ts';
import { isLive } from '../../pipeline/run.ts';
import type { Clock } from '../clock.ts';
import type { CliConfig } from '../config.ts';
import { isZoominfoSet, type LoginSettings } from '../operations/known-logins.ts';
import { startCheck } from '../operations/start-check.ts';
import { calendar } from '../operations/who.ts';
import type { Runner } from '../runs/runner.ts';
import type { Notifier } from '../slack/notifier.ts';
import type { Store } from '../store/index.ts';
import type { StoredRun } from '../store/runs/row.ts';
import { lateAfterMs, type DueHandler, type Handled } from './parts.ts';

export type CheckDueParts = {
  readonly store: Pick<Store, 'runs' | 'credentials' | 'clients' | 'pauses'>;
  readonly runner: Pick<Runner, 'start'>;
  readonly notifier: Pick<Notifier, 'card' | 'late' | 'missed'>;
  readonly clock: Clock;
  readonly config: LoginSettings & Pick<CliConfig, 'LEADOPS_ADMINS'>;
};

/** 18:00 Chicago before the 15th and each Monday (docs/sop.md#calendar): every vendor login is looked at. */
export function checkDue(parts: CheckDueParts): DueHandler {
  const { store, notifier } = parts;
  return {
    async start(due, lateMs): Promise<Handled> {
      if (!(await hasLogin(parts))) return { state: 'off', runId: null };
      const before = await coveredBy(store, due);
      if (before) return { state: isFor(before, due) ? 'started' : 'covered', runId: before.id };
      const { created, run } = await startCheck(parts, calendar, { channel: null, login: null, due: due.day });
      if (!created) return { state: 'covered', runId: run.id };
      if (lateMs > lateAfterMs) await notifier.late(run.id, due.at, lateMs);
      return { state: 'started', runId: run.id };
    },
    async missed(due, lateMs) {
      if (await hasLogin(parts)) await notifier.missed(due, lateMs);
    },
  };
}

/** Without a login there is nothing to look at; one that is needed and was never stored is said by work that meets it. */
const hasLogin = async ({ store, config }: CheckDueParts): Promise<boolean> =>
  (await store.credentials.list()).length > 0 || isZoominfoSet(config);

/** The run that makes this due time's own needless: started for it (and a crash came in between), or a whole one that is live. */
async function coveredBy(store: Pick<Store, 'runs'>, due: Pick<DueTime, 'day'>): Promise<StoredRun | undefined> {
  const whole = (await store.runs.recent({ workflow: 'check', limit: 50 })).filter(
    (run) => argsOf('check', run)?.login === null,
  );
  return whole.find((run) => isFor(run, due)) ?? whole.find(isLive);
}

const isFor = (run: StoredRun, due: Pick<DueTime, 'day'>) => argsOf('check', run)?.due === due.day;
