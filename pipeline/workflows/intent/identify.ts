import type { ScoredSignal } from '../../intent/company-score.ts';
import type { IntentConfig } from '../../intent/config.ts';
import { dayBefore, newYorkDay } from '../../intent/days.ts';
import { restsUntilLater } from '../../intent/exports.ts';
import type { Funnel } from '../../intent/funnel.ts';
import type { Oddities } from '../../intent/warnings.ts';
import type { CompanyId, IntentCompanyId, PersonId } from '../../ports/zoominfo.ts';
import type { Using } from '../../ports/using.ts';
import type { RunContext, InStep } from '../../workflow.ts';
import { paidInBatches, type PaidPorts } from './paid.ts';

export type IdentifyPorts = PaidPorts & Using<{ intentBook: 'known' | 'exportsSince' }>;

/** A company of the shortlist under the id that contact search knows it by. */
export type IdentifiedCompany = { readonly companyId: CompanyId; readonly scored: ScoredSignal };

export type Identified = {
  readonly companies: readonly IdentifiedCompany[];
  readonly losses: Funnel['losses'];
  readonly odd: readonly Oddities[];
};

/**
 * docs/sop.md#company-ids: ids of intent results name other companies in contact search, so one recommended contact of
 * each unknown company is enriched and tells where he works. What is learnt is cached.
 */
export async function identify(
  context: RunContext<null, IdentifyPorts>,
  config: IntentConfig,
  shortlisted: readonly ScoredSignal[],
): Promise<Identified> {
  const { ports, step } = context;
  const ids = shortlisted.map(({ signal }) => signal.company.id);
  const askable = shortlisted.filter(({ signal }) => signal.recommended.length > 0);
  const unknown = await step('companies to identify', async () => {
    const known = await ports.intentBook.known(ids);
    return askable.map(({ signal }) => signal).filter(({ company }) => !known.has(company.id));
  });
  // Two companies may recommend the same person: paid for once.
  const asks = new Map<PersonId, IntentCompanyId[]>();
  for (const { company, recommended } of unknown) {
    const [person] = recommended;
    if (person !== undefined) asks.set(person, [...(asks.get(person) ?? []), company.id]);
  }
  const odd = await paidInBatches(context, config, [...asks.keys()], {
    name: 'identify companies',
    what: 'enrichment of recommended contacts',
    phase: 'Companies',
    unit: 'companies',
    ask: (zoominfo, people) => zoominfo.enrichContacts(people),
    brings: ({ records }) => ({
      contacts: records,
      ids: records.flatMap(({ id, company: { id: company } }) =>
        company === null ? [] : (asks.get(id) ?? []).map((intent) => ({ intent, company })),
      ),
    }),
  });
  const result = await step('identified companies', () => resolve(context, config, shortlisted));
  if (shortlisted.length > 0)
    context.finished('Companies', `${result.companies.length} of ${shortlisted.length} identified`);
  return { ...result, odd };
}

async function resolve(
  { ports, now }: InStep<null, IdentifyPorts>,
  config: IntentConfig,
  shortlisted: readonly ScoredSignal[],
): Promise<Omit<Identified, 'odd'>> {
  const today = newYorkDay(now);
  const known = await ports.intentBook.known(shortlisted.map(({ signal }) => signal.company.id));
  const exports = await ports.intentBook.exportsSince(dayBefore(today, config.dedupeDays));
  const losses = { nobodyRecommended: 0, notResolved: 0, sameCompany: 0, exportedUnderOtherId: 0 };
  const companies = new Map<CompanyId, ScoredSignal>();
  for (const scored of shortlisted) {
    const { company, recommended } = scored.signal;
    const companyId = known.get(company.id)?.companyId;
    if (companyId === undefined) losses[recommended.length === 0 ? 'nobodyRecommended' : 'notResolved'] += 1;
    else if (companies.has(companyId)) losses.sameCompany += 1;
    else if (
      restsUntilLater({ intentId: company.id, companyId, name: company.name }, exports, today, config.dedupeDays)
    )
      losses.exportedUnderOtherId += 1;
    else companies.set(companyId, scored);
  }
  return { companies: [...companies].map(([companyId, scored]) => ({ companyId, scored })), losses };
}
