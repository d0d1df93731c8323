import { canonicalHeaders, type CanonicalHeader, type RawFields, type RawLead } from '../../pipeline/vocabulary.ts';
import { each, type InPieces } from '../../pipeline/turns.ts';
import { coleColumns, type HeaderStyle } from './cole-headers.ts';
import type { CsvFile, UnreadableRecord } from './read.ts';

export type RawLeads = {
  readonly leads: readonly RawLead[];
  readonly quarantined: readonly (UnreadableRecord & { readonly reason: 'unreadable' })[];
  readonly headerStyle: HeaderStyle;
  /** Race and ethnicity columns that were there and went no further. */
  readonly dropped: readonly string[];
};

/**
 * A Cole export under our 13 headers; every other column ends here.
 * @throws InvalidInput naming the required columns that are missing
 */
export function* toRawLeads(csv: CsvFile): InPieces<RawLeads> {
  const { style, valueOf, dropped } = coleColumns(csv.headers);
  return {
    leads: yield* each(csv.records, ({ line, values }) => ({
      line,
      fields: fieldsOf((header) => valueOf(header, values)),
    })),
    quarantined: csv.unreadable.map((record) => ({ ...record, reason: 'unreadable' })),
    headerStyle: style,
    dropped,
  };
}

function fieldsOf(value: (header: CanonicalHeader) => string): RawFields {
  // One entry per canonical header: that is what the record type says.
  return Object.fromEntries(canonicalHeaders.map((header) => [header, value(header)])) as Record<
    CanonicalHeader,
    string
  >;
}
