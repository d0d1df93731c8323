import { z } from 'zod';

/** How the stand-in misbehaves until told otherwise (`POST /_control/fault` merges, `reset` clears). */
export const DebounceFaults = z.strictObject({
  /** Every call is answered 503. */
  down: z.boolean(),
  /** Milliseconds added to every answer. */
  slow: z.number().nonnegative(),
  /** The next n calls are answered 429, whatever the load. */
  tooMany: z.number().int().nonnegative(),
  /** The key is refused (401), as if it had been revoked. */
  wrongKey: z.boolean(),
  /** Credits are low (402), whatever the balance. */
  lowCredits: z.boolean(),
});
export type DebounceFaults = z.infer<typeof DebounceFaults>;

export const noFaults: DebounceFaults = { down: false, slow: 0, tooMany: 0, wrongKey: false, lowCredits: false };
