import { z } from 'zod';
import { MonthText } from './calendar/day-types.ts';

/** What a month's pulls know of themselves: which clients, and the run that was started for each. */
export const MonthlyFacts = z.object({
  month: MonthText,
  clients: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      /** The client's pull; null where none was started. */
      run: z.string().nullable(),
      /** Why none was; null where one was. */
      note: z.string().nullable(),
    }),
  ),
  /** Every pull is over or waits for a person. */
  settled: z.boolean(),
});
export type MonthlyFacts = z.output<typeof MonthlyFacts>;
