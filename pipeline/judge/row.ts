import { isHeadOfHousehold } from '../normalise/head-household.ts';
import type { Judgement, Lead, Month, QuarantineReason, RejectReason, State, Zip } from '../vocabulary.ts';

export type Rules = {
  readonly renewalMonth: Month;
  /** The ZIPs that this client was pulled for in this month. */
  readonly askedZips: ReadonlySet<Zip>;
  /** Whole dollars; a home worth exactly this much stays. */
  readonly homeValueLimit: number;
};

/** Where a home above the limit is a high-net-worth lead instead of a rejected one (docs/sop.md#home-value-limit). */
const highNetWorthStates: ReadonlySet<State> = new Set(['TX']);

const quarantined = (reason: QuarantineReason): Judgement => ({ state: 'quarantined', reason });
const rejected = (reason: RejectReason): Judgement => ({ state: 'rejected', reason });

/**
 * What can be said of a row by itself, in the order of docs/sop.md#lead-states; the first that applies. `alive` goes on
 * to `judgeAll`, which knows the other rows and the verdicts.
 *
 * A purchase date or a ZIP that cannot be read makes the row `unreadable`: it belongs to no month, or no place, that
 * we could name.
 * @param lead null for a record that no reading of its file could make out
 */
export function judgeRow(lead: Lead | null, rules: Rules): Judgement | 'alive' {
  if (lead?.purchaseDate == null || lead.zip === null) return quarantined('unreadable');
  if (lead.purchaseDate.slice(5, 7) !== rules.renewalMonth.slice(5, 7)) return quarantined('wrong month');
  if (!rules.askedZips.has(lead.zip)) return quarantined('zip not asked for');
  if (lead.lastName === '') return rejected('name');
  if (!isHeadOfHousehold(lead.headHousehold)) return rejected('head_household');
  if (lead.homeValue === null || lead.homeValue <= 0) return rejected('home_value_missing');
  if (lead.homeValue > rules.homeValueLimit) {
    return highNetWorthStates.has(lead.state) ? { state: 'high_net_worth', reason: null } : rejected('home_value');
  }
  if (lead.email === null) return rejected('email');
  return 'alive';
}
