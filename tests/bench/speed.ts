/**
 * How fast LeadOps reads a page and pulls a month, as ratios of what neither can beat: `npm run bench`.
 *
 * Reading: one reading of a page by ours and one `page.ariaSnapshotJSON` of Playwright's, in turns, on the same page with 40,
 * 1,200 and 3,000 controls, each in sections as a vendor builds them and all in one flat form. The middle of the times counts.
 *
 * Pull: a pull of a few hundred rows, from the slash command to the report that asks for decisions, against the stand-ins of
 * Cole, Clay and DeBounce at their own pace. What the vendors cost is the time during which at least one request to one of
 * them was being answered, measured at their servers; pages that tell news over a line that stays open do not count. That is
 * the least they can cost: the time their pages take to run and paint in the browser is counted as ours.
 *
 * The machine is shared by both sides of every ratio; seconds are only told to say how large the thing was.
 * BENCH_ONLY=reading or BENCH_ONLY=pull does one of the two.
 */
import { measurePull } from './speed/pull.ts';
import { measureReading } from './speed/reading.ts';

const only = process.env.BENCH_ONLY ?? '';
const reading = only === 'pull' ? null : await measureReading();
const pull = only === 'reading' ? null : await measurePull();
console.log(JSON.stringify({ ...(reading && { reading }), ...(pull && { pull }) }));
process.exit(0);
