import { z } from 'zod';
import { MonthText } from './calendar/day-types.ts';

/** A client of a month's pulls. */
const MonthlyClient = z.object({
  slug: z.string(),
  name: z.string(),
  /** The client's pull; null where none was started. */
  run: z.string().nullable(),
  /** What held it back. `by`: a Slack id, or somebody at the command line (`cli:…`). `until`: business time. */
  paused: z.object({ by: z.string(), reason: z.string(), until: z.iso.datetime().nullable() }).nullable().default(null),
  /** Why none was started otherwise. */
  note: z.string().nullable().default(null),
});
export type MonthlyClient = z.output<typeof MonthlyClient>;

/** What a month's pulls know of themselves: which clients, and the run that was started for each. */
export const MonthlyFacts = z.object({
  month: MonthText,
  clients: z.array(MonthlyClient),
  /** Every pull is over or waits for a person. */
  settled: z.boolean(),
});
export type MonthlyFacts = z.output<typeof MonthlyFacts>;
