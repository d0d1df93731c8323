import { tidy } from './text.ts';

const amount = /^(?:USD ?)?\$? ?(\d{1,3}(?:,\d{3})+|\d+)(\.\d*)? ?([KM])?$/i;
const factors: Readonly<Record<string, number>> = { '': 1, K: 1_000, M: 1_000_000 };

/** No home in this business: a telephone number in the wrong column. */
const billion = 1_000_000_000;

/**
 * Whole dollars, cents rounded: `$1,250,000`, `1250000.00`, `1.25M`, `950K`.
 * @returns null for blanks, ranges, negative amounts, text and a billion or more; 0 for `$0` (a home value of 0 is a missing one: see `row.ts`)
 */
export function wholeDollars(text: string): number | null {
  const [, units, cents, suffix] = amount.exec(tidy(text)) ?? [];
  if (units === undefined) return null;
  const value = Number(units.replaceAll(',', '') + (cents ?? '')) * (factors[(suffix ?? '').toUpperCase()] ?? 1);
  return value < billion ? Math.round(value) : null;
}
