import { hash } from '../kit.ts';
import { parts, text } from './criteria.ts';
import type { Person } from './people.ts';
import type { Signal } from './signals.ts';
import type { Company, World } from './world.ts';

type Body = Readonly<Record<string, unknown>>;

/**
 * A page of `rows`. Where a page ends, the next begins with the same row again, and the total counts it twice.
 * @returns null for a page behind the last one
 */
export function pageOf(rows: readonly unknown[], body: Body): unknown {
  const rpp = Number(body.rpp ?? 25);
  const page = Number(body.page ?? 1);
  const shown: unknown[] = [];
  for (const row of rows) {
    if (shown.length > 0 && shown.length % rpp === 0) shown.push(shown.at(-1));
    shown.push(row);
  }
  if (page > 1 && (page - 1) * rpp >= shown.length) return null;
  return {
    maxResults: Math.min(shown.length, 1000),
    totalResults: shown.length,
    currentPage: page,
    data: shown.slice((page - 1) * rpp, page * rpp),
  };
}

export function searchSignals(signals: readonly Signal[], body: Body): readonly unknown[] {
  const topics = new Set(Array.isArray(body.topics) ? body.topics : []);
  const sicCodes = parts(body.sicCodes);
  const [min, max] = [Number(body.employeeRangeMin ?? 0), Number(body.employeeRangeMax ?? Infinity)];
  const [from, to] = [text(body.signalStartDate), text(body.signalEndDate)];
  return signals
    .filter(
      ({ topic, score, day, company }) =>
        topics.has(topic) &&
        score >= Number(body.signalScoreMin ?? 60) &&
        company.employees >= min &&
        company.employees <= max &&
        (sicCodes.length === 0 || sicCodes.includes(company.trade.sic)) &&
        (from === '' || day >= from) &&
        (to === '' || day <= to),
    )
    .map(signalRow);
}

/** One signal in one of the vendor's manners: nested or flat, one of three dates, facts there or not. */
function signalRow(signal: Signal): unknown {
  const { id, topic, score, audience, company } = signal;
  const manner = hash('manner', id);
  const knows = manner % 5 < 2;
  const facts = knows ? { employeeCount: company.employees, sicCodes: sicCodesOf(company) } : {};
  // Some rows spell the name as somebody else would. The vendor escapes names as for a web page.
  const name = escaped(manner % 7 === 0 ? company.name.toUpperCase().replace(',', '') : company.name);
  const common = {
    id,
    category: 'Facilities',
    topic,
    signalScore: manner % 11 < 3 ? String(score) : score,
    audienceStrength: audience,
    signalDate: manner % 97 === 0 ? null : dateText(signal.day, manner % 3),
    recommendedContacts: company.recommended.map(({ id: person, firstName, lastName, jobTitle }) => ({
      id: Number(person),
      firstName,
      lastName,
      jobTitle,
    })),
  };
  return (manner >>> 3) % 2 === 0
    ? {
        ...common,
        company: { id: Number(company.intentId), name, website: company.website, phone: company.phone, ...facts },
      }
    : {
        ...common,
        companyId: company.intentId,
        companyName: name,
        companyWebsite: company.website,
        companyPhone: company.phone,
        ...facts,
      };
}

export function escaped(name: string): string {
  return name.replaceAll('&', '&amp;').replaceAll("'", '&#39;');
}

/** Three manners: ISO with a time (a morning in New York), `7/5/2020 12:00 AM`, a bare day. */
function dateText(day: string, manner: number): string {
  const [year = '', month = '', date = ''] = day.split('-');
  if (manner === 0) return `${day}T14:30:00Z`;
  return manner === 1 ? `${Number(month)}/${Number(date)}/${year} 12:00 AM` : day;
}

/** From the major group to the most specific. */
export function sicCodesOf({ trade }: Company): readonly { id: string; name: string }[] {
  return [2, 3, 4].map((digits) => ({
    id: trade.sic.slice(0, digits),
    name: digits === 4 ? trade.sicName : `${trade.industry}, group ${trade.sic.slice(0, digits)}`,
  }));
}

export function searchPeople(world: World, body: Body): readonly unknown[] {
  const levels = new Set(parts(body.managementLevel));
  const required = parts(body.requiredFields);
  const accuracy = Number(body.contactAccuracyScoreMin ?? 0);
  return parts(body.companyId)
    .flatMap((id) => world.byCompanyId.get(id) ?? [])
    .flatMap((company) => company.people.map((person) => ({ person, company })))
    .filter(
      ({ person }) =>
        (levels.size === 0 || levels.has(person.managementLevel)) &&
        person.contactAccuracyScore >= accuracy &&
        (required.length === 0 || required.some((field) => hasField(person, field))),
    )
    .map(({ person, company }) => personRow(person, company));
}

function hasField(person: Person, field: string): boolean {
  const values: Readonly<Record<string, string>> = {
    email: person.email,
    phone: person.phone,
    directPhone: person.directPhone,
    mobilePhone: person.mobilePhone,
  };
  return (values[field] ?? '') !== '';
}

function personRow(person: Person, company: Company): unknown {
  return {
    id: Number(person.id),
    firstName: person.firstName,
    middleName: '',
    lastName: person.lastName,
    jobTitle: person.jobTitle,
    contactAccuracyScore: person.contactAccuracyScore,
    hasEmail: person.email !== '',
    hasDirectPhone: person.directPhone !== '',
    hasMobilePhone: person.mobilePhone !== '',
    hasCompanyPhone: person.phone !== '',
    company: { id: Number(company.companyId), name: escaped(company.name) },
  };
}
