/** Text by code unit: the same order on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Ids of digits as numbers (`9` before `10`), any other as text behind them. */
export function compareIds(a: string, b: string): number {
  const [digitsA, digitsB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (digitsA !== digitsB) return digitsA ? -1 : 1;
  if (!digitsA) return compareText(a, b);
  const [numberA, numberB] = [BigInt(a), BigInt(b)];
  return numberA < numberB ? -1 : numberA > numberB ? 1 : compareText(a, b);
}

/** The first comparison that tells two apart decides. */
export function byEach<T>(...comparisons: readonly ((a: T, b: T) => number)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const compare of comparisons) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}
