import type { IntentCompanyId, IntentSignal } from '../ports/zoominfo.ts';
import type { Day } from '../vocabulary.ts';
import { normaliseCompanyName } from './company-name.ts';
import { scoreSignal, type CompanyFacts, type ScoredSignal } from './company-score.ts';
import type { IntentConfig } from './config.ts';
import { restsUntilLater, type CompanyIdentity, type PastExport } from './exports.ts';
import { byEach, compareIds, compareText } from './order.ts';

/**
 * Best score first, then the fresher, then by name, topic and id: a total order, so the result never depends on the
 * vendor's.
 */
export const byRank = byEach<ScoredSignal>(
  (a, b) => b.score - a.score,
  (a, b) => a.age - b.age,
  (a, b) => compareText(normaliseCompanyName(a.signal.company.name), normaliseCompanyName(b.signal.company.name)),
  (a, b) => compareText(a.signal.topic, b.signal.topic),
  (a, b) => compareIds(a.signal.id, b.signal.id),
);

/**
 * Phone and name where there is a phone, else the name: what makes two signals the same company
 * (docs/sop.md#shortlist).
 * @returns null for a company without either: nothing says it is the same as another
 */
export function companyKey({ phone, name }: Pick<IntentSignal['company'], 'phone' | 'name'>): string | null {
  const key = [phone ?? '', normaliseCompanyName(name)].filter((part) => part !== '').join(' ');
  return key === '' ? null : key;
}

/** Each company once, with its best signal. The same id is the same company too, however its name is written. */
export function onePerCompany(scored: readonly ScoredSignal[]): readonly ScoredSignal[] {
  const seen = new Set<string>();
  return scored.toSorted(byRank).filter(({ signal }) => {
    const key = companyKey(signal.company);
    const keys = [`id ${signal.company.id}`, ...(key === null ? [] : [`key ${key}`])];
    const known = keys.some((each) => seen.has(each));
    for (const each of keys) seen.add(each);
    return !known;
  });
}

export type ShortlistFacts = {
  readonly config: IntentConfig;
  readonly today: Day;
  /** What the company cache knows, by the intent id: never by the digits of another id space. */
  readonly cached: (id: IntentCompanyId) => CompanyFacts | undefined;
  /** Who that company was in exports: its `CompanyId`, where the mapping is cached. */
  readonly identify: (signal: IntentSignal) => CompanyIdentity;
  readonly exports: readonly PastExport[];
};

export type Shortlist = {
  /** Best first, at most `config.companies`. */
  readonly companies: readonly ScoredSignal[];
  readonly losses: {
    readonly undated: number;
    readonly stale: number;
    readonly duplicates: number;
    readonly exportedBefore: number;
    readonly beyondLimit: number;
  };
};

/** docs/sop.md#company-score and docs/sop.md#shortlist: all that can be decided before anything costs. */
export function shortlist(signals: readonly IntentSignal[], facts: ShortlistFacts): Shortlist {
  const { config, today, exports } = facts;
  const judged = signals.map((signal) => scoreSignal(signal, facts.cached(signal.company.id), config, today));
  const scored = judged.filter((one) => typeof one === 'object');
  const different = onePerCompany(scored);
  const fresh = different.filter(
    ({ signal }) => !restsUntilLater(facts.identify(signal), exports, today, config.dedupeDays),
  );
  const companies = fresh.slice(0, config.companies);
  return {
    companies,
    losses: {
      undated: judged.filter((one) => one === 'undated').length,
      stale: judged.filter((one) => one === 'stale').length,
      duplicates: scored.length - different.length,
      exportedBefore: different.length - fresh.length,
      beyondLimit: fresh.length - companies.length,
    },
  };
}
