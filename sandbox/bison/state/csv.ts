import { parse } from 'csv-parse/sync';

export type Csv = { readonly headers: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** What a lenient vendor makes of a file: short rows and stray quotes pass. Null when nothing can be made of it. */
export function readCsv(bytes: Buffer | string): Csv | null {
  try {
    const lines = parse(bytes, {
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
    const [headers, ...rows] = lines;
    return headers ? { headers, rows } : null;
  } catch {
    return null;
  }
}
