/** In groups of at most `size`, none empty. */
export function batchesOf<T>(values: readonly T[], size: number): (readonly T[])[] {
  const groups: (readonly T[])[] = [];
  for (let from = 0; from < values.length; from += size) groups.push(values.slice(from, from + size));
  return groups;
}
