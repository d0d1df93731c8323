import { exportLimit, type SlicePart } from '../ports/cole.ts';
import type { Zip } from '../vocabulary.ts';
import { packZips } from './pack.ts';
import type { CountedSlice } from './slice.ts';

/** One export: these ZIPs, cut by these filters, with the records it should hold. */
export type ExportPart = {
  readonly zips: readonly Zip[];
  /** Empty for whole ZIPs. */
  readonly slice: readonly SlicePart[];
  readonly count: number;
};

export type ExportPlan = {
  readonly parts: readonly ExportPart[];
  /** ZIPs without a record that no export carries; they are done without one. */
  readonly empty: readonly Zip[];
  /** Whether fewer exports are known to be impossible. */
  readonly proven: boolean;
};

/**
 * The exports that one login needs: whole ZIPs packed together, then the ZIPs that reach the limit alone, in parts.
 *
 * @param counts records per ZIP, for one login and one set of filters
 * @param slice splits a ZIP that is too big, with the page at hand (see `sliceZip`)
 */
export async function planExports(
  counts: ReadonlyMap<Zip, number>,
  slice: (zip: Zip, total: number) => Promise<readonly CountedSlice[]>,
  limit: number = exportLimit,
): Promise<ExportPlan> {
  const { groups, tooBig, empty, proven } = packZips(counts, limit);
  const parts: ExportPart[] = groups.map(({ zips, count }) => ({ zips, slice: [], count }));
  for (const zip of tooBig) {
    const slices = await slice(zip, counts.get(zip) ?? 0);
    parts.push(...slices.map((part) => ({ zips: [zip], slice: part.slice, count: part.count })));
  }
  return { parts, empty, proven };
}
