import { exportLimit } from '../ports/cole.ts';
import type { Zip } from '../vocabulary.ts';
import { bestFit, evenFit, fullestFit, searchPacking, type Packing } from './bins.ts';
import { binsAtLeast } from './lower-bound.ts';

export type ZipGroup = { readonly zips: readonly Zip[]; readonly count: number };

export type ZipPacking = {
  /** Every ZIP below the limit exactly once; ZIPs in order, groups by their first ZIP. */
  readonly groups: readonly ZipGroup[];
  /** ZIPs that reach the limit alone: they need `sliceZip`. */
  readonly tooBig: readonly Zip[];
  /** ZIPs without a record, where no group exists that they could be added to: there is nothing to export. */
  readonly empty: readonly Zip[];
  /** No packing has fewer groups. False only where the search gave up. */
  readonly proven: boolean;
};

/**
 * How many placements the search tries before it gives up. Counted instead of timed, so that every machine finds the
 * same packing; well under a second.
 */
const effort = 4_000_000;

/**
 * Puts ZIPs together so that each group stays below `limit` records and there are as few groups as possible. Within
 * the fewest, groups are as even as can be had cheaply: between the count and the export a record may be added, and a
 * group filled to the brim would no longer fit. The same counts give the same groups.
 */
export function packZips(counts: ReadonlyMap<Zip, number>, limit: number = exportLimit): ZipPacking {
  const capacity = limit - 1;
  const all = [...counts].toSorted(([zipA, a], [zipB, b]) => b - a || (zipA < zipB ? -1 : 1));
  const tooBig = all.filter(([, count]) => count > capacity).map(([zip]) => zip);
  const items = all.filter(([, count]) => count > 0 && count <= capacity);
  const riders = all.filter(([, count]) => count <= 0).map(([zip]) => zip);
  const sizes = items.map(([, count]) => count);

  const { packing, proven } = fewestBins(sizes, capacity);
  const groups: { zips: Zip[]; count: number }[] = [];
  items.forEach(([zip, count], item) => {
    const group = (groups[packing[item] ?? 0] ??= { zips: [], count: 0 });
    group.zips.push(zip);
    group.count += count;
  });
  const roomiest = groups.toSorted((a, b) => a.count - b.count).at(0);
  roomiest?.zips.push(...riders);
  groups.forEach(({ zips }) => zips.sort());
  return {
    groups: groups.toSorted((a, b) => ((a.zips[0] ?? '') < (b.zips[0] ?? '') ? -1 : 1)),
    tooBig: tooBig.toSorted(),
    empty: roomiest ? [] : riders,
    proven,
  };
}

function fewestBins(sizes: readonly number[], capacity: number): { packing: Packing; proven: boolean } {
  const least = binsAtLeast(sizes, capacity);
  let packing = [bestFit, fullestFit]
    .map((fit) => fit(sizes, capacity))
    .reduce((a, b) => (binsIn(b) < binsIn(a) ? b : a));
  let bins = binsIn(packing);
  let proven = bins === least;
  for (let target = least; target < bins; target += 1) {
    const found = searchPacking(sizes, capacity, target, effort);
    if (found === 'gave up') break;
    proven = true;
    if (found === 'none') continue;
    packing = found;
    bins = target;
  }
  return { packing: evenFit(sizes, capacity, bins) ?? packing, proven };
}

function binsIn(packing: Packing): number {
  return packing.reduce((most, bin) => Math.max(most, bin + 1), 0);
}
