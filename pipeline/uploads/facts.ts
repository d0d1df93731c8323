import { z } from 'zod';
import { DayText, MonthText } from '../calendar/day-types.ts';

/*
 * What the runs of PT4 and PT5 know of themselves; kept in their summaries, shown on their cards. Counts, titles and days:
 * no person of a list.
 */

const Count = z.number();

const Window = z.object({ index: z.number(), start: DayText, end: DayText });

/** A list, made or to be made. */
const ListFacts = z.object({
  window: Window,
  /** Null where a dry run could not ask Bison. */
  name: z.string(),
  part: Count,
  sent: Count,
  /** Null: not yet, or Bison does not show it. */
  accepted: Count.nullable(),
  /** Why fewer were taken. */
  note: z.string().nullable(),
  /** Made by this run. */
  fresh: z.boolean(),
});
export type ListFacts = z.output<typeof ListFacts>;

export const UploadFacts = z.object({
  month: MonthText,
  workspace: z.string(),
  target: Count,
  /** Cleaned leads of the month. */
  cleaned: Count,
  /** Kept for later, because the target is met without them. */
  reserve: Count,
  lists: z.array(ListFacts),
  /** Left out because they unsubscribed, bounced or were forgotten. */
  suppressed: Count,
  /** Bison could be asked for those. */
  asked: z.boolean(),
  /** Windows that are over: no list was made of them. */
  over: z.array(Window),
});
export type UploadFacts = z.output<typeof UploadFacts>;

const Setting = z.union([z.boolean(), z.number(), z.string()]);

export const EvergreenFacts = z.object({
  window: Window,
  workspace: z.string(),
  /** Null before it is found. */
  campaign: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  lists: z.array(z.object({ name: z.string(), people: Count })),
  totalBefore: Count.nullable(),
  totalAfter: Count.nullable(),
  /** Leads the campaign took; null: not yet, or nobody can say. */
  added: Count.nullable(),
  kept: z.array(z.string()),
  changed: z.array(z.object({ setting: z.string(), was: Setting, is: Setting.nullable() })),
  unconfirmed: z.array(z.string()),
  notes: z.array(z.string()),
});
export type EvergreenFacts = z.output<typeof EvergreenFacts>;

export const UndoFacts = z.object({
  window: Window,
  title: z.string(),
  taken: Count,
  left: z.array(z.string()),
});
export type UndoFacts = z.output<typeof UndoFacts>;

/** A client's part of a Monday: the runs that were started for it, and what could not be. */
const WeeklyClient = z.object({
  slug: z.string(),
  name: z.string(),
  uploads: z.array(z.object({ month: MonthText, run: z.string() })),
  windows: z.array(z.object({ window: Window, run: z.string() })),
  notes: z.array(z.string()),
});
export type WeeklyClient = z.output<typeof WeeklyClient>;

export const WeeklyFacts = z.object({
  monday: DayText,
  /** The window that is due on it; some Mondays have none. */
  due: Window.nullable(),
  clients: z.array(WeeklyClient),
  /** Everything is over, or waits for a person: the summary may be said. */
  settled: z.boolean(),
  /** A dry run's findings, a line each. */
  preview: z.array(z.string()),
});
export type WeeklyFacts = z.output<typeof WeeklyFacts>;
