/**
 * How fast LeadOps reads a page and pulls a month, beside what neither can beat: `npm run bench`.
 *
 * Reading: one reading of a page by ours and one `page.ariaSnapshotJSON` of Playwright's, in turns, on the same page with 40,
 * 1,200 and 3,000 controls, each in sections as a vendor builds them and all in one flat form. The middle of the times counts.
 *
 * Pull: a pull of a few hundred rows with its top-ups, from the slash command to its end, against the stand-ins of Cole, Clay
 * and DeBounce, once answering at once and once at a pace: 10 seconds a file, 2 rows a second validated. The pace is an
 * assumption, and a slow one for so few rows: a real month has tens of thousands. What the vendors cost is the time during
 * which one of them answered a request or validated, measured at their servers. That is the least they can cost: the time
 * their pages take to run and paint in the browser counts as ours.
 *
 * The machine is shared by both sides of every ratio; seconds only say how large the thing was.
 * BENCH_ONLY=reading or BENCH_ONLY=pull does one of the two.
 */
import { measurePull } from './speed/pull.ts';
import { measureReading } from './speed/reading.ts';

const paces = {
  'at once': {},
  'at a pace': { download: 10_000, validationRowsPerSecond: 2 },
} as const;

const only = process.env.BENCH_ONLY ?? '';
const result: Record<string, unknown> = {};
if (only !== 'pull') result.reading = await measureReading();
if (only !== 'reading') {
  for (const [name, pace] of Object.entries(paces)) {
    const pull = await measurePull(pace);
    const { rows, toReport, toEnd, vendors, ratio } = pull;
    console.log(
      `pull of ${rows} rows, vendors answer ${name}: ${toReport} s to the report, ${toEnd} s to the end, of which the vendors ${vendors} s; ratio ${ratio}`,
    );
    result[`pull ${name}`] = pull;
  }
}
console.log(JSON.stringify(result));
process.exit(0);
