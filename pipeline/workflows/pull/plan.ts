import { monthNumber } from '../../month.ts';
import { groupZips } from '../../export-plan/group.ts';
import { planExports } from '../../export-plan/plan.ts';
import { count, number } from '../../counting.ts';
import { sliceZip } from '../../export-plan/slice.ts';
import { exportLimit, type ColeSession, type ColeQuery, type SlicePart } from '../../ports/cole.ts';
import type { PlannedSource } from '../../ports/leads.ts';
import type { Using } from '../../ports/using.ts';
import { inBatches } from '../../in-batches.ts';
import type { RunContext } from '../../workflow.ts';
import type { Client, Month, Zip } from '../../vocabulary.ts';

export type CountingPorts = Using<{ cole: 'at' }>;

/** ZIPs counted in one session at a login; a crash loses at most this many counts. */
const zipsASession = 25;

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
 * One count is enough where everything fits into one export, a handful where neighbouring ZIPs can go together, and only
 * where neither proves that there are no fewer is each ZIP counted.
 */
export async function planState(
  context: RunContext<Client, CountingPorts>,
  round: string,
  state: string,
  zips: readonly Zip[],
  month: Month,
): Promise<readonly PlannedSource[]> {
  const { step, ports, client } = context;
  const { filters } = client;
  const countAt = (session: ColeSession, some: readonly Zip[], slice: readonly SlicePart[] = []) =>
    session.count(coleQuery(state, some, month, filters, slice));

  const together = await step(`${round}: count ${state}`, () =>
    ports.cole.at(state, (session) => countAt(session, zips)),
  );
  if (together === 0) return [emptyPart(state, zips)];
  if (together < exportLimit) {
    return [{ name: `${state} 1`, state, zips, slice: [], expected: together, sliceNo: 1, sliceCount: 1 }];
  }

  const counted = (done: number, of?: number) =>
    context.progress({
      phase: 'Raw pull',
      detail: `planning the exports of ${state}`,
      done,
      ...(of !== undefined && { of }),
      unit: of !== undefined ? 'ZIPs' : done === 1 ? 'count' : 'counts',
    });
  const plan = await planExports({
    group: () =>
      step(`${round}: group ${state}`, () =>
        ports.cole.at(state, (session) => {
          let asked = 0;
          return groupZips(zips, together, async (some) => {
            context.signal.throwIfAborted();
            counted(asked);
            asked += 1;
            return countAt(session, some);
          });
        }),
      ),
    async countEach(rest) {
      const counts = new Map<Zip, number>();
      for (const [index, some] of inBatches(rest, zipsASession).entries()) {
        const from = index * zipsASession;
        const pairs = await step(`${round}: count ${state} ${from + 1}–${from + some.length}`, () =>
          ports.cole.at(state, async (session) => {
            const found: [Zip, number][] = [];
            for (const zip of some) {
              context.signal.throwIfAborted();
              found.push([zip, await countAt(session, [zip])]);
              counted(from + found.length, rest.length);
            }
            return found;
          }),
        );
        for (const [zip, records] of pairs) counts.set(zip, records);
      }
      return counts;
    },
    slice: (zip, total) =>
      step(`${round}: slice ${zip}`, () =>
        ports.cole.at(state, async (session) => {
          let asked = 0;
          return sliceZip(total, await session.slicings(), (slice) => {
            context.signal.throwIfAborted();
            asked += 1;
            context.progress({
              phase: 'Raw pull',
              detail: `cutting ${zip} into exports of fewer than ${number(exportLimit)}`,
              done: asked,
              unit: asked === 1 ? 'count' : 'counts',
            });
            return countAt(session, [zip], slice);
          });
        }),
      ),
  });
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
    const zips = new Set(parts.flatMap((part) => part.zips)).size;
    return `${state} ${parts.length} (${count(zips, 'ZIP')})`;
  });
  return `${count(planned.length, 'export')}, ${count(records, 'record')}: ${states.join(', ')}`;
}
