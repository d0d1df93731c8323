import type { Estimate, Range } from './types.ts';

/** Standard deviations that leave out 8 % on each side. */
export const bandWidth = 1.405;

/**
 * The range of what several estimates bring together; of one, its own range.
 *
 * Lows are not simply added, as not everything goes wrong at once: what is a ZIP's own deviation adds as squares, what
 * comes from one shared rate adds straight, counting adds as variance. Rates lean to the high side, and a sum follows
 * their mean and not their median: with growing number the band moves up by a seventh of the lean (chosen, like the
 * tails, by simulating ZIPs with log-normal, uniform and two-humped rates: 80 to 95 % of sums fell inside).
 */
export function rangeOf(estimates: readonly Estimate[]): Range {
  const total = (of: (estimate: Estimate) => number): number => estimates.reduce((sum, one) => sum + of(one), 0);
  const middle = total((one) => one.middle);
  const counting = bandWidth ** 2 * total((one) => one.counting);
  const half = (side: 'down' | 'up'): number => {
    const bySource = new Map<string, number>();
    for (const { shared } of estimates) bySource.set(shared.source, (bySource.get(shared.source) ?? 0) + shared[side]);
    const common = [...bySource.values()].reduce((sum, value) => sum + value ** 2, 0);
    return Math.sqrt(total((one) => one.own[side] ** 2) + common + counting);
  };
  const widths = total(({ own }) => own.down + own.up);
  const squares = total(({ own }) => (own.down + own.up) ** 2);
  const equals = squares === 0 ? 1 : widths ** 2 / squares; // as many ZIPs of one size would weigh the same
  const lift = (total(({ own }) => own.up - own.down) / 7) * (1 - 1 / equals);
  return {
    middle,
    low: Math.max(0, Math.min(middle, Math.floor(middle + lift - half('down')))),
    high: Math.max(middle, Math.ceil(middle + lift + half('up'))),
  };
}
