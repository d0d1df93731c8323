import { hash } from '../kit.ts';
import type { Refusal } from './criteria.ts';
import type { Person } from './people.ts';
import { escaped, sicCodesOf } from './search.ts';
import type { Company, World } from './world.ts';

type Body = Readonly<Record<string, unknown>>;
type Record_ = Readonly<Record<string, unknown>>;

export type Kind = 'person' | 'company';

/** What each enrichment can put out; `employeeCount`, `sicCode` and `industry` are refused for a person. */
const outputs: Readonly<Record<Kind, readonly string[]>> = {
  person: (
    'id firstName middleName lastName email phone directPhone mobilePhone street city state zipCode country jobTitle ' +
    'managementLevel contactAccuracyScore companyId companyName companyPhone companyWebsite companyStreet companyCity ' +
    'companyState companyZipCode companyCountry'
  ).split(' '),
  company:
    'id name website phone street city state zipCode country employeeCount revenue primaryIndustry sicCodes naicsCodes'.split(
      ' ',
    ),
};

const inputs: Readonly<Record<Kind, { readonly list: string; readonly id: string }>> = {
  person: { list: 'matchPersonInput', id: 'personId' },
  company: { list: 'matchCompanyInput', id: 'companyId' },
};

/** The ids asked for, or what is wrong with the request. */
export function readEnrichment(
  kind: Kind,
  body: Body,
  gone: string | null,
): { readonly ids: readonly string[]; readonly fields: readonly string[] } | Refusal {
  const { list, id } = inputs[kind];
  const wanted = body[list];
  if (!Array.isArray(wanted) || wanted.length === 0) return { field: list, why: 'must be a list' };
  if (wanted.length > 25) return { field: list, why: 'must not hold more than 25' };
  const ids = wanted.map((one) => idText((one as Record_ | null)?.[id]));
  if (ids.some((each) => !/^\d+$/.test(each))) return { field: `${list}.${id}`, why: 'must be an id' };
  const fields = Array.isArray(body.outputFields) ? body.outputFields.map(String) : [];
  if (fields.length === 0) return { field: 'outputFields', why: 'must be a list of fields' };
  const wrong = fields.find((field) => field === gone || !outputs[kind].includes(field));
  return wrong === undefined ? { ids, fields } : { field: wrong, why: 'is not an output field' };
}

function idText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The whole record of an id, before only the wanted fields are let out; undefined when there is none. */
export function recordOf(kind: Kind, id: string, world: World): Record_ | undefined {
  if (kind === 'company') {
    const company = world.byCompanyId.get(id);
    return company && companyRecord(company);
  }
  const found = world.people.get(id);
  return found && personRecord(found.person, found.company);
}

function companyRecord(company: Company): Record_ {
  return {
    id: Number(company.companyId),
    name: escaped(company.name),
    website: company.website,
    phone: company.phone,
    street: company.street,
    city: company.city,
    state: company.state,
    zipCode: company.zip,
    country: 'United States',
    employeeCount: company.employees,
    primaryIndustry: [company.trade.industry],
    sicCodes: sicCodesOf(company),
  };
}

function personRecord(person: Person, company: Company): Record_ {
  return {
    ...person,
    id: Number(person.id),
    managementLevel: [person.managementLevel],
    companyId: Number(company.companyId),
    companyName: escaped(company.name),
    companyPhone: company.phone,
    companyWebsite: company.website,
    companyStreet: company.street,
    companyCity: company.city,
    companyState: company.state,
    companyZipCode: company.zip,
  };
}

/** A record as it goes out: the wanted fields only, every one of them there; a person's company flat or nested. */
export function shown(kind: Kind, record: Record_, fields: readonly string[]): Record_ {
  const flat = Object.fromEntries(fields.map((field) => [field, record[field] ?? null]));
  if (kind === 'company' || hash('nested', String(record.id)) % 2 === 0) return flat;
  const entries = Object.entries(flat);
  const isCompany = ([field]: [string, unknown]) => field.startsWith('company');
  const bare = (field: string) => field.charAt(7).toLowerCase() + field.slice(8);
  return {
    ...Object.fromEntries(entries.filter((entry) => !isCompany(entry))),
    company: Object.fromEntries(entries.filter(isCompany).map(([field, value]) => [bare(field), value])),
  };
}

/** A record with nothing in it, as credits that have lapsed leave it: sometimes without even the fields. */
export function empty(id: string, fields: readonly string[]): Record_ {
  return hash('empty', id) % 2 === 0 ? {} : Object.fromEntries(fields.map((field) => [field, '']));
}

export function inputOf(kind: Kind, id: string): Record_ {
  return { [inputs[kind].id]: id };
}
