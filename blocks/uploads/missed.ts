import { moment, section, type Message } from '../kit.ts';

/** A Monday that nobody was there for. */
export function missedMonday(day: string, at: Date): Message {
  const text =
    `⏰ The uploads of Monday, ${day}, were missed: nothing was running ${moment(at)}, and it is too late to begin by itself. ` +
    'Nothing was uploaded. The next Monday catches up; `/leadops upload <client> <month>` and `/leadops evergreen` do it now.';
  return { text, blocks: [section(text)] };
}
