import type { LeadBook } from '../../../pipeline/ports/leads.ts';
import type { StateCounts } from '../../../pipeline/vocabulary.ts';
import { may, must, type Db } from '../db.ts';
import { ofMonth } from './rows.ts';

function countOf(answer: Parameters<typeof may>[0] & { readonly count: number | null }): number {
  may(answer);
  return answer.count ?? 0;
}

/** The numbers of a month. */
export function makeTotals(db: Db): Pick<LeadBook, 'counts' | 'rawCount' | 'safeToSend' | 'relaxable' | 'saveMonth'> {
  return {
    async counts(book): Promise<StateCounts> {
      const rows = must(await db.rpc('lead_counts', { p_client: book.client, p_month: book.month }));
      return Object.fromEntries(
        rows.map((row) => [row.reason ? `${row.lead_state}: ${row.reason}` : row.lead_state, row.leads]),
      );
    },

    async rawCount(book) {
      return countOf(await db.from('raw_leads').select('id', { count: 'exact', head: true }).match(ofMonth(book)));
    },

    async safeToSend(book) {
      const checked = () =>
        db
          .from('raw_leads')
          .select('id', { count: 'exact', head: true })
          .match(ofMonth(book))
          .not('verdict', 'is', null);
      return { checked: countOf(await checked()), safe: countOf(await checked().eq('verdict', 'Safe to Send')) };
    },

    async relaxable(book, limit) {
      return countOf(
        await db
          .from('raw_leads')
          .select('id', { count: 'exact', head: true })
          .match(ofMonth(book))
          .or('lead_state.eq.high_net_worth,and(lead_state.eq.rejected,reason.eq.home_value)')
          .lte('home_value', limit)
          .not('email', 'is', null),
      );
    },

    async saveMonth(book, totals) {
      may(
        await db.rpc('save_month', {
          p_client: book.client,
          p_month: book.month,
          p_count: totals.count,
          p_target: totals.target,
          p_gap: totals.gap,
          p_reserve: totals.reserve,
        }),
      );
    },
  };
}
