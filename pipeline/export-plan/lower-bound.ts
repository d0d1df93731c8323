/**
 * How many bins any packing needs at least. The largest of three known bounds; sizes are whole numbers from 1 to
 * `capacity`, all arithmetic is on whole numbers.
 */
export function binsAtLeast(sizes: readonly number[], capacity: number): number {
  if (sizes.length === 0) return 0;
  return Math.max(bySum(sizes, capacity), byLargeItems(sizes, capacity), byDualFunctions(sizes, capacity));
}

function bySum(sizes: readonly number[], capacity: number): number {
  return Math.ceil(sum(sizes) / capacity);
}

/** Martello and Toth's L2: items above half a bin never share one; what is left beside them takes only small items. */
function byLargeItems(sizes: readonly number[], capacity: number): number {
  const bounds = [0, ...new Set(sizes.filter((size) => size * 2 <= capacity))].map((smallest) => {
    const alone = sizes.filter((size) => size > capacity - smallest).length;
    const large = sizes.filter((size) => size * 2 > capacity && size <= capacity - smallest);
    const small = sizes.filter((size) => size * 2 <= capacity && size >= smallest);
    const room = large.length * capacity - sum(large);
    return alone + large.length + Math.max(0, Math.ceil((sum(small) - room) / capacity));
  });
  return Math.max(...bounds);
}

/**
 * Fekete and Schepers' dual feasible functions u(k): with k = 2 an item above a third counts as a half, so three such
 * items are seen not to fit together where their sum alone would let them.
 */
function byDualFunctions(sizes: readonly number[], capacity: number): number {
  const bounds = [2, 3, 4, 5, 6, 7, 8, 9, 10].map((k) => {
    // Every weight times k × capacity, to stay with whole numbers.
    const weights = sizes.map((size) => {
      const parts = (k + 1) * size;
      return parts % capacity === 0 ? k * size : Math.floor(parts / capacity) * capacity;
    });
    return Math.ceil(sum(weights) / (k * capacity));
  });
  return Math.max(...bounds);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
