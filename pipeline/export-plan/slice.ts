import { NeedsHuman } from '../errors.ts';
import { exportLimit, type SlicePart, type Slicing } from '../ports/cole.ts';
import { fewestStretches } from './boundaries.ts';

/** The records of one ZIP under these filters, all of them at once. */
export type CountSlice = (slice: readonly SlicePart[]) => Promise<number>;

export type CountedSlice = { readonly slice: readonly SlicePart[]; readonly count: number };

/** A way that was tried and did not add up, for the question to a person. */
type Misfit = { readonly by: string; readonly parts: number; readonly blanks: number | null; readonly of: number };

/**
 * Splits one ZIP that reaches the limit into disjoint parts below it, along the filters that the page offers, in the
 * page's order of preference. The parts' own counts must add up to the ZIP's; records without the value go into one
 * part of their own where the ranges leave them out. A single value (one purchase year) that still reaches the limit
 * is split along the next filter.
 *
 * @param total records of the whole ZIP, as counted
 * @throws NeedsHuman (DATA) with the numbers, when no filter adds up or none is fine enough
 */
export async function sliceZip(
  total: number,
  slicings: readonly Slicing[],
  count: CountSlice,
  limit: number = exportLimit,
): Promise<readonly CountedSlice[]> {
  const misfits: Misfit[] = [];
  const parts = await sliceFurther([], total);
  if (parts) return parts;
  const facts = Object.fromEntries(
    misfits.map(({ by, parts: sum, blanks, of }) => [
      `by ${by}`,
      `parts ${sum}${blanks === null ? '' : `, without a value ${blanks}`}, of ${of}`,
    ]),
  );
  throw new NeedsHuman('DATA', `A ZIP with ${total} records cannot be split into parts that add up`, {
    todo: `Look at the ZIP on Cole's page: each export must stay below ${limit} records.`,
    facts: { total, limit, ...facts },
  });

  async function sliceFurther(outer: readonly SlicePart[], whole: number): Promise<readonly CountedSlice[] | null> {
    const used = new Set(outer.map(({ by }) => by));
    for (const slicing of slicings) {
      if (used.has(slicing.by) || slicing.max < slicing.min) continue;
      const found = await sliceAlong(slicing, outer, whole);
      if (found) return found;
    }
    return null;
  }

  async function sliceAlong(
    slicing: Slicing,
    outer: readonly SlicePart[],
    whole: number,
  ): Promise<readonly CountedSlice[] | null> {
    const { by, min, max } = slicing;
    const asked = new Map<string, number>();
    const ask = async (part: SlicePart): Promise<number> => {
      const key = JSON.stringify(part);
      const answer = asked.get(key) ?? (await count([...outer, part]));
      asked.set(key, answer);
      return answer;
    };
    const stretches = await fewestStretches(min, max, limit - 1, (to) => ask({ by, from: null, to }));
    const parts = stretches.map(({ from, to }): SlicePart => {
      // Both ends of the whole are open, the page's bounds may be a record behind; but a range open at both ends would
      // be no filter at all, and hold the blanks as well.
      const openEnd = to === max && from !== min;
      return { by, from: from === min ? null : from, to: openEnd ? null : to };
    });
    const counted: { part: SlicePart; count: number }[] = [];
    for (const part of parts) counted.push({ part, count: await ask(part) });
    const sum = counted.reduce((records, entry) => records + entry.count, 0);
    let blanks: number | null = null;
    if (sum < whole && slicing.blanks) {
      const part: SlicePart = { by, blank: true };
      blanks = await ask(part);
      counted.push({ part, count: blanks });
    }
    if (sum + (blanks ?? 0) !== whole) {
      misfits.push({ by: [...outer, { by }].map((one) => one.by).join(' then '), parts: sum, blanks, of: whole });
      return null;
    }
    return keepBelowLimit(counted, outer);
  }

  async function keepBelowLimit(
    counted: readonly { part: SlicePart; count: number }[],
    outer: readonly SlicePart[],
  ): Promise<readonly CountedSlice[] | null> {
    const slices: CountedSlice[] = [];
    for (const { part, count: records } of counted) {
      const slice = [...outer, part];
      const inner = records < limit ? [{ slice, count: records }] : await sliceFurther(slice, records);
      if (!inner) return null;
      slices.push(...inner);
    }
    return slices.filter(({ count: records }) => records > 0);
  }
}
