import { z } from 'zod';

const times = z.int().min(0);

/**
 * Ways to misbehave, as `POST /_control/fault` takes them; what is not named stays as it was. Numbers count down, the
 * others hold until they are taken back or the stand-in is reset.
 */
export const Fault = z.strictObject({
  /** Every connection is cut unanswered, before anything is done. */
  down: z.boolean(),
  /** Milliseconds before every answer. */
  slow: times,
  /** The next n calls that are no sign-in answer 500; nothing is done or charged. */
  error500: times,
  /** The next n calls that are no sign-in answer 429 with Retry-After. */
  rateLimited: times,
  /** Every token given out so far is worth nothing from now on. */
  expireToken: z.boolean(),
  /** Credits have lapsed: enrichment answers 200 with empty records and charges nothing. */
  lapsed: z.boolean(),
  /** A field of every answer bears another name. */
  shapeChanged: z.boolean(),
  /** A criterion or output field that is not accepted any more; `true` takes one of each kind of call. */
  unknownField400: z.union([z.boolean(), z.string().min(1)]),
  /** The next n enrichments are done and charged, then the connection is cut. */
  loseAnswer: times,
  /** The next n enrichments are done and charged, then answered with 502. */
  error502: times,
  /** Searches find nothing. */
  zeroResults: z.boolean(),
  /** The login is refused, whatever it is. */
  wrongLogin: z.boolean(),
});
export type Faults = z.infer<typeof Fault>;

export const noFaults: Faults = {
  down: false,
  slow: 0,
  error500: 0,
  rateLimited: 0,
  expireToken: false,
  lapsed: false,
  shapeChanged: false,
  unknownField400: false,
  loseAnswer: 0,
  error502: 0,
  zeroResults: false,
  wrongLogin: false,
};

type Counted = 'error500' | 'rateLimited' | 'loseAnswer' | 'error502';

/** Takes one of the next n; false when there are none left. */
export function take(faults: Faults, name: Counted): boolean {
  if (faults[name] === 0) return false;
  faults[name] -= 1;
  return true;
}
