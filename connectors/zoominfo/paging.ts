import { z } from 'zod';
import { RequestRefused, UnexpectedAnswer } from '../../pipeline/ports/zoominfo.ts';
import type { Calls } from './calls.ts';
import { isList, isRecord } from './fields.ts';

/** docs/vendors.md#zoominfo-limits: more a page is an error, and so is a page that reaches past 1,000 records. */
const pageSize = 100;
const pages = 10;

export type Rows = {
  /** As they came, repeats included. */
  readonly rows: readonly unknown[];
  /** What the vendor says it has; the number of rows where it does not say. */
  readonly total: number;
};

type Body = Readonly<Record<string, unknown>> & { readonly page: number };
type Page = { readonly rows: readonly unknown[]; readonly total: number | null };

/**
 * All pages of a search that the vendor shows.
 * @param goOn told the first page's total; false leaves it at that page
 */
export async function allPages(
  calls: Calls,
  path: string,
  criteria: Readonly<Record<string, unknown>>,
  goOn: (total: number) => boolean = () => true,
): Promise<Rows> {
  const rows: unknown[] = [];
  const different = new Set<string>();
  let total: number | null = null;
  let usual = pageSize;
  let before = '';
  for (let page = 1; page <= pages; page += 1) {
    // Where the total counts repeated rows as well, everything has been seen already: asking for one page too many is
    // then harmless.
    const mayBeOver = total !== null && rows.length >= total;
    const read = await onePage(calls, path, { ...criteria, rpp: pageSize, page }, mayBeOver);
    // A server that ignores the page number would give the same page for ever.
    const same = JSON.stringify(read.rows);
    if (same === before) break;
    before = same;
    rows.push(...read.rows);
    for (const row of read.rows) different.add(JSON.stringify(row));
    total ??= read.total;
    // A server may give fewer a page than it was asked for.
    if (page === 1) usual = read.rows.length;
    const short = read.rows.length < usual;
    // The same row can be on two pages, and totals are of rows or of different ones: full pages with repeats go on.
    const complete = total === null ? short : different.size >= total || (short && rows.length >= total);
    if (read.rows.length === 0 || complete || (page === 1 && total !== null && !goOn(total))) break;
  }
  return { rows, total: total ?? rows.length };
}

async function onePage(calls: Calls, path: string, body: Body, mayBeOver: boolean): Promise<Page> {
  try {
    return pageIn(await calls.free({ method: 'POST', path, body }), path);
  } catch (error) {
    // What the vendor answers where there is no such page any more; seen by others, in a repository on GitHub.
    const beyond =
      error instanceof RequestRefused &&
      body.page > 1 &&
      (mayBeOver || /page.*(greater|available)/i.test(error.message));
    if (!beyond) throw error;
    return { rows: [], total: null };
  }
}

const Total = z.coerce.number().int().min(0).nullish().catch(null);
const totals = ['totalResults', 'totalCount', 'total'];

function pageIn(answer: unknown, path: string): Page {
  if (!isRecord(answer)) throw new UnexpectedAnswer(path, ['the answer is no object']);
  const rows = rowsIn(answer.data);
  const name = totals.find((each) => answer[each] !== undefined && answer[each] !== null);
  const total = name === undefined ? null : (Total.parse(answer[name]) ?? null);
  // An answer without rows is taken as "none" only where the vendor says so (a total of 0).
  if (rows === null && total !== 0) throw new UnexpectedAnswer(path, ['data: missing']);
  return { rows: rows ?? [], total };
}

/** A list; a list inside an object; one row by itself. */
function rowsIn(data: unknown): readonly unknown[] | null {
  if (isList(data)) return data;
  if (!isRecord(data)) return null;
  const inner = data.result ?? data.results ?? data.data;
  if (isList(inner)) return inner;
  return Object.keys(data).length === 0 ? [] : [data];
}
