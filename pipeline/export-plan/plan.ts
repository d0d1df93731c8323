import { exportLimit, type SlicePart } from '../ports/cole.ts';
import type { Zip } from '../vocabulary.ts';
import type { Grouping } from './group.ts';
import { packZips } from './pack.ts';
import type { CountedSlice } from './slice.ts';

/** One export: these ZIPs, cut by these filters, with the records it should hold. */
type ExportPart = {
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

/** What a plan asks of the vendor, for one login and one set of filters. Each answer may be remembered as a whole. */
export type PlanQuestions = {
  /** See `groupZips`. */
  group(): Promise<Grouping>;
  /** Records of each of these ZIPs. */
  countEach(zips: readonly Zip[]): Promise<ReadonlyMap<Zip, number>>;
  /** Splits a ZIP that is too big, with the page at hand (see `sliceZip`). */
  slice(zip: Zip, total: number): Promise<readonly CountedSlice[]>;
};

/** The exports that one login needs: whole ZIPs together, then the ZIPs that reach the limit alone, in parts. */
export async function planExports(ask: PlanQuestions, limit: number = exportLimit): Promise<ExportPlan> {
  const { groups, tooBig, rest } = await ask.group();
  const packed = groups ? { groups, empty: [], proven: true } : packZips(await ask.countEach(rest), limit);
  const parts: ExportPart[] = packed.groups.map(({ zips, count }) => ({ zips, slice: [], count }));
  for (const { zips, count } of tooBig) {
    const [zip] = zips;
    if (zip === undefined) continue;
    const slices = await ask.slice(zip, count);
    parts.push(...slices.map((part) => ({ zips: [zip], slice: part.slice, count: part.count })));
  }
  // Without any group there may be ZIPs without a record beside those that are too big.
  const carried = new Set(packed.groups.flatMap(({ zips }) => zips));
  return { parts, empty: rest.filter((zip) => !carried.has(zip)), proven: packed.proven };
}
