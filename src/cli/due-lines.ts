import { addDays, parseISO } from 'date-fns';
import { formatInTimeZone } from 'date-fns-tz';
import { z } from 'zod';
import { dueTimes } from '../../pipeline/calendar/due-times.ts';
import { zones, type HourChange } from '../../pipeline/calendar/hours.ts';
import { InvalidInput } from '../../pipeline/errors.ts';

export type DueOptions = { readonly from?: string; readonly to?: string; readonly json?: boolean };

const IsoDay = z.iso.date();

/**
 * Every due time from one day to before another, as it runs (a Monday that is a holiday runs on the next business day), with
 * the offset its zone has then: `2027-01-15T09:00:00-06:00`. A day is that of the due time's own zone.
 *
 * @throws InvalidInput where a day is missing or none
 */
export function dueLines({ from, to, json = false }: DueOptions, hours: readonly HourChange[]): string {
  const first = dayOf('--from', from);
  const end = dayOf('--to', to);
  if (end <= first) {
    throw new InvalidInput(`--to ${end} does not come after --from ${first}.`, {
      todo: 'It is the day the list ends before: --from 2027-01-01 --to 2028-01-01 is a year.',
    });
  }
  // A day too many at both ends, whatever the zone; what is another zone's day is cut off below.
  const all = dueTimes(addDays(parseISO(first), -2), addDays(parseISO(end), 2), undefined, hours)
    .map(({ kind, at }) => ({ kind, due: formatInTimeZone(at, zones[kind], "yyyy-MM-dd'T'HH:mm:ssXXX") }))
    .filter(({ due }) => due.slice(0, 10) >= first && due.slice(0, 10) < end);
  if (json) return `[\n${all.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n]`;
  return all.map(({ kind, due }) => `${due} ${kind}`).join('\n');
}

function dayOf(name: string, text: string | undefined): string {
  if (text !== undefined && IsoDay.safeParse(text).success) return text;
  throw new InvalidInput(text === undefined ? `${name} is missing.` : `${name} "${text}" is no day.`, {
    todo: 'Write: leadops schedule --from 2027-01-01 --to 2028-01-01 --json.',
  });
}
