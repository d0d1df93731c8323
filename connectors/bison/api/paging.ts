import { DataMismatch } from '../../../pipeline/errors.ts';
import { toCount, toRecord } from '../schema.ts';
import type { Http } from './http.ts';

/** No listing is longer than so many pages. */
const pagesAtMost = 20_000;

/**
 * Every row of a listing, each id once. Bison gives 15 a page whatever is asked for (docs/vendors.md#bison-paging): how
 * many a page holds is never looked at, only whether there is a next one.
 * @param take what is wanted of a row; the rest is dropped page by page
 */
export async function everyRow<T>(
  http: Http,
  path: string,
  query: Readonly<Record<string, string>>,
  take: (row: unknown) => readonly T[],
): Promise<readonly T[]> {
  const taken = new Map<string, readonly T[]>();
  let before = '';
  for (let page = 1; page <= pagesAtMost; page += 1) {
    const answer = await http.get(path, { ...query, page: String(page) });
    const rows = rowsIn(answer);
    if (rows === null) throw new DataMismatch(`Bison answered ${path} without rows`);
    const keys = rows.map(keyOf);
    // A server that ignores the page number would give the same page for ever.
    if (rows.length === 0 || keys.join() === before) break;
    before = keys.join();
    rows.forEach((row, index) => taken.set(keys[index] ?? '', take(row)));
    if (!hasNext(answer, page, taken.size)) break;
  }
  return [...taken.values()].flat();
}

function keyOf(row: unknown): string {
  const { id, uuid } = toRecord(row);
  return JSON.stringify(id ?? uuid ?? row);
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** The rows of a page: under `data`, under another name, or bare. `null` where there are none to be found. */
function rowsIn(answer: unknown): readonly unknown[] | null {
  if (isList(answer)) return answer;
  const record = toRecord(answer);
  if (record.data !== undefined) return rowsIn(record.data);
  const lists = Object.entries(record).flatMap(([name, value]) => (isList(value) && name !== 'links' ? [value] : []));
  return lists.length === 1 ? (lists[0] ?? null) : null;
}

/**
 * By the last page's number, else by the link to the next, else by the total; where the answer has none of them, one
 * more page is asked for.
 */
function hasNext(answer: unknown, page: number, taken: number): boolean {
  const record = toRecord(answer);
  const places = [record, toRecord(record.meta), toRecord(record.pagination), toRecord(record.data)];
  const number = (name: string) => places.map((place) => toCount(place[name])).find((found) => found !== null);
  const last = number('last_page') ?? number('total_pages');
  if (last !== undefined) return page < last;
  const next = [toRecord(record.links).next, ...places.map((place) => place.next_page_url)].find(
    (link) => link !== undefined,
  );
  if (next !== undefined) return next !== null && next !== '';
  const total = number('total');
  return total === undefined || taken < total;
}
