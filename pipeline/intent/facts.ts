import { z } from 'zod';
import { stages, type Funnel } from './funnel.ts';

const losses = stages.flatMap((stage) => [...stage.losses]);

/** What an intent run knows of itself, kept in its summary: counts, ids and sentences, nobody of a lead list. */
export const IntentFacts = z.object({
  funnel: z
    .object({
      total: z.number(),
      signals: z.number(),
      losses: z.partialRecord(z.enum(losses), z.number()),
    })
    .transform((funnel): Funnel => funnel),
  /** How far it came: a dry run ends with the shortlist, a failed one where it failed. */
  last: z.enum(stages.map(({ name }) => name)),
  estimate: z.object({
    unknownIds: z.number(),
    contacts: z.number(),
    companies: z.number(),
    total: z.number(),
  }),
  /** Credits of the week when the estimate was made. */
  budget: z.object({ cap: z.number(), left: z.number() }),
  /** Leads by label, best first: `[["High", 3], ["Medium", 2]]`. */
  labels: z.array(z.tuple([z.string(), z.number()])).readonly(),
  leads: z.number(),
  batch: z.string().nullable(),
  /** What the vendor answered and we had to do without: a sentence each. */
  warnings: z.array(z.string()).readonly(),
});
export type IntentFacts = z.output<typeof IntentFacts>;
