import { companyScore, type ScoredSignal } from '../../pipeline/intent/company-score.ts';
import type {
  CompanyDetails,
  CompanyId,
  ContactHit,
  EnrichedContact,
  IntentCompanyId,
  IntentSignal,
  PersonId,
} from '../../pipeline/ports/zoominfo.ts';
import type { Day } from '../../pipeline/vocabulary.ts';

export const day = (text: string) => text as Day;
export const intentId = (text: string) => text as IntentCompanyId;
export const companyId = (text: string) => text as CompanyId;
export const personId = (text: string) => text as PersonId;

type SignalParts = Omit<Partial<IntentSignal>, 'company'> & { company?: Partial<IntentSignal['company']> };

export function signal({ company, ...parts }: SignalParts = {}): IntentSignal {
  return {
    id: 's1',
    topic: 'Vending Machines',
    score: 90,
    strength: null,
    audience: null,
    day: day('2026-11-23'),
    recommended: [personId('11')],
    ...parts,
    company: {
      id: intentId('700'),
      name: 'Acme Tool & Die, Inc',
      website: null,
      phone: null,
      employees: null,
      sic: null,
      ...company,
    },
  };
}

export function scored(parts: SignalParts & { at?: number; age?: number } = {}): ScoredSignal {
  const { at, age = 0, ...rest } = parts;
  const part = { signal: 90, onsite: 40, freshness: 100, audience: 0, size: 0 };
  return { signal: signal(rest), parts: part, score: at ?? companyScore(part), age };
}

export function hit(parts: Partial<ContactHit> = {}): ContactHit {
  return {
    id: personId('11'),
    companyId: companyId('340'),
    title: 'Office Manager',
    accuracy: 95,
    hasMobile: false,
    hasDirect: true,
    hasOtherPhone: false,
    ...parts,
  };
}

const nowhere = { website: '', phone: null, street: '', city: '', state: '', zip: '' };

export function details(parts: Partial<CompanyDetails> = {}): CompanyDetails {
  return { id: companyId('340'), name: '', ...nowhere, employees: null, sic: null, industry: '', ...parts };
}

type ContactParts = Omit<Partial<EnrichedContact>, 'company'> & { company?: Partial<EnrichedContact['company']> };

export function contact({ company, ...parts }: ContactParts = {}): EnrichedContact {
  return {
    id: personId('11'),
    firstName: 'Ann',
    lastName: 'Example',
    title: 'Office Manager',
    levels: ['Manager'],
    accuracy: 95,
    email: 'ann@acme.example',
    mobilePhone: null,
    directPhone: '+12145550142',
    phone: null,
    ...parts,
    company: { ...details(), ...company },
  };
}
