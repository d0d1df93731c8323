/** A packing: the bin of each item, by the item's index. */
export type Packing = readonly number[];

/** Items in decreasing size into the fullest bin that still takes them. `sizes` must be in decreasing order. */
export function bestFit(sizes: readonly number[], capacity: number): Packing {
  const free: number[] = [];
  return sizes.map((size) => {
    let best = -1;
    free.forEach((room, bin) => {
      if (room >= size && (best < 0 || room < (free[best] ?? 0))) best = bin;
    });
    if (best < 0) best = free.push(capacity) - 1;
    free[best] = (free[best] ?? 0) - size;
    return best;
  });
}

/**
 * One bin after the other, each around the largest item left and filled as full as the others allow (subset sums, large
 * items first). Finds the packings of a few large items per bin that `bestFit` misses.
 */
export function fullestFit(sizes: readonly number[], capacity: number): Packing {
  const packing: number[] = sizes.map(() => -1);
  const open = new Set(sizes.keys());
  for (let bin = 0; open.size > 0; bin += 1) {
    const [largest = 0, ...others] = open;
    const room = capacity - (sizes[largest] ?? 0);
    // lastItem[sum]: the item that first reached this sum; following it back gives the items of the sum.
    const lastItem = new Int32Array(room + 1).fill(-1);
    let best = 0;
    for (const item of others) {
      const size = sizes[item] ?? 0;
      for (let sum = room; sum >= size; sum -= 1) {
        const from = sum - size;
        if (lastItem[sum] !== -1 || (from > 0 && lastItem[from] === -1)) continue;
        lastItem[sum] = item;
        best = Math.max(best, sum);
      }
      if (best === room) break;
    }
    const chosen = [largest];
    for (let sum = best; sum > 0; sum -= sizes[chosen.at(-1) ?? 0] ?? 0) chosen.push(lastItem[sum] ?? 0);
    for (const item of chosen) {
      packing[item] = bin;
      open.delete(item);
    }
  }
  return packing;
}

/** Items in decreasing size into the emptiest of `bins` bins: the evenest packing, where it fits at all. */
export function evenFit(sizes: readonly number[], capacity: number, bins: number): Packing | null {
  const free = Array.from({ length: bins }, () => capacity);
  const packing = sizes.map((size) => {
    const bin = free.indexOf(Math.max(...free));
    free[bin] = (free[bin] ?? 0) - size;
    return bin;
  });
  return free.every((room) => room >= 0) ? packing : null;
}

/**
 * Depth-first search for a packing into exactly `bins` bins. Items in decreasing order; bins with equal room are the
 * same bin; an item that fills a bin exactly goes there without trying another; a branch ends once the room that no
 * remaining item fits into is more than there is to waste.
 *
 * @returns a packing, `'none'` where there is none, or `'gave up'` after `effort` looks into a bin
 */
export function searchPacking(
  sizes: readonly number[],
  capacity: number,
  bins: number,
  effort: number,
): Packing | 'none' | 'gave up' {
  const free = Array.from({ length: bins }, () => capacity);
  const packing: number[] = [];
  const spare = bins * capacity - sizes.reduce((total, size) => total + size, 0);
  const smallest = sizes.at(-1) ?? 0;
  let left = effort;

  const place = (item: number): boolean => {
    const size = sizes[item];
    if (size === undefined) return true;
    if (free.reduce((waste, room) => waste + (room < smallest ? room : 0), 0) > spare) return false;
    const exact = free.indexOf(size);
    const seen = new Set<number>();
    const choices = exact >= 0 ? [exact] : free.keys();
    for (const bin of choices) {
      const room = free[bin] ?? 0;
      if (room < size || seen.has(room)) continue;
      seen.add(room);
      left -= bins;
      if (left < 0) return false;
      free[bin] = room - size;
      packing[item] = bin;
      if (place(item + 1)) return true;
      free[bin] = room;
    }
    return false;
  };

  if (spare < 0) return 'none';
  if (place(0)) return packing;
  return left < 0 ? 'gave up' : 'none';
}
