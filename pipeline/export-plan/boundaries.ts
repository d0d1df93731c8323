/** How many records have a value of at most `value`; asked of the vendor, so it is asked as rarely as possible. */
export type CountUpTo = (value: number) => Promise<number>;

/** A stretch of values, both ends included, and how many records it should hold. */
export type Stretch = { readonly from: number; readonly to: number; readonly count: number };

/**
 * Cuts the values `min … max` into the fewest neighbouring stretches that each hold at most `capacity` records. A
 * single value that holds more is a stretch of its own, for somebody else to cut further.
 *
 * Longest-first from the left is optimal. The first try takes any end that cannot cost a stretch by the count alone
 * and so asks little; only where its result is not provably the fewest is every longest end searched out, with all
 * answers so far remembered.
 *
 * @param thorough false: the first try is the answer, whether or not it is the fewest
 */
export async function fewestStretches(
  min: number,
  max: number,
  capacity: number,
  countUpTo: CountUpTo,
  thorough = true,
): Promise<readonly Stretch[]> {
  const known = new Map<number, number>([[min - 1, 0]]);
  const upTo = async (value: number): Promise<number> => {
    const answer = known.get(value) ?? (await countUpTo(value));
    known.set(value, answer);
    return answer;
  };
  const total = await upTo(max);
  const quick = await cut('any end that may do');
  return !thorough || quick.length <= Math.ceil(total / capacity) ? quick : cut('the longest');

  async function cut(end: 'any end that may do' | 'the longest'): Promise<readonly Stretch[]> {
    const stretches: Stretch[] = [];
    let from = min;
    let before = 0;
    while (from <= max) {
      const to = await lastOf(from, before, end);
      const reached = await upTo(to);
      stretches.push({ from, to, count: reached - before });
      from = to + 1;
      before = reached;
    }
    return stretches;
  }

  /** The last value of the stretch that begins at `from`; `from` itself where that alone is too much. */
  async function lastOf(from: number, before: number, end: 'any end that may do' | 'the longest'): Promise<number> {
    if (total - before <= capacity) return max;
    // `low` fits (or is `from - 1`), `high` does not.
    let [low, high] = bracket(from, before);
    const enough = Math.ceil((total - before - capacity) / capacity);
    for (let tries = 0; high - low > 1; tries += 1) {
      const done = end === 'any end that may do' && low >= from;
      if (done && Math.ceil((total - (known.get(low) ?? 0)) / capacity) <= enough) return low;
      const guess = await nextGuess(low, high, before, tries);
      if ((await upTo(guess)) - before <= capacity) low = guess;
      else high = guess;
    }
    return Math.max(low, from);
  }

  function bracket(from: number, before: number): [number, number] {
    let low = from - 1;
    let high = max;
    for (const [value, answer] of known) {
      if (value < from) continue;
      if (answer - before <= capacity) low = Math.max(low, value);
      else high = Math.min(high, value);
    }
    return [low, high];
  }

  /** Where a full stretch would end if records were spread evenly between what is known; kept inside the bracket. */
  async function nextGuess(low: number, high: number, before: number, tries: number): Promise<number> {
    const [atLow, atHigh] = [await upTo(low), await upTo(high)];
    const share = (before + capacity - atLow) / Math.max(1, atHigh - atLow);
    // Skewed values (home prices) defeat interpolation: after a first try, never go nearer than an eighth to either end.
    const fraction = tries === 0 ? share : Math.min(0.875, Math.max(0.125, share));
    return Math.min(high - 1, Math.max(low + 1, Math.floor(low + (high - low) * fraction)));
  }
}
