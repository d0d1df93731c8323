import { bandWidth } from './range.ts';
import type { Estimate } from './types.ts';
import { spreadOf, type Spread } from './spread.ts';
import type { Basis, GapInput } from './types.ts';

/** How much a median read from n ZIPs may itself be off, as a fraction of the band: √(1.8 ÷ (n − 1.5)). */
const medianError = (sample: number): number => Math.sqrt(1.8 / Math.max(1, sample - 1.5));

export type Estimator = {
  /** A new ZIP, by its homes; null when no ZIP was pulled yet that could tell. */
  readonly zip: (homes: number | null) => { readonly estimate: Estimate; readonly basis: Basis } | null;
  /** Rows that would still need a verdict. */
  readonly rows: (rows: number) => { readonly estimate: Estimate; readonly basis: Basis };
  /** E-mail checks that it takes to find so many cleaned leads. */
  readonly validations: (cleaned: number) => number;
};

/**
 * The rates of one client and month: cleaned leads per owner-occupied home and per ZIP, over its pulled ZIPs, and its
 * share of Safe-to-Send verdicts.
 */
export function makeEstimator(input: Pick<GapInput, 'pulled' | 'safeToSend'>): Estimator {
  const withHomes = input.pulled.flatMap(({ homes, cleaned }) =>
    homes !== null && homes > 0 ? [cleaned / homes] : [],
  );
  const perHome = spreadOf(withHomes);
  const perZip = spreadOf(input.pulled.map(({ cleaned }) => cleaned));
  const { safe, checked } = input.safeToSend;
  // No verdict yet: an even chance, with the range that an even chance has (the rule of succession).
  const share = checked > 0 ? safe / checked : 0.5;

  return {
    zip: (homes) => {
      if (homes !== null && perHome) return ofRate(perHome, homes, 'cleaned leads per home');
      return perZip ? ofRate(perZip, 1, 'cleaned leads per ZIP') : null;
    },
    rows: (rows) => {
      const variance = share * (1 - share);
      const off = bandWidth * rows * Math.sqrt(variance / Math.max(1, checked));
      const estimate = {
        middle: Math.round(rows * share),
        own: { down: 0, up: 0 },
        shared: { source: 'Safe-to-Send share', down: off, up: off },
        counting: rows * variance,
      };
      return { estimate, basis: { of: 'Safe-to-Send share', rate: share, sample: checked } };
    },
    validations: (cleaned) => Math.ceil(cleaned / Math.max(share, 0.01)),
  };
}

function ofRate(
  spread: Spread,
  times: number,
  of: 'cleaned leads per home' | 'cleaned leads per ZIP',
): { estimate: Estimate; basis: Basis } {
  const middle = Math.round(times * spread.median);
  const own = { down: times * (spread.median - spread.low), up: times * (spread.high - spread.median) };
  const error = medianError(spread.sample);
  return {
    estimate: {
      middle,
      own,
      shared: { source: of, down: own.down * error, up: own.up * error },
      counting: middle,
    },
    basis: { of, rate: spread.median, sample: spread.sample },
  };
}

/** A number that is known and not estimated. */
export function counted(leads: number): { readonly estimate: Estimate; readonly basis: Basis } {
  return {
    estimate: { middle: leads, own: { down: 0, up: 0 }, shared: { source: 'counted', down: 0, up: 0 }, counting: 0 },
    basis: { of: 'counted', rate: 1, sample: leads },
  };
}
