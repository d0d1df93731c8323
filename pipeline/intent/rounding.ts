/**
 * `numerator / denominator` as a whole number, halves up: 84.5 is 85. Weighted sums are made over one denominator and
 * rounded here, so that a half is a half: 0.6 + 0.15 + … in floating point falls short of it.
 */
export function roundHalfUp(numerator: number, denominator: number): number {
  return Math.floor((2 * numerator + denominator) / (2 * denominator));
}
