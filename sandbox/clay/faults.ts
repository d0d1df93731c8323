import { z } from 'zod';

const count = z.number().int().nonnegative();

/** How the stand-in misbehaves until told otherwise (`POST /_control/fault` merges, `reset` clears). */
export const ClayFaults = z.strictObject({
  /** An act, not a state: ends every session now. */
  expireSessions: z.boolean(),
  /** Sign-in asks for a six-digit code (`ClayOptions.mfaCode`). */
  mfa: z.boolean(),
  /** Sign-in shows a challenge in a frame titled `reCAPTCHA`; ticking its box passes. */
  captcha: z.boolean(),
  /** `older`: the SOP's labels and steps for imports. */
  wording: z.enum(['current', 'older']),
  /** `words`: labels slightly changed. `true`: other labels, no roles, other structure. */
  redesign: z.union([z.boolean(), z.literal('words')]),
  /** Formulas generated from now on are subtly wrong: all, or those of one kind. */
  wrongFormula: z.union([z.boolean(), z.enum(['number', 'readable', 'day'])]),
  /** Milliseconds added to generating and to running a formula. */
  formulaSlow: count,
  /** The next n cells that would be checked stay `running`. 0 lets them go on. */
  stuckValidation: count,
  /** Share of cells, 0–1, that end as `error`. */
  errorCells: z.number().min(0).max(1),
  /** Rows left out of, doubled in, or invented for each export. */
  dropRow: count,
  duplicateRow: count,
  extraRow: count,
  /** The next n imports fail before a row is kept; no table is made. */
  importFails: count,
  /** The next n imports stop half way, with an error on the page and the rows so far in the table. */
  importStops: count,
  /** The next n exports break off half way, however often the browser asks for the file. */
  cutDownload: count,
  /** Milliseconds added to every answer. */
  slow: count,
  /** The next n page loads or changes are answered 500. */
  error500: count,
});
export type ClayFaults = z.infer<typeof ClayFaults>;

export const noFaults: ClayFaults = {
  expireSessions: false,
  mfa: false,
  captcha: false,
  wording: 'current',
  redesign: false,
  wrongFormula: false,
  formulaSlow: 0,
  stuckValidation: 0,
  errorCells: 0,
  dropRow: 0,
  duplicateRow: 0,
  extraRow: 0,
  importFails: 0,
  importStops: 0,
  cutDownload: 0,
  slow: 0,
  error500: 0,
};

/** Counts down: true while the fault still has a turn. */
export function takeTurn(
  faults: ClayFaults,
  name: 'importFails' | 'importStops' | 'cutDownload' | 'error500' | 'stuckValidation',
): boolean {
  if (faults[name] <= 0) return false;
  faults[name] -= 1;
  return true;
}
