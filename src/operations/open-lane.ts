import { payloadOf } from '../../pipeline/questions.ts';
import type { Store } from '../store/index.ts';

export type Reopened = {
  /** False: it was open already. */
  readonly opened: boolean;
  /** Runs that waited at the closed lane and go on. */
  readonly woken: readonly string[];
};

/**
 * Somebody looked at a vendor's changed page: this vendor takes work again, and every run that waited for it goes on. Other
 * vendors' lanes stay as they are.
 *
 * @param now business time
 */
export async function reopenLane(
  store: Pick<Store, 'leases' | 'approvals' | 'runs'>,
  vendor: string,
  by: { readonly who: string; readonly now: Date; readonly runId?: string },
): Promise<Reopened> {
  const opened = await store.leases.openLane(vendor);
  // Questions of runs that met the closed lane. They are answered even where another click has opened the lane already.
  const waiting = (await store.approvals.pending()).filter(
    (question) => payloadOf('human', question)?.closedLane === vendor,
  );
  if (opened || waiting.length > 0) {
    await store.runs.audit({
      who: by.who,
      what: 'open lane',
      subject: vendor,
      ...(by.runId && { runId: by.runId }),
      facts: { runs: waiting.length },
    });
  }
  const answered =
    waiting.length === 0
      ? []
      : await store.approvals.decide({
          ids: waiting.map(({ id }) => id),
          state: 'approved',
          by: by.who,
          reason: null,
          now: by.now,
          facts: { lane: vendor },
        });
  return { opened, woken: [...new Set(answered.map(({ runId }) => runId))] };
}
