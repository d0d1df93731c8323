import { statusWords } from '../../blocks/run-card.ts';
import { payloadOf } from '../../pipeline/questions.ts';
import { everyClient } from '../store/members.ts';
import type { Deps } from './deps.ts';
import { cannotRetry } from './retry.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

type Opening = Asking &
  Pick<Deps, 'notifier'> & {
    readonly store: Pick<Deps['store'], 'leases' | 'approvals' | 'runs' | 'clients' | 'pauses'>;
    readonly runner: Pick<Deps['runner'], 'retry' | 'nudge'>;
  };

export type Reopened = {
  /** False: it was open already. */
  readonly opened: boolean;
  /** Ids of the runs that waited at the closed lane and go on. */
  readonly woken: readonly string[];
  /** Why the run whose button was pressed was left as it is; null where it goes on, or no run's button was pressed. */
  readonly left: string | null;
};

/**
 * Somebody looked at a vendor's changed page: this vendor takes work again, and every run that waited for it goes on.
 * Other vendors' lanes stay as they are. A lane serves all clients, so the role for one of them is not enough.
 *
 * @param args.runId the run whose card has the button; where it failed, it is taken up again
 * @throws Refused where this person may not
 */
export async function openLane(
  deps: Opening,
  who: Who,
  { vendor, runId }: { readonly vendor: string; readonly runId?: string },
): Promise<Reopened> {
  await demand(deps, who, 'approver', everyClient);
  const { store } = deps;
  const before = runId === undefined ? null : await store.runs.get(runId);
  const cannot = before?.status === 'failed' ? await cannotRetry(deps, before) : null;
  const opened = await store.leases.openLane(vendor);
  // Questions of runs that met the closed lane. They are answered even where another click has opened the lane already.
  const waiting = (await store.approvals.pending()).filter(
    (question) => payloadOf('human', question)?.closedLane === vendor,
  );
  if (opened || waiting.length > 0) {
    await store.runs.audit({
      who: who.id,
      what: 'open lane',
      subject: vendor,
      ...(runId !== undefined && { runId }),
      facts: { runs: waiting.length },
    });
  }
  const answered =
    waiting.length === 0
      ? []
      : await store.approvals.decide({
          ids: waiting.map(({ id }) => id),
          state: 'approved',
          by: who.id,
          reason: null,
          now: deps.clock.now(),
          facts: { lane: vendor },
        });
  const woken = [...new Set(answered.map((answer) => answer.runId))];
  deps.runner.nudge();
  for (const id of new Set([...woken, ...(before ? [before.id] : [])])) {
    const now = await store.runs.get(id);
    if (now) await deps.notifier.card(now);
  }
  if (!before || woken.includes(before.id)) return { opened, woken, left: null };
  if (cannot !== null) return { opened, woken, left: cannot };
  const status = await deps.runner.retry(before.id, who.id);
  const left = status === null ? `This run is ${statusWords[before.status]} and was left as it is.` : null;
  return { opened, woken, left };
}
