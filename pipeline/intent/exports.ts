import type { CompanyId, IntentCompanyId } from '../ports/zoominfo.ts';
import type { Day } from '../vocabulary.ts';
import { normaliseCompanyName } from './company-name.ts';
import { daysBetween } from './days.ts';

/** A company by all that names it. Each id is compared only with ids of its own space. */
export type CompanyIdentity = {
  readonly intentId: IntentCompanyId | null;
  readonly companyId: CompanyId | null;
  readonly name: string;
};

/** A company in a batch that was delivered, on that New York day. */
export type PastExport = CompanyIdentity & { readonly day: Day };

/**
 * By id where both have one of the same space, else by the normalised name (SPEC section 8, step 4). Two companies
 * without a name are not the same one.
 */
export function isSameCompany(a: CompanyIdentity, b: CompanyIdentity): boolean {
  const comparable = [
    [a.companyId, b.companyId],
    [a.intentId, b.intentId],
  ].filter(([left, right]) => left !== null && right !== null);
  if (comparable.length > 0) return comparable.some(([left, right]) => left === right);
  const name = normaliseCompanyName(a.name);
  return name !== '' && name === normaliseCompanyName(b.name);
}

/**
 * Whether the company was exported less than `restDays` ago. Asked twice: with the intent id when the shortlist is
 * made, and with the `CompanyId` once it is known, before the contact is paid for.
 */
export function restsUntilLater(
  company: CompanyIdentity,
  exports: readonly PastExport[],
  today: Day,
  restDays: number,
): boolean {
  return exports.some((past) => daysBetween(past.day, today) < restDays && isSameCompany(company, past));
}
