import { z } from 'zod';
import type { BookKey } from '../../../pipeline/ports/leads.ts';
import type { InPieces } from '../../../pipeline/turns.ts';
import { leadStates, verdicts, type Day, type Lead, type Zip } from '../../../pipeline/vocabulary.ts';

// Rows a request when people's rows travel: large enough to be quick, small enough for a hosted project's limits.
export const batchRows = 2_000;

/** What every query of the lead tables names. */
export const ofMonth = (book: BookKey) => ({ client: book.client, month: book.month });

export const leadColumns =
  'id,ordinal,line,first_name,greeting_name,last_name,address,city,state,zip,phone,phone_blanked,email,household_key,purchase_date,home_value,head_household,income,date_of_birth,verdict,lead_state,reason';

export const LeadRow = z.object({
  id: z.number(),
  ordinal: z.number(),
  line: z.number(),
  first_name: z.string(),
  greeting_name: z.string(),
  last_name: z.string(),
  address: z.string(),
  city: z.string(),
  state: z.string(),
  zip: z.string().nullable(),
  phone: z.string().nullable(),
  phone_blanked: z.boolean(),
  email: z.string().nullable(),
  household_key: z.string().nullable(),
  purchase_date: z.string().nullable(),
  home_value: z.number().nullable(),
  head_household: z.string(),
  income: z.string(),
  date_of_birth: z.string().nullable(),
  verdict: z.enum(verdicts).nullable(),
  lead_state: z.enum(leadStates),
  reason: z.string().nullable(),
});

export function toLead(row: z.output<typeof LeadRow>): Lead {
  return {
    firstName: row.first_name,
    greetingName: row.greeting_name,
    lastName: row.last_name,
    address: row.address,
    city: row.city,
    state: row.state,
    zip: row.zip as Zip | null,
    phone: row.phone,
    phoneBlanked: row.phone_blanked,
    email: row.email,
    purchaseDate: row.purchase_date as Day | null,
    homeValue: row.home_value,
    headHousehold: row.head_household,
    income: row.income,
    dateOfBirth: row.date_of_birth as Day | null,
  };
}

/**
 * "By export, then line" (docs/sop.md#lead-states): the order that decides who keeps a place. An export is sorted at a
 * time.
 */
export function* inOrder<Made>(
  rows: readonly z.output<typeof LeadRow>[],
  make: (row: z.output<typeof LeadRow>) => Made,
): InPieces<Made[]> {
  const exports = new Map<number, z.output<typeof LeadRow>[]>();
  for (const row of rows) {
    const some = exports.get(row.ordinal);
    if (some) some.push(row);
    else exports.set(row.ordinal, [row]);
    yield;
  }
  const made: Made[] = [];
  for (const [, some] of [...exports].sort(([a], [b]) => a - b)) {
    some.sort((a, b) => a.line - b.line || a.id - b.id);
    for (const row of some) {
      yield;
      made.push(make(row));
    }
  }
  return made;
}
