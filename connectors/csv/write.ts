import { stringify } from 'csv-stringify/sync';

/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), full-width forms included. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/** A negative number, or a phone number in E.164: they begin like a formula and are none. */
const harmless = /^(?:-\$?\d[\d,]*(?:\.\d+)?|\+\d{7,15})$/;

/** A cell that no spreadsheet computes: what looks like a formula gets an apostrophe in front. */
export function neutralised(cell: string): string {
  return formula.test(cell) && !harmless.test(cell) ? `'${cell}` : cell;
}

/** RFC 4180: commas, CRLF, quotes where they are needed; header line first, formulas neutralised. */
export function writeCsv(headers: readonly string[], rows: Iterable<readonly string[]>): string {
  const cells = [headers, ...rows].map((row) => row.map(neutralised));
  return stringify(cells, { record_delimiter: 'windows', quote_record_delimiter: true });
}
