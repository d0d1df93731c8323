import { householdKey } from '../../pipeline/normalise/address.ts';
import { normaliseRow } from '../../pipeline/normalise/row.ts';
import type { IngestedRow } from '../../pipeline/ports/leads.ts';
import { renewalDate } from '../../pipeline/renewal.ts';
import { canonicalHeaders, type Month, type RawFields } from '../../pipeline/vocabulary.ts';

/** A line of an export as PT1 hands it to the store, before anybody judged its e-mail. */
export function unverifiedRow(line: number, month: Month, values: Partial<RawFields>): IngestedRow {
  // One entry per canonical header: that is what the record type says.
  const fields = Object.fromEntries(canonicalHeaders.map((header) => [header, values[header] ?? ''])) as RawFields;
  const lead = normaliseRow(fields);
  return {
    line,
    fields,
    lead,
    renewalDate: lead.purchaseDate && renewalDate(lead.purchaseDate, month),
    householdKey: householdKey(lead.email ?? '', lead.address),
    judgement: { state: 'unverified', reason: null },
  };
}
