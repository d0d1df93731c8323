import type { CompanyId, IntentCompanyId } from '../ports/zoominfo.ts';
import type { ScoredSignal } from './company-score.ts';

/** Credits a run may need, one for each record; `total` is what is reserved before the first paid call. */
export type Estimate = {
  /** Recommended contacts enriched to learn which company it is. */
  readonly unknownIds: number;
  readonly contacts: number;
  /** Companies whose details are not cached. */
  readonly companies: number;
  readonly total: number;
};

export type KnownCompanies = {
  /** The mapping learnt from a recommended contact, where it is cached. */
  readonly idOf: (id: IntentCompanyId) => CompanyId | undefined;
  readonly hasDetails: (id: CompanyId) => boolean;
};

/**
 * The most a shortlist can cost (docs/sop.md#intent-budget): each company its id (unless known), one contact and its
 * details (unless cached). A company of unknown id that nobody is recommended for cannot be resolved and costs nothing.
 */
export function estimateCredits(companies: readonly ScoredSignal[], known: KnownCompanies): Estimate {
  const ids = companies.map(({ signal }) => ({
    id: known.idOf(signal.company.id),
    asks: signal.recommended.length > 0,
  }));
  const reachable = ids.filter(({ id, asks }) => id !== undefined || asks);
  const unknownIds = reachable.filter(({ id }) => id === undefined).length;
  const details = reachable.filter(({ id }) => id === undefined || !known.hasDetails(id)).length;
  const total = unknownIds + reachable.length + details;
  return { unknownIds, contacts: reachable.length, companies: details, total };
}

/**
 * The alert shares (0.5, 0.8, 0.95) that a spending crossed: reached by `after`, not yet by `before`. Credits of the
 * week, spent and unsettled. Each is told once a week. The caller keeps what was told, because after a raised cap the
 * same share can be crossed again.
 */
export function alertsCrossed(
  before: number,
  after: number,
  cap: number,
  shares: readonly number[],
): readonly number[] {
  // In ten-thousandths of the cap: 0.95 × 500 may be a hair above 475 in floating point.
  const reached = (spent: number, share: number) => spent * 10_000 >= Math.round(share * 10_000) * cap;
  return shares.filter((share) => reached(after, share) && !reached(before, share));
}
