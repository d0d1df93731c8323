import { chooseContacts as bestOf } from '../../intent/contact-choice.ts';
import type { IntentConfig } from '../../intent/config.ts';
import type { Shown } from '../../intent/lead.ts';
import type { Oddities } from '../../intent/warnings.ts';
import type { CompanyId, PersonId } from '../../ports/zoominfo.ts';
import type { Using } from '../../ports/using.ts';
import type { RunContext } from '../../workflow.ts';
import type { IdentifiedCompany } from './identify.ts';
import { paidInBatches, type PaidPorts } from './paid.ts';

export type ChoicePorts = Using<{ zoominfo: 'searchContacts' }>;
export type EnrichPorts = PaidPorts & Using<{ intentBook: 'contacts' | 'details'; suppressions: 'among' }>;

/** The best person of a company, and what the search showed: the enriched record may come without it. */
export type ChosenContact = { readonly companyId: CompanyId; readonly personId: PersonId } & Shown;

export type Chosen = {
  /** In the order of the companies. */
  readonly contacts: readonly ChosenContact[];
  /** Companies without anybody. */
  readonly noContact: number;
  readonly odd: readonly Oddities[];
};

/** docs/sop.md#contact-choice: whom to call at each company. Free. */
export async function chooseContacts(
  context: RunContext<null, ChoicePorts>,
  config: IntentConfig,
  companies: readonly IdentifiedCompany[],
): Promise<Chosen> {
  if (companies.length === 0) return { contacts: [], noContact: 0, odd: [] };
  context.progress({ phase: 'Contacts', detail: 'looking for the best person, free of charge' });
  return context.step('contacts', async () => {
    const ids = companies.map(({ companyId }) => companyId);
    const query = { companies: ids, levels: config.managementLevels, accuracyMin: config.accuracyMin };
    const { contacts, unreadable, cutOff } = await context.ports.zoominfo.searchContacts(query);
    const best = bestOf(contacts, config.accuracyMin);
    const chosen = ids.flatMap((companyId) => {
      const hit = best.get(companyId);
      return hit ? [{ companyId, personId: hit.id, title: hit.title, accuracy: hit.accuracy }] : [];
    });
    return {
      contacts: chosen,
      noContact: ids.length - chosen.length,
      odd: [{ call: 'search for contacts', unreadable, cutOff: cutOff.length }],
    };
  });
}

export type Enrichment = {
  /** Those who may be called and written to. */
  readonly contacts: readonly ChosenContact[];
  readonly missing: number;
  /** On the list of people who must not be written to. */
  readonly suppressed: number;
  readonly odd: readonly Oddities[];
};

/**
 * Step 7: the people, then their companies. Nobody is paid for twice: who was enriched to identify his company is there
 * already, and details that are cached are not asked for. The vendor tells an e-mail only with the record: who must not be
 * written to leaves right after it, before his company costs anything.
 */
export async function enrich(
  context: RunContext<null, EnrichPorts>,
  config: IntentConfig,
  { contacts }: Chosen,
): Promise<Enrichment> {
  const { ports, run, step } = context;
  const people = contacts.map(({ personId }) => personId);
  const unpaid = await step('contacts to enrich', async () => {
    const there = await ports.intentBook.contacts(run.id, people);
    return people.filter((id) => !there.has(id));
  });
  const ofContacts = await paidInBatches(context, config, unpaid, {
    name: 'enrich contacts',
    what: 'enrichment of contacts',
    phase: 'Enrichment',
    unit: 'contacts',
    ask: (zoominfo, some) => zoominfo.enrichContacts(some),
    brings: ({ records }) => ({ contacts: records }),
  });
  const gone = new Set(
    await step('people who must not be written to', async () => {
      const there = [...(await ports.intentBook.contacts(run.id, people))];
      const emailOf = (record: { readonly email: string | null }) => record.email?.trim().toLowerCase() ?? '';
      const suppressed = await ports.suppressions.among(
        there.map(([, one]) => emailOf(one)).filter((one) => one !== ''),
      );
      return there.filter(([, one]) => suppressed.has(emailOf(one))).map(([id]) => id);
    }),
  );
  const kept = contacts.filter(({ personId }) => !gone.has(personId));
  const { reached, unknown } = await step('companies to enrich', async () => {
    const there = await ports.intentBook.contacts(run.id, people);
    const companies = kept.filter(({ personId }) => there.has(personId)).map(({ companyId }) => companyId);
    const details = await ports.intentBook.details(companies);
    return { reached: companies.length, unknown: companies.filter((id) => !details.has(id)) };
  });
  const ofCompanies = await paidInBatches(context, config, unknown, {
    name: 'enrich companies',
    what: 'enrichment of companies',
    phase: 'Enrichment',
    unit: 'companies',
    ask: (zoominfo, some) => zoominfo.enrichCompanies(some),
    brings: ({ records }) => ({ companies: records }),
  });
  if (people.length > 0)
    context.finished('Enrichment', `${reached} of ${people.length} contacts, ${unknown.length} companies`);
  const missing = people.length - gone.size - reached;
  return { contacts: kept, missing, suppressed: gone.size, odd: [...ofContacts, ...ofCompanies] };
}
