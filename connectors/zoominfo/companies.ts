import { z } from 'zod';
import type { CompanyDetails, CompanyId, Enriched } from '../../pipeline/ports/zoominfo.ts';
import type { Calls } from './calls.ts';
import { enrich, type Enrichment } from './enrichment.ts';
import { hasNone, pick } from './fields.ts';
import { Industry, Phone, Sic, Text, Whole } from './values.ts';

/** The vendor's main name for a field, and how else it comes. */
const names = {
  name: ['name', 'companyName'],
  website: ['website', 'companyWebsite'],
  phone: ['phone', 'companyHQPhone', 'companyPhone'],
  street: ['street', 'address', 'companyStreet'],
  city: ['city', 'companyCity'],
  state: ['state', 'companyState'],
  zipCode: ['zipCode', 'zip', 'companyZipCode'],
  employeeCount: ['employeeCount', 'employees', 'companyEmployeeCount'],
  sicCodes: ['sicCodes', 'sicCode', 'companySicCodes'],
  primaryIndustry: ['primaryIndustry', 'industry', 'companyPrimaryIndustry'],
} as const;

const Company = z.object({
  name: Text,
  website: Text,
  phone: Phone,
  street: Text,
  city: Text,
  state: Text,
  zipCode: Text,
  employeeCount: Whole,
  sicCodes: Sic,
  primaryIndustry: Industry,
});

const { name, website, phone, employeeCount, sicCodes, primaryIndustry } = names;
const whatMakesACompany = { name, website, phone, employeeCount, sicCodes, primaryIndustry };

const companies: Enrichment<CompanyId, CompanyDetails> = {
  path: '/enrich/company',
  what: 'companies',
  input: { list: 'matchCompanyInput', id: 'companyId' },
  fields: {
    // What the credit is paid for: without these nothing is asked.
    needed: ['id', 'name', 'employeeCount', 'primaryIndustry', 'sicCodes'],
    spare: 'website phone street city state zipCode'.split(' '),
  },
  expected: { name, employeeCount, sicCodes, primaryIndustry },
  // The people are paid for by now.
  essential: false,
  isEmpty: (fields) => hasNone(fields, whatMakesACompany),
  read(fields, id) {
    const {
      zipCode,
      employeeCount: employees,
      sicCodes: sic,
      primaryIndustry: industry,
      ...same
    } = Company.parse(pick(fields, names));
    return { id, ...same, zip: zipCode, employees, sic, industry };
  },
};

export function enrichCompanies(calls: Calls, ids: readonly CompanyId[]): Promise<Enriched<CompanyId, CompanyDetails>> {
  return enrich(calls, companies, ids);
}
