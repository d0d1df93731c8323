/** How a rate differs between ZIPs: its median, and the band that a new ZIP's rate should fall into. */
export type Spread = {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** ZIPs it was read from. */
  readonly sample: number;
};

/** The share of outcomes left out on each side of the band: 8 %, so that 84 % fall inside. */
const tail = 0.08;

/** Smallest sample whose own extremes reach the tails: 1 ÷ 0.08, less one. */
const fullSample = 1 / tail - 1;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/**
 * The quantile a new value is expected to stay below with probability `p`: position p·(n+1) among the sorted values,
 * interpolated, the extremes beyond them.
 */
export function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = Math.min(sorted.length - 1, Math.max(0, p * (sorted.length + 1) - 1));
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

/**
 * Median and band of the values. A sample too small to reach the tails gets its extremes stretched; a single value
 * gets half of itself on both sides, for want of anything better.
 * @returns null without values
 */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const middle = median(values);
  if (values.length === 1) return { median: middle, low: middle / 2, high: middle * 1.5, sample: 1 };
  const stretch = Math.sqrt(Math.max(1, fullSample / values.length));
  return {
    median: middle,
    low: Math.max(0, middle - (middle - quantile(values, tail)) * stretch),
    high: middle + (quantile(values, 1 - tail) - middle) * stretch,
    sample: values.length,
  };
}
