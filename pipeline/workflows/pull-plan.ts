import { monthNumber } from '../month.ts';
import { planExports } from '../export-plan/plan.ts';
import { sliceZip } from '../export-plan/slice.ts';
import { exportLimit, type ColeDesk, type ColeQuery, type SlicePart } from '../ports/cole.ts';
import type { PlannedSource } from '../ports/leads.ts';
import type { RunContext } from '../run.ts';
import type { Month, Zip } from '../vocabulary.ts';

/** ZIPs counted in one sitting at a login; a crash loses at most this many counts. */
const zipsASitting = 25;

export function coleQuery(
  state: string,
  zips: readonly Zip[],
  month: Month,
  filters: Readonly<Record<string, string>>,
  slice: readonly SlicePart[] = [],
): ColeQuery {
  return { state, zips, purchaseMonth: monthNumber(month), filters, slice };
}

/** Filters are part of what was pulled: the same ZIP with other filters is another pull. */
export function filtersKey(filters: Readonly<Record<string, string>>): string {
  return Object.entries(filters)
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('&');
}

/**
 * The exports of one state: as few as the counts allow, every ZIP in exactly one (PT1.3).
 *
 * One count is enough where everything fits into one export; else each ZIP is counted.
 */
export async function planState(
  context: RunContext,
  round: string,
  state: string,
  zips: readonly Zip[],
  month: Month,
): Promise<readonly PlannedSource[]> {
  const { step, ports, client } = context;
  const { filters } = client;
  const count = (desk: ColeDesk, some: readonly Zip[], slice: readonly SlicePart[] = []) =>
    desk.count(coleQuery(state, some, month, filters, slice));

  const together = await step(`${round}: count ${state}`, () => ports.cole.at(state, (desk) => count(desk, zips)));
  if (together === 0) return [emptyPart(state, zips)];
  if (together < exportLimit) {
    return [{ name: `${state} 1`, state, zips, slice: [], expected: together, sliceNo: 1, sliceCount: 1 }];
  }

  const counts = new Map<Zip, number>();
  for (let from = 0; from < zips.length; from += zipsASitting) {
    const some = zips.slice(from, from + zipsASitting);
    const counted = await step(`${round}: count ${state} ${from + 1}–${from + some.length}`, () =>
      ports.cole.at(state, async (desk) => {
        const pairs: [Zip, number][] = [];
        for (const zip of some) {
          context.signal.throwIfAborted();
          pairs.push([zip, await count(desk, [zip])]);
          context.progress({
            phase: 'Raw pull',
            detail: `counting ${state}`,
            done: from + pairs.length,
            of: zips.length,
            unit: 'ZIPs',
          });
        }
        return pairs;
      }),
    );
    for (const [zip, records] of counted) counts.set(zip, records);
  }

  const plan = await planExports(counts, (zip, total) =>
    step(`${round}: slice ${zip}`, () =>
      ports.cole.at(state, async (desk) =>
        sliceZip(total, await desk.slicings(), (slice) => count(desk, [zip], slice)),
      ),
    ),
  );
  const slicesOf = (zip: Zip) => plan.parts.filter((part) => part.slice.length > 0 && part.zips[0] === zip);
  const planned = plan.parts.map((part, index): PlannedSource => {
    const slices = part.slice.length > 0 && part.zips[0] ? slicesOf(part.zips[0]) : [part];
    return {
      name: `${state} ${index + 1}`,
      state,
      zips: part.zips,
      slice: part.slice,
      expected: part.count,
      sliceNo: slices.indexOf(part) + 1,
      sliceCount: slices.length,
    };
  });
  if (plan.empty.length === 0) return planned;
  return [...planned, emptyPart(state, plan.empty)];
}

/** ZIPs without a record are pulled too, with nothing in them and without an export. */
function emptyPart(state: string, zips: readonly Zip[]): PlannedSource {
  return { name: `${state} empty`, state, zips, slice: [], expected: 0, sliceNo: 1, sliceCount: 1 };
}

/** `Texas: 3 exports` in words: what the pull will cost, before it costs anything. */
export function planSentence(plan: readonly PlannedSource[]): string {
  const planned = plan.filter((part) => part.expected > 0);
  const records = planned.reduce((sum, part) => sum + part.expected, 0);
  const states = [...new Set(planned.map((part) => part.state))].map((state) => {
    const parts = planned.filter((part) => part.state === state);
    return `${state} ${parts.length} (${new Set(parts.flatMap((part) => part.zips)).size} ZIPs)`;
  });
  const number = new Intl.NumberFormat('en-US');
  return `${planned.length} ${planned.length === 1 ? 'export' : 'exports'}, ${number.format(records)} records: ${states.join(', ')}`;
}
