import { lineWords, headline, standingOf } from '../../blocks/monthly/line.ts';
import { dueTimes } from '../../pipeline/calendar/due-times.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { isMonth, monthTitle } from '../../pipeline/month.ts';
import type { Month } from '../../pipeline/vocabulary.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { dayPulling, nextMonth, startMonth } from '../operations/start-month.ts';
import { shell } from '../operations/who.ts';
import { monthLines } from '../reports/month.ts';
import { monthlyDue } from '../scheduler/monthly.ts';
import type { StoredRun } from '../store/runs/row.ts';
import type { Works } from '../wiring/works.ts';
import { ofTheCalendar } from './of-the-calendar.ts';
import { said, triggerFrom, working } from './working.ts';

export type MonthlyOptions = { dryRun?: boolean; month?: string; trigger: string };

/**
 * PT1 to PT3 of a month for every active client. `--trigger scheduled` is the calendar's own row, once, whoever starts it.
 * Ends when every pull is over or waits for a person.
 */
export async function runMonthly(config: CliConfig, log: Log, options: MonthlyOptions): Promise<void> {
  const { dryRun = false } = options;
  const trigger = triggerFrom(options.trigger);
  await working(
    config,
    log,
    async function* (works) {
      const month = monthFrom(options.month, nextMonth(works.clock));
      if (trigger === 'scheduled' && !dryRun) {
        const run = await the15th(works, month);
        if (run) yield said({ created: false, run });
      } else {
        yield said(await startMonth(works, shell(), { month, channel: null, dryRun, trigger }));
      }
    },
    endingOf,
  );
}

function monthFrom(text: string | undefined, otherwise: Month): Month {
  if (text === undefined) return otherwise;
  if (isMonth(text)) return text;
  throw new InvalidInput(`"${text}" is no month.`, { todo: 'Write it as 2027-03. Nothing was started.' });
}

/** The calendar's row of the 15th on which that month is pulled. */
async function the15th(works: Works, month: Month): Promise<StoredRun | null> {
  const day = dayPulling(month);
  const midnight = new Date(`${day}T00:00:00Z`);
  const within = new Date(midnight.getTime() + 2 * 86_400_000);
  const hours = await works.store.calendar.hours();
  const due = dueTimes(midnight, within, ['monthly'], hours).find((one) => one.day === day);
  return ofTheCalendar(works, due ?? { kind: 'monthly', day, at: works.clock.now() }, monthlyDue(works), {
    what: `The pull of ${monthTitle(month)}`,
    verb: 'monthly',
  });
}

/** A line for each client; the exit code is 1 where one failed. */
async function endingOf({ store, clock }: Works, run: StoredRun): Promise<string[]> {
  const lines = await monthLines(store, clock, run);
  if (lines.some((line) => standingOf(line) === 'failed')) process.exitCode = 1;
  return [`${headline(lines, run.dryRun)}:`, ...lines.map((line) => `  ${lineWords(line)}`)];
}
