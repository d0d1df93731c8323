import { z } from 'zod';
import type { PastExport } from '../../../pipeline/intent/exports.ts';
import type { IntentBook, KnownCompany } from '../../../pipeline/ports/intent.ts';
import {
  managementLevels,
  type CompanyDetails,
  type CompanyId,
  type EnrichedContact,
  type IntentCompanyId,
  type PersonId,
} from '../../../pipeline/ports/zoominfo.ts';
import type { Day } from '../../../pipeline/vocabulary.ts';
import { inBatches } from '../../../pipeline/in-batches.ts';
import { all, must, type Db } from '../db.ts';

/** Ids in one address: longer ones are refused by some servers. */
const idsAtOnce = 150;

// Each id column holds ids of one space only; written from values of that type.
const companyId = z.string().transform((id) => id as CompanyId);
const personId = z.string().transform((id) => id as PersonId);
const words = z.string().nullable();

const Company = {
  name: z.string(),
  website: z.string(),
  phone: words,
  street: z.string(),
  city: z.string(),
  state: z.string(),
  zip: z.string(),
  employees: z.number().nullable(),
  sic: words,
  industry: z.string(),
};
const Details: z.ZodType<CompanyDetails> = z.object({ id: companyId, ...Company });
const Contact: z.ZodType<EnrichedContact> = z.object({
  id: personId,
  firstName: z.string(),
  lastName: z.string(),
  title: z.string(),
  levels: z.array(z.enum(managementLevels)),
  accuracy: z.number().nullable(),
  email: words,
  mobilePhone: words,
  directPhone: words,
  phone: words,
  company: z.object({ id: companyId.nullable(), ...Company }),
});

/** The company cache, past exports, and the people of a run under way. */
export function makeIntentBook(db: Db): IntentBook {
  const details = async (ids: readonly CompanyId[]): Promise<ReadonlyMap<CompanyId, CompanyDetails>> => {
    const found = new Map<CompanyId, CompanyDetails>();
    for (const some of inBatches([...new Set(ids)], idsAtOnce)) {
      const rows = must(await db.from('intent_companies').select('details').in('company_id', some));
      for (const row of rows) {
        const one = Details.parse(row.details);
        found.set(one.id, one);
      }
    }
    return found;
  };

  return {
    details,

    async known(ids) {
      const pairs = new Map<IntentCompanyId, CompanyId>();
      for (const some of inBatches([...new Set(ids)], idsAtOnce)) {
        const rows = must(await db.from('intent_company_ids').select('intent_id,company_id').in('intent_id', some));
        for (const row of rows) pairs.set(row.intent_id as IntentCompanyId, row.company_id as CompanyId);
      }
      const cached = await details([...pairs.values()]);
      return new Map(
        [...pairs].map(([intentId, id]): [IntentCompanyId, KnownCompany] => {
          const facts = cached.get(id);
          return [intentId, { companyId: id, facts: facts ? { sic: facts.sic, employees: facts.employees } : null }];
        }),
      );
    },

    async exportsSince(day) {
      const rows = await all((from, to) =>
        db
          .from('intent_exports')
          .select('batch_id,intent_id,company_id,name,day')
          .gte('day', day)
          .order('day')
          .order('batch_id')
          .order('intent_id')
          .range(from, to),
      );
      return rows.map((row): PastExport => ({
        intentId: row.intent_id as IntentCompanyId,
        companyId: row.company_id as CompanyId,
        name: row.name,
        day: row.day as Day,
      }));
    },

    async contacts(runId, ids) {
      const found = new Map<PersonId, EnrichedContact>();
      for (const some of inBatches([...new Set(ids)], idsAtOnce)) {
        const rows = must(await db.from('intent_contacts').select('record').eq('run_id', runId).in('person_id', some));
        for (const row of rows) {
          const one = Contact.parse(row.record);
          found.set(one.id, one);
        }
      }
      return found;
    },
  };
}
