import type { Item, Limits } from './item.ts';

/**
 * The most leads that fit into `capacity`; of equal ones the fewest items, then the least distance, then the first in
 * order. Exact, by dynamic programming over items and room: a few million additions for a donor with 300 ZIPs.
 *
 * @returns indices of the chosen items, in order
 */
function fill(items: readonly Item[], capacity: number): readonly number[] {
  const all = items.reduce((sum, { leads }) => sum + leads, 0);
  const room = Math.min(capacity, all);
  // What the items from `index` on can make of each room; the loop goes backwards, so that earlier items win ties.
  const leads = new Int32Array(room + 1);
  const count = new Int32Array(room + 1);
  const distance = new Float64Array(room + 1);
  const takes = items.map(() => new Uint8Array(room + 1));
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    const take = takes[index];
    if (!item || !take) continue;
    for (let free = room; free >= item.leads; free -= 1) {
      const rest = free - item.leads;
      const taken = { leads: at(leads, rest) + item.leads, count: at(count, rest) + 1, distance: at(distance, rest) };
      const gain = taken.leads - at(leads, free) || at(count, free) - taken.count;
      const nearer = at(distance, free) - (taken.distance + item.distance);
      if (gain < 0 || (gain === 0 && nearer < 0)) continue;
      leads[free] = taken.leads;
      count[free] = taken.count;
      distance[free] = taken.distance + item.distance;
      take[free] = 1;
    }
  }
  const chosen: number[] = [];
  let free = room;
  items.forEach((item, index) => {
    if (takes[index]?.[free] !== 1) return;
    chosen.push(index);
    free -= item.leads;
  });
  return chosen;
}

/** Ways to tell apart who gives the ZIPs that several donors have; more than these are not tried. */
const maxWays = 64;

/**
 * A level taken whole: all items, or the most that the limits let through, by the same rules. Donors are filled one by
 * one; a ZIP that several of them have is tried with each.
 */
export function fillAll(
  items: readonly Item[],
  limits: Limits,
): { readonly chosen: readonly number[]; readonly proven: boolean } {
  const limited = new Set(limits.donors.flatMap((donor) => donor.items));
  const free = [...items.keys()].filter((index) => !limited.has(index));
  const known = new Map<string, readonly number[]>();
  const filled = (donor: Limits['donors'][number], banned: ReadonlySet<number>): readonly number[] => {
    const own = donor.items.filter((index) => !banned.has(index));
    const key = `${limits.donors.indexOf(donor)}:${own.join()}`;
    const ofDonor = own.flatMap((index) => items[index] ?? []);
    const chosen = known.get(key) ?? fill(ofDonor, donor.leads).flatMap((position) => own[position] ?? []);
    known.set(key, chosen);
    return chosen;
  };

  // Each way allows one of the donors that have the same ZIP, and bans the others.
  const all = limits.onlyOneOf.reduce((ways, same) => ways * same.length, 1);
  const ways = limits.onlyOneOf.reduce<readonly (readonly number[])[]>(
    (tried, same) =>
      tried.flatMap((banned) =>
        (all <= maxWays ? same : same.slice(0, 1)).map((one) => [...banned, ...same.filter((other) => other !== one)]),
      ),
    [[]],
  );
  const [first = [], ...others] = ways.map((banned) => {
    const out = new Set(banned);
    return [...free.filter((index) => !out.has(index)), ...limits.donors.flatMap((donor) => filled(donor, out))].sort(
      (a, b) => a - b,
    );
  });
  return {
    chosen: others.reduce((best, one) => (isBetter(items, one, best) ? one : best), first),
    proven: all <= maxWays,
  };
}

/** More leads, then fewer items, then nearer, then first in order. */
function isBetter(items: readonly Item[], a: readonly number[], b: readonly number[]): boolean {
  const sum = (of: readonly number[], what: keyof Item): number =>
    of.reduce((total, index) => total + (items[index]?.[what] ?? 0), 0);
  const difference =
    sum(b, 'leads') - sum(a, 'leads') || a.length - b.length || sum(a, 'distance') - sum(b, 'distance');
  const position = a.findIndex((index, place) => index !== b[place]);
  return (difference || (a[position] ?? 0) - (b[position] ?? 0)) < 0;
}

function at(values: Int32Array | Float64Array, index: number): number {
  return values[index] ?? 0;
}
