import type { CompanyId, IntentCompanyId } from '../ports/zoominfo.ts';
import type { Day } from '../vocabulary.ts';
import { normaliseCompanyName } from './company-name.ts';
import { daysBetween } from '../calendar/days-between.ts';

/** A company by all that names it. Each id is compared only with ids of its own space. */
export type CompanyIdentity = {
  readonly intentId: IntentCompanyId | null;
  readonly companyId: CompanyId | null;
  readonly name: string;
};

/** A company in a batch that was delivered, on that New York day. */
export type PastExport = CompanyIdentity & { readonly day: Day };

/**
 * By an id of the same space, else by the normalised name (docs/sop.md#shortlist): every export has an intent id, and
 * the vendor lists one company under several. Two companies without a name are not the same one.
 */
export function isSameCompany(a: CompanyIdentity, b: CompanyIdentity): boolean {
  if (a.companyId !== null && a.companyId === b.companyId) return true;
  if (a.intentId !== null && a.intentId === b.intentId) return true;
  const name = normaliseCompanyName(a.name);
  return name !== '' && name === normaliseCompanyName(b.name);
}

/**
 * Whether the company was exported in the last `restDays` days, the first of them included: a batch is delivered minutes
 * after its poll began, so at the same time of day it is not yet that old. 0: none rests. Asked twice: with the intent id when the shortlist is
 * made, and with the `CompanyId` once it is known, before the contact is paid for.
 */
export function restsUntilLater(
  company: CompanyIdentity,
  exports: readonly PastExport[],
  today: Day,
  restDays: number,
): boolean {
  return (
    restDays > 0 && exports.some((past) => daysBetween(past.day, today) <= restDays && isSameCompany(company, past))
  );
}
