import { stringify } from 'csv-stringify/sync';

/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), full-width forms included. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/** A negative number, or a phone number in E.164: they begin like a formula and are none. */
const harmless = /^(?:-\$?\d[\d,]*(?:\.\d+)?|\+\d{7,15})$/;

/** A cell that no spreadsheet computes: what looks like a formula gets an apostrophe in front. */
export function neutralised(cell: string): string {
  return formula.test(cell) && !harmless.test(cell) ? `'${cell}` : cell;
}

const written = { record_delimiter: 'windows', quote_record_delimiter: true } as const;

/** RFC 4180: commas, CRLF, quotes where they are needed; header line first, formulas neutralised. */
export function writeCsv(headers: readonly string[], rows: Iterable<readonly string[]>): string {
  return stringify(
    [headers, ...rows].map((row) => row.map(neutralised)),
    written,
  );
}

/** Rows written at a time: some milliseconds' work. */
const atATime = 250;

/** The same, part by part, for files that nobody should hold as one text. */
export function* csvParts(headers: readonly string[], rows: readonly (readonly string[])[]): Generator<string> {
  yield writeCsv(headers, []);
  for (let from = 0; from < rows.length; from += atATime) {
    yield stringify(
      rows.slice(from, from + atATime).map((row) => row.map(neutralised)),
      written,
    );
  }
}
