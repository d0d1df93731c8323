import { z } from 'zod';
import { PickOffer } from '../../pipeline/gap-report.ts';
import type { Approvals } from '../../pipeline/ports/index.ts';
import { ApprovalRow, questionRows, type Approval, type NewQuestion } from './approval-row.ts';
import { json, may, type Db } from './db.ts';

/** What Pick ZIPs offers in the rounds of a gap report, and the picks that come back. */
export function makeGapRounds(db: Db) {
  const port: Pick<Approvals, 'offer'> = {
    async offer(runId, round, { gap, picks }) {
      may(await db.rpc('offer_picks', { p_run: runId, p_round: round, p_gap: gap, p_picks: json(picks) }));
    },
  };

  return {
    ...port,

    /** Null where nothing is offered; of a round that is closed, what was offered. */
    async offered(runId: string, round: string): Promise<PickOffer | null> {
      const where = { run_id: runId, round };
      const row = may(await db.from('gap_rounds').select('gap,picks').match(where).maybeSingle());
      return row ? PickOffer.parse(row) : null;
    },

    /**
     * Asks the picks as questions of the round, or finds them there, and approves those that are still pending: all in
     * one, so that the run reads what was approved. Answers what this call changed; null where the round is closed by now.
     */
    async pick(picked: {
      runId: string;
      round: string;
      questions: readonly NewQuestion[];
      expiresAt: Date;
      by: string;
      now: Date;
    }): Promise<Approval[] | null> {
      const changed = may(
        await db.rpc('pick_zips', {
          p_run: picked.runId,
          p_round: picked.round,
          p_questions: questionRows(picked.questions),
          p_expires: picked.expiresAt.toISOString(),
          p_by: picked.by,
          p_now: picked.now.toISOString(),
        }),
      );
      return z.array(ApprovalRow).nullable().parse(changed);
    },
  };
}
