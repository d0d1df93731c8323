/** A header as people vary it, without what they vary: `First_Name`, `first name` and `FIRST-NAME` are `firstname`. */
export function headerKey(header: string): string {
  return header.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/**
 * Columns whose header is one of the names (as keys), in the names' order: the first is preferred. What a header says in
 * brackets at its end (`Purchase_Date (MM/DD/YYYY)`) may be missing in its name.
 */
export function columnsNamed(headers: readonly string[], names: readonly string[]): readonly number[] {
  const keys = headers.map((header) => [headerKey(header), headerKey(header.replace(/\s*\([^()]*\)\s*$/, ''))]);
  return names.flatMap((name) => keys.flatMap((key, column) => (key.includes(name) ? [column] : [])));
}

/** The first of the columns that holds something, trimmed of nothing; `''` where none does. */
export function firstFilled(values: readonly string[], columns: readonly number[]): string {
  const filled = columns.find((column) => (values[column] ?? '').trim() !== '');
  return filled === undefined ? '' : (values[filled] ?? '');
}
