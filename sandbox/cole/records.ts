import { setImmediate } from 'node:timers/promises';
import { recordCount } from '../households/character.ts';
import { householdsOf, type Household } from '../households/household.ts';
import type { World } from '../households/world.ts';
import { matches, sliceKey, type Query } from './query.ts';

/** The vendor's database: nothing in it is kept but what was lately asked for. */
export type Records = {
  /** Quick without filters; with them each ZIP and month is looked through once and its count remembered. */
  count(query: Query): Promise<number>;
  /** In the order of the ZIPs given, month by month. */
  list(query: Query): readonly Household[];
  /** The first few, for the preview. */
  first(query: Query, count: number): readonly Household[];
};

const allMonths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const keptRows = 60_000;

export function makeRecords(world: World, thisYear: () => number): Records {
  const counts = new Map<string, number>();
  const kept = new Map<string, readonly Household[]>();

  function households(zip: string, month: number): readonly Household[] {
    const key = `${zip}/${month}`;
    const list = kept.get(key) ?? householdsOf(world, zip, month);
    kept.delete(key);
    kept.set(key, list);
    let rows = [...kept.values()].reduce((sum, { length }) => sum + length, 0);
    for (const [oldest, { length }] of kept) {
      if (rows <= keptRows || oldest === key) break;
      kept.delete(oldest);
      rows -= length;
    }
    return list;
  }

  function matching(query: Query, zip: string, month: number): readonly Household[] {
    const list = households(zip, month);
    return sliceKey(query) === '' ? list : list.filter((household) => matches(household, query, thisYear()));
  }

  const months = ({ filters }: Query) => (filters.month === null ? allMonths : [filters.month]);

  return {
    async count(query) {
      const slice = sliceKey(query);
      let sum = 0;
      for (const zip of query.zips) {
        for (const month of months(query)) {
          if (slice === '') {
            sum += recordCount(world, zip, month);
            continue;
          }
          const key = `${zip}/${month}/${thisYear()}/${slice}`;
          let count = counts.get(key);
          if (count === undefined) {
            count = matching(query, zip, month).length;
            counts.set(key, count);
            // Other logins go on while a big list is looked through.
            await setImmediate();
          }
          sum += count;
        }
      }
      return sum;
    },
    list: (query) => query.zips.flatMap((zip) => months(query).flatMap((month) => matching(query, zip, month))),
    first(query, count) {
      const found: Household[] = [];
      for (const zip of query.zips) {
        for (const month of months(query)) {
          if (found.length >= count) return found;
          found.push(...matching(query, zip, month).slice(0, count - found.length));
        }
      }
      return found;
    },
  };
}
