import { z } from 'zod';
import type { CompanyId, Enriched, EnrichedContact, PersonId } from '../../pipeline/ports/zoominfo.ts';
import type { Calls } from './calls.ts';
import { enrich, type Enrichment } from './enrichment.ts';
import { hasNone, pick } from './fields.ts';
import { Amount, Email, Id, Industry, Levels, Phone, Sic, Text, Whole } from './values.ts';

/** The vendor's main name for a field, and how else it comes; the order is that of docs/vendors.md#dialler-file. */
const names = {
  firstName: ['firstName'],
  lastName: ['lastName'],
  jobTitle: ['jobTitle', 'title'],
  managementLevel: ['managementLevel'],
  contactAccuracyScore: ['contactAccuracyScore'],
  email: ['email', 'emailAddress'],
  mobilePhone: ['mobilePhone'],
  directPhone: ['directPhone'],
  phone: ['phone'],
  companyId: ['companyId'],
  companyName: ['companyName'],
  companyPhone: ['companyHQPhone', 'companyPhone'],
  website: ['website', 'companyWebsite'],
  street: ['street', 'address', 'companyStreet', 'companyAddress'],
  city: ['city', 'companyCity'],
  state: ['state', 'companyState'],
  zipCode: ['zipCode', 'zip', 'companyZipCode', 'companyZip'],
  employeeCount: ['employeeCount', 'employees', 'companyEmployeeCount', 'companyEmployees'],
  sicCode: ['sicCode', 'sicCodes', 'companySicCode', 'companySicCodes'],
  industry: ['industry', 'primaryIndustry', 'companyIndustry', 'companyPrimaryIndustry'],
} as const;

const Person = z.object({
  firstName: Text,
  lastName: Text,
  jobTitle: Text,
  managementLevel: Levels,
  contactAccuracyScore: Amount,
  email: Email,
  mobilePhone: Phone,
  directPhone: Phone,
  phone: Phone,
  companyId: Id.nullish().catch(null),
  companyName: Text,
  companyPhone: Phone,
  website: Text,
  street: Text,
  city: Text,
  state: Text,
  zipCode: Text,
  employeeCount: Whole,
  sicCode: Sic,
  industry: Industry,
});

const { firstName, lastName, email, mobilePhone, directPhone, phone, companyId } = names;
const whatMakesAPerson = { firstName, lastName, email, mobilePhone, directPhone, phone };

const people: Enrichment<PersonId, EnrichedContact> = {
  path: '/enrich/contact',
  what: 'contacts',
  input: { list: 'matchPersonInput', id: 'personId' },
  // `employeeCount, sicCode, industry` are refused here; `directPhone` is said to need another subscription.
  fields: {
    needed: ['id', 'firstName', 'lastName', 'jobTitle', 'email', 'phone', 'mobilePhone', 'companyId', 'companyName'],
    spare: (
      'directPhone managementLevel contactAccuracyScore street city state zipCode companyPhone companyWebsite ' +
      'companyStreet companyCity companyState companyZipCode'
    ).split(' '),
  },
  expected: { firstName, lastName, companyId },
  essential: true,
  isEmpty: (fields) => hasNone(fields, whatMakesAPerson),
  read(fields, id) {
    const person = Person.parse(pick(fields, names));
    return {
      id,
      firstName: person.firstName,
      lastName: person.lastName,
      title: person.jobTitle,
      levels: person.managementLevel,
      accuracy: person.contactAccuracyScore,
      email: person.email,
      mobilePhone: person.mobilePhone,
      directPhone: person.directPhone,
      phone: person.phone,
      company: {
        // The company of an enriched person is of contact search's space.
        id: (person.companyId ?? null) as CompanyId | null,
        name: person.companyName,
        website: person.website,
        phone: person.companyPhone,
        street: person.street,
        city: person.city,
        state: person.state,
        zip: person.zipCode,
        employees: person.employeeCount,
        sic: person.sicCode,
        industry: person.industry,
      },
    };
  },
};

export function enrichContacts(calls: Calls, ids: readonly PersonId[]): Promise<Enriched<PersonId, EnrichedContact>> {
  return enrich(calls, people, ids);
}
