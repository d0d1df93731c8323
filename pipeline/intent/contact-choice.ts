import type { CompanyId, ContactHit } from '../ports/zoominfo.ts';
import { byEach, compareIds } from './order.ts';

/** Mobile over direct over any other. */
function phoneRank({ hasMobile, hasDirect, hasOtherPhone }: ContactHit): number {
  if (hasMobile) return 3;
  if (hasDirect) return 2;
  return hasOtherPhone ? 1 : 0;
}

/** The better contact first: accuracy, then the phone, then the lower id. */
const byPromise = byEach<ContactHit>(
  (a, b) => b.accuracy - a.accuracy,
  (a, b) => phoneRank(b) - phoneRank(a),
  (a, b) => compareIds(a.id, b.id),
);

/**
 * The best contact of each company (docs/sop.md#contact-choice). What we asked the vendor for is checked again:
 * somebody below the accuracy, or without any phone, is left out.
 */
export function chooseContacts(hits: readonly ContactHit[], accuracyMin: number): ReadonlyMap<CompanyId, ContactHit> {
  const best = new Map<CompanyId, ContactHit>();
  for (const hit of hits) {
    if (hit.accuracy < accuracyMin || phoneRank(hit) === 0) continue;
    const other = best.get(hit.companyId);
    if (!other || byPromise(hit, other) < 0) best.set(hit.companyId, hit);
  }
  return best;
}
