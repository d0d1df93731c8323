import { moment, section, type Message } from '../kit.ts';

/** Mondays that nobody was there for, oldest first; those that were found missed together are said together. */
export function missedMondays(days: readonly { readonly day: string; readonly at: Date }[]): Message {
  const [first] = days;
  const [which, when] =
    days.length === 1 && first
      ? [`The uploads of Monday, ${first.day}, were`, moment(first.at)]
      : [`The uploads of ${days.length} Mondays (${days.map(({ day }) => day).join(', ')}) were`, 'then'];
  const text =
    `⏰ ${which} missed: nothing was running ${when}, and it is too late to begin by itself. ` +
    'The next Monday catches up; `/leadops upload <client> <month>` and `/leadops evergreen` do it now.';
  return { text, blocks: [section(text)] };
}
