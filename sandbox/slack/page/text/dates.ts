/** Times as the viewed person's zone has them. `now` is the workspace's clock, epoch milliseconds. */
export type Clock = { readonly tz: string; readonly now: number };

const parts = (at: number, tz: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { timeZone: tz, ...options }).format(at);

/** `9:05 AM` */
export const timeOf = (at: number, tz: string) => parts(at, tz, { hour: 'numeric', minute: '2-digit' });

/** `2027-01-15`, to compare days with. */
export const dayKey = (at: number, tz: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: tz, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

/** `Friday, January 15th`, or Today and Yesterday. */
export function dayName(at: number, { tz, now }: Clock): string {
  return near(at, { tz, now }) ?? `${parts(at, tz, { weekday: 'long' })}, ${longDay(at, tz)}`;
}

function near(at: number, { tz, now }: Clock): string | undefined {
  const day = dayKey(at, tz);
  if (day === dayKey(now, tz)) return 'Today';
  if (day === dayKey(now - 86_400_000, tz)) return 'Yesterday';
  return day === dayKey(now + 86_400_000, tz) ? 'Tomorrow' : undefined;
}

/** `January 15th` */
function longDay(at: number, tz: string): string {
  const day = Number(parts(at, tz, { day: 'numeric' }));
  const ending =
    day % 10 === 1 && day !== 11
      ? 'st'
      : day % 10 === 2 && day !== 12
        ? 'nd'
        : day % 10 === 3 && day !== 13
          ? 'rd'
          : 'th';
  return `${parts(at, tz, { month: 'long' })} ${day}${ending}`;
}

/** `<!date^…>`'s format string filled in (docs.slack.dev/messaging/formatting-message-text: date formatting). */
export function slackDate(at: number, format: string, { tz, now }: Clock): string {
  const year = parts(at, tz, { year: 'numeric' });
  const named: Record<string, () => string> = {
    date_num: () => dayKey(at, tz),
    date: () => `${longDay(at, tz)}, ${year}`,
    date_slash: () => parts(at, tz, { year: 'numeric', month: '2-digit', day: '2-digit' }),
    date_short: () => parts(at, tz, { month: 'short', day: 'numeric', year: 'numeric' }),
    date_long: () => `${parts(at, tz, { weekday: 'long' })}, ${longDay(at, tz)}, ${year}`,
    time: () => timeOf(at, tz),
    time_secs: () => parts(at, tz, { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
    ago: () => ago(at, now),
  };
  return format.replace(/\{(\w+)\}/g, (whole: string, token: string) => {
    const pretty = /^(date(?:_short|_long)?)_pretty$/.exec(token)?.[1];
    if (pretty) return near(at, { tz, now })?.toLowerCase() ?? named[pretty]?.() ?? whole;
    return named[token]?.() ?? whole;
  });
}

/** `3 minutes ago`, `last reply 2 days ago`. */
export function ago(at: number, now: number): string {
  const minutes = Math.round((now - at) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} minute${minutes === 1 ? '' : 's'} ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return `${hours} hour${hours === 1 ? '' : 's'} ago`;
  const days = Math.round(hours / 24);
  return `${days} day${days === 1 ? '' : 's'} ago`;
}

export const momentOf = (ts: string) => Number(ts) * 1000;
