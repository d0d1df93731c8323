import { z } from 'zod';
import { rangeOf } from './gap/range.ts';
import type { Range } from './gap/types.ts';

/** A gap report as kept with its run: everything the message shows besides the suggestions (those are approvals). */
export const GapFacts = z.object({
  month: z.string(),
  round: z.number(),
  target: z.number(),
  cleaned: z.number(),
  reserve: z.number(),
  unverified: z.number(),
  gap: z.number(),
  /** Leads per state, and whether they add up to the rows that were exported. */
  books: z.record(z.string(), z.number()),
  raw: z.number(),
  difference: z.number(),
  coversGap: z.boolean(),
  predicted: z.object({ low: z.number(), middle: z.number(), high: z.number() }),
  cost: z.object({ exports: z.number(), validations: z.number() }),
  nothingLeft: z.boolean(),
  /** The gap is as it is: the questions expired, or there is nothing left to ask. */
  closed: z.boolean(),
  /** Earlier rounds: what was approved, predicted and got. */
  rounds: z.array(
    z.object({
      round: z.number(),
      approved: z.number(),
      predicted: z.object({ low: z.number(), middle: z.number(), high: z.number() }),
      got: z.number(),
      exports: z.number(),
      records: z.number(),
    }),
  ),
});
export type GapFacts = z.output<typeof GapFacts>;

/** A suggestion as a question's payload holds it. */
const Deviation = z.object({ down: z.number(), up: z.number() });

export const SuggestionPayload = z.object({
  id: z.string(),
  kind: z.enum(['wait', 'move', 'add', 'relax']),
  level: z.number(),
  low: z.number(),
  middle: z.number(),
  high: z.number(),
  miles: z.number().nullable(),
  basis: z.object({ of: z.string(), rate: z.number(), sample: z.number() }),
  cost: z.object({ exports: z.number(), validations: z.number() }),
  zip: z.string().optional(),
  state: z.string().optional(),
  homes: z.number().nullable().optional(),
  preApproved: z.boolean().optional(),
  secondary: z.boolean().optional(),
  donor: z.string().optional(),
  limit: z.number().optional(),
  rows: z.number().optional(),
  /** Why it may be off; questions that a person typed have none. */
  estimate: z
    .object({
      middle: z.number(),
      own: Deviation,
      shared: Deviation.extend({ source: z.string() }),
      counting: z.number(),
    })
    .optional(),
});
export type SuggestionPayload = z.output<typeof SuggestionPayload>;

/** What Pick ZIPs offers in a round: the gap there was, and ZIPs to add. */
export const PickOffer = z.object({ gap: z.number(), picks: z.array(SuggestionPayload) });
export type PickOffer = z.output<typeof PickOffer>;

/** What several suggestions bring together: their middles added, their range as `rangeOf` has it. */
export function predictedOf(suggestions: readonly SuggestionPayload[]): Range {
  return rangeOf(
    suggestions.map(
      ({ estimate, low, middle, high }) =>
        estimate ?? {
          middle,
          own: { down: middle - low, up: high - middle },
          shared: { source: 'none', down: 0, up: 0 },
          counting: 0,
        },
    ),
  );
}
