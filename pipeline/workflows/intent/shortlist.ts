import { estimateCredits, type Estimate } from '../../intent/budget.ts';
import type { ScoredSignal } from '../../intent/company-score.ts';
import type { IntentConfig } from '../../intent/config.ts';
import { dayBefore, newYorkDay } from '../../intent/days.ts';
import type { Funnel } from '../../intent/funnel.ts';
import { intentQuery } from '../../intent/query.ts';
import { shortlist } from '../../intent/shortlist.ts';
import type { Oddities } from '../../intent/warnings.ts';
import type { CompanyId } from '../../ports/zoominfo.ts';
import type { Using } from '../../ports/using.ts';
import type { RunContext } from '../../workflow.ts';

export type ShortlistPorts = Using<{ zoominfo: 'searchIntent'; intentBook: 'known' | 'exportsSince' }>;

export type Found = {
  /** Best first; 25 by default, never more than the configuration says. */
  readonly companies: readonly ScoredSignal[];
  readonly funnel: Funnel;
  readonly estimate: Estimate;
  readonly odd: readonly Oddities[];
};

/**
 * docs/sop.md#intent-search to docs/sop.md#shortlist, and the estimate: signals, scored, stale and known ones dropped,
 * the best kept. Free.
 */
export function shortlistToday(context: RunContext<null, ShortlistPorts>, config: IntentConfig): Promise<Found> {
  const { ports } = context;
  const today = newYorkDay(context.now);
  // One step: what is remembered is the shortlist, not a thousand signals.
  return context.step('shortlist', async () => {
    const answer = await ports.zoominfo.searchIntent(intentQuery(config));
    const { signals, total, unreadable, refusedFields } = answer;
    const known = await ports.intentBook.known([...new Set(signals.map(({ company }) => company.id))]);
    const { companies, losses } = shortlist(signals, {
      config,
      today,
      cached: (id) => known.get(id)?.facts ?? undefined,
      identify: ({ company }) => ({
        intentId: company.id,
        companyId: known.get(company.id)?.companyId ?? null,
        name: company.name,
      }),
      exports: await ports.intentBook.exportsSince(dayBefore(today, config.dedupeDays)),
    });
    const detailed = new Set(
      [...known.values()].filter(({ facts }) => facts !== null).map(({ companyId }) => companyId),
    );
    const notRead = Object.values(unreadable).reduce((sum, rows) => sum + rows, 0);
    return {
      companies,
      funnel: { total, signals: signals.length + notRead, losses: { unreadable: notRead, ...losses } },
      estimate: estimateCredits(companies, {
        idOf: (id) => known.get(id)?.companyId,
        hasDetails: (id: CompanyId) => detailed.has(id),
      }),
      odd: [{ call: 'search for signals', unreadable, refusedFields }],
    };
  });
}
