import { z } from 'zod';
import type { LeadBook } from '../../../pipeline/ports/leads.ts';
import type { Zip } from '../../../pipeline/vocabulary.ts';
import { all, type Db } from '../db.ts';
import { ofMonth } from './rows.ts';

const StoredSlice = z.object({
  zip: z.string(),
  slice: z.array(z.unknown()),
  slice_no: z.number(),
  slice_count: z.number(),
});

/** Which ZIPs of a month are stored, wholly or in slices. */
export function makeZips(db: Db): Pick<LeadBook, 'missingZips' | 'storedSlices' | 'pulledZips' | 'zipCounts'> {
  return {
    async missingZips(book, zips) {
      const rows = await all((from, to) =>
        db
          .from('client_zipcodes')
          .select('zip,slice_no,slice_count')
          .match({ ...ofMonth(book), filters_key: book.filtersKey })
          .order('zip')
          .order('slice_no')
          .range(from, to),
      );
      const stored = new Map<string, { have: number; of: number }>();
      for (const row of rows) {
        stored.set(row.zip, { have: (stored.get(row.zip)?.have ?? 0) + 1, of: row.slice_count });
      }
      return zips.filter((zip) => {
        const slices = stored.get(zip);
        return !slices || slices.have < slices.of;
      });
    },

    async storedSlices(book, zips) {
      const rows = await all((from, to) =>
        db
          .from('client_zipcodes')
          .select('zip,slice,slice_no,slice_count')
          .match({ ...ofMonth(book), filters_key: book.filtersKey })
          .gt('slice_count', 1)
          .order('zip')
          .order('slice_no')
          .range(from, to),
      );
      const wanted = new Set<string>(zips);
      return rows
        .filter(({ zip }) => wanted.has(zip))
        .map((row) => StoredSlice.parse(row))
        .map(({ zip, slice, slice_no, slice_count }) => ({ zip, slice, sliceNo: slice_no, sliceCount: slice_count }));
    },

    async pulledZips(book) {
      const rows = await all((from, to) =>
        db
          .from('client_zipcodes')
          .select('zip,slice_no')
          .match({ ...ofMonth(book), filters_key: book.filtersKey })
          .order('zip')
          .order('slice_no')
          .range(from, to),
      );
      // Written from planned ZIPs.
      return [...new Set(rows.map((row) => row.zip as Zip))];
    },

    async zipCounts(book) {
      const rows = await all((from, to) =>
        db.rpc('zip_counts', { p_client: book.client, p_month: book.month }).order('zip').range(from, to),
      );
      return rows;
    },
  };
}
