import { z } from 'zod';
import { budgetWeek } from '../../../pipeline/intent/week.ts';
import type { Budget, Credits } from '../../../pipeline/ports/intent.ts';
import type { Day } from '../../../pipeline/vocabulary.ts';
import type { Clock } from '../../clock.ts';
import { json, may, must, type Db } from '../db.ts';
import { patiently } from './patience.ts';

const BudgetRow = z.object({
  spent: z.number(),
  unsettled: z.number(),
  held: z.number(),
  raised_to: z.number().nullable(),
  raised_by: z.string().nullable(),
  raised_reason: z.string().nullable(),
  raised_at: z.string().nullable(),
});

const ReservationRow = z.object({ granted: z.boolean(), needed: z.number(), cap: z.number(), left: z.number() });

const DrawRow = z.object({
  state: z.enum(['open', 'spent', 'unsettled', 'released']),
  credits: z.number(),
  result: z.unknown(),
});

type Raised = { readonly raised: boolean; readonly cap: number; readonly by: string | null };

export type CreditStore = Credits & {
  /** A higher cap to the end of this week. Refused where it is no higher than what holds. */
  raise(cap: number, to: number, who: string, reason: string): Promise<Raised>;
  /** Lost answers of a run that were not charged after all; answers how many credits are free again. */
  release(runId: string, who: string): Promise<number>;
};

/**
 * The week's credits, as rows. Every statement that must be atomic is a function of the database. What a call cost and
 * brought is a fact, whoever has the run by then: it goes through `facts`, which knows no fence.
 */
export function makeCreditStore(db: Db, clock: Clock, facts: Db = db, ending?: AbortSignal): CreditStore {
  const week = (): Day => budgetWeek(clock.now()).monday;
  return {
    week,

    async budget(cap): Promise<Budget> {
      const now = week();
      const row = BudgetRow.parse(must(await db.rpc('intent_budget', { p_week: now })));
      const holds = Math.max(cap, row.raised_to ?? 0);
      const { raised_by: by, raised_reason: reason, raised_at: at } = row;
      const raised = row.raised_to !== null && row.raised_to > cap && by !== null && at !== null;
      return {
        week: now,
        cap: holds,
        spent: row.spent,
        unsettled: row.unsettled,
        held: row.held,
        left: Math.max(0, holds - row.spent - row.unsettled - row.held),
        raised: raised ? { by, reason: reason ?? '', at: new Date(at) } : null,
      };
    },

    async reserve(runId, monday, credits, cap) {
      const answer = await db.rpc('reserve_credits', { p_run: runId, p_week: monday, p_credits: credits, p_cap: cap });
      return ReservationRow.parse(must(answer));
    },

    async draw(runId, call, credits) {
      may(await db.rpc('draw_credits', { p_run: runId, p_name: call, p_credits: credits }));
    },

    async cancel(runId, call) {
      await patiently(async () => may(await facts.rpc('cancel_draw', { p_run: runId, p_name: call })), ending);
    },

    async settle(runId, call, credits, result, { contacts = [], companies = [], ids = [] }) {
      const brought = {
        contacts: contacts.map((record) => ({ id: record.id, record })),
        companies: companies.map((details) => ({ id: details.id, details })),
        ids,
      };
      const answered = { p_run: runId, p_name: call, p_credits: credits };
      await patiently(
        async () =>
          may(await facts.rpc('settle_draw', { ...answered, p_result: json(result), p_brought: json(brought) })),
        ending,
      );
    },

    async unsettle(runId, call) {
      await patiently(async () => may(await facts.rpc('unsettle_draw', { p_run: runId, p_name: call })), ending);
    },

    async find(runId, call) {
      const row = may(
        await db.from('intent_draws').select('state,credits,result').match({ run_id: runId, name: call }).maybeSingle(),
      );
      return row ? DrawRow.parse(row) : null;
    },

    async used(runId) {
      const rows = must(await db.from('intent_draws').select('state,credits').eq('run_id', runId));
      const sum = (state: string) =>
        rows.filter((row) => row.state === state).reduce((total, row) => total + row.credits, 0);
      return { spent: sum('spent'), unsettled: sum('unsettled') };
    },

    async raise(cap, to, who, reason) {
      const answer = await db.rpc('raise_cap', {
        p_week: week(),
        p_cap: cap,
        p_to: to,
        p_who: who,
        p_reason: reason,
        p_now: clock.now().toISOString(),
      });
      return z.object({ raised: z.boolean(), cap: z.number(), by: z.string().nullable() }).parse(must(answer));
    },

    async release(runId, who) {
      return must(await db.rpc('release_unsettled', { p_run: runId, p_who: who }));
    },
  };
}
