import { exportLimit } from '../ports/cole.ts';
import type { Zip } from '../vocabulary.ts';
import { fewestStretches, type Stretch } from './boundaries.ts';
import type { ZipGroup } from './pack.ts';

/** Records of these ZIPs together, asked of the vendor. */
export type CountZips = (zips: readonly Zip[]) => Promise<number>;

export type Grouping = {
  /** Neighbours in ZIP order, as few groups as there can be; or null where only counts of every ZIP can tell. */
  readonly groups: readonly ZipGroup[] | null;
  /** ZIPs that reach the limit alone, with their counts: they need `sliceZip`. */
  readonly tooBig: readonly ZipGroup[];
  /** The others, in order: what a packing has to place where `groups` is null. */
  readonly rest: readonly Zip[];
};

/**
 * Groups ZIPs into exports with a handful of counts instead of one a ZIP: neighbouring ZIPs are counted together, and a
 * cut into ⌈records ÷ (limit − 1)⌉ groups needs no proof that it is the fewest. Where the neighbours do not fall that
 * well, the answer is null and every ZIP is worth its count (`packZips`).
 *
 * @param total records of all of them, as counted
 */
export async function groupZips(
  zips: readonly Zip[],
  total: number,
  count: CountZips,
  limit: number = exportLimit,
): Promise<Grouping> {
  const capacity = limit - 1;
  const inOrder = zips.toSorted();
  const upTo = remembered(inOrder, total, count);
  const tooBig: ZipGroup[] = [];
  let rest = inOrder;
  let left = total;
  for (;;) {
    if (left === 0) return { groups: [], tooBig, rest };
    if (left <= capacity) return { groups: [{ zips: rest, count: left }], tooBig, rest };
    const now = rest;
    const gone = [...tooBig];
    const restUpTo = async (place: number) => {
      const last = now[place - 1] ?? '';
      const before = gone.filter((group) => (group.zips[0] ?? '') < last);
      return (await upTo(last)) - before.reduce((sum, group) => sum + group.count, 0);
    };
    const stretches = await cut(now.length, left, capacity, restUpTo);
    const big = stretches.filter((stretch) => stretch.count > capacity);
    if (big.length === 0) {
      const fewest = stretches.length === Math.ceil(left / capacity);
      return { groups: fewest ? stretches.map((stretch) => groupOf(now, stretch)) : null, tooBig, rest };
    }
    // A stretch above the capacity is a single ZIP. Without it the others are neighbours anew.
    const found = big.map((stretch) => groupOf(now, stretch));
    tooBig.push(...found);
    const out = new Set(found.flatMap((group) => group.zips));
    rest = rest.filter((zip) => !out.has(zip));
    left -= found.reduce((sum, group) => sum + group.count, 0);
  }
}

/** Records of all ZIPs up to one and with it, each asked for once. */
function remembered(zips: readonly Zip[], total: number, count: CountZips): (last: string) => Promise<number> {
  const known = new Map<string, number>([[zips.at(-1) ?? '', total]]);
  return async (last) => {
    const answer = known.get(last) ?? (await count(zips.filter((zip) => zip <= last)));
    known.set(last, answer);
    return answer;
  };
}

/**
 * ZIPs that are too big are found first, by whatever cut. Groups are first tried with room to spare (a record may be
 * added between the count and the export), then filled up to the limit.
 */
async function cut(
  places: number,
  total: number,
  capacity: number,
  upTo: (place: number) => Promise<number>,
): Promise<readonly Stretch[]> {
  const fewest = Math.ceil(total / capacity);
  const roomy = Math.floor((capacity + Math.ceil(total / fewest)) / 2);
  const tries = [
    { room: roomy, thorough: false },
    { room: capacity, thorough: false },
    { room: capacity, thorough: true },
  ];
  let stretches: readonly Stretch[] = [];
  for (const { room, thorough } of tries) {
    stretches = await fewestStretches(1, places, room, upTo, thorough);
    if (stretches.length === fewest || stretches.some((stretch) => stretch.count > capacity)) break;
  }
  return stretches;
}

function groupOf(zips: readonly Zip[], { from, to, count }: Stretch): ZipGroup {
  return { zips: zips.slice(from - 1, to), count };
}
