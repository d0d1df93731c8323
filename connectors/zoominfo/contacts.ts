import { z } from 'zod';
import {
  UnexpectedAnswer,
  type CompanyId,
  type ContactAnswer,
  type ContactHit,
  type ContactQuery,
  type ManagementLevel,
  type PersonId,
} from '../../pipeline/ports/zoominfo.ts';
import type { Calls } from './calls.ts';
import { absent, fieldsOf, pick, type Fields } from './fields.ts';
import { allPages } from './paging.ts';
import { Amount, complaints, Flag, Id, Text } from './values.ts';

const path = '/search/contact';

/** docs/vendors.md#zoominfo-search: characters of company ids in a call. */
const longestIds = 500;
/** People the vendor shows for a search. */
const mostShown = 1000;

/** The vendor's own words; any other is refused. */
const levelWords: Readonly<Record<ManagementLevel, string>> = {
  'C Level': 'C Level Exec',
  VP: 'VP Level Exec',
  Director: 'Director',
  Manager: 'Manager',
  Board: 'Board Member',
  'Non Manager': 'Non Manager',
};

const names = {
  id: ['id', 'personId', 'contactId'],
  'company.id': ['companyId'],
  jobTitle: ['jobTitle', 'title'],
  contactAccuracyScore: ['contactAccuracyScore'],
  hasMobilePhone: ['hasMobilePhone', 'hasMobile'],
  hasDirectPhone: ['hasDirectPhone', 'hasDirect'],
  hasPhone: ['hasPhone', 'hasCompanyPhone'],
} as const;
const phoneFlags = ['hasMobilePhone', 'hasDirectPhone', 'hasPhone'] as const;

const Row = z.object({
  id: Id,
  'company.id': Id,
  jobTitle: Text,
  contactAccuracyScore: Amount.pipe(z.number()),
  hasMobilePhone: Flag,
  hasDirectPhone: Flag,
  hasPhone: Flag,
});

type Found = {
  readonly hits: Map<PersonId, ContactHit>;
  readonly unreadable: Map<string, number>;
  readonly cutOff: Set<CompanyId>;
  readonly seen: Fields[];
  rows: number;
};

export async function searchContacts(calls: Calls, query: ContactQuery): Promise<ContactAnswer> {
  const found: Found = { hits: new Map(), unreadable: new Map(), cutOff: new Set(), seen: [], rows: 0 };
  for (const companies of groupsOf(query.companies)) await searchGroup(calls, query, companies, found);
  const { hits, unreadable, cutOff, seen, rows } = found;
  const gone = absent(seen, { contactAccuracyScore: names.contactAccuracyScore, 'company.id': names['company.id'] }, 3);
  const fields = [
    ...gone.map((field) => `${field}: missing in all ${seen.length} rows`),
    ...(rows > 0 && hits.size === 0 && gone.length === 0 ? unreadable.keys() : []),
  ];
  if (fields.length > 0) throw new UnexpectedAnswer(path, fields);
  return { contacts: [...hits.values()], unreadable: Object.fromEntries(unreadable), cutOff: [...cutOff] };
}

/** As few groups as possible, in order, none longer than a call takes. */
function groupsOf(companies: readonly CompanyId[]): readonly (readonly CompanyId[])[] {
  const groups: CompanyId[][] = [];
  let length = Infinity;
  for (const id of new Set(companies)) {
    length += 1 + id.length;
    const group = groups.at(-1);
    if (group && length <= longestIds) group.push(id);
    else {
      groups.push([id]);
      length = id.length;
    }
  }
  return groups;
}

/** More people than the vendor shows: its order is unknown, so each half is asked for by itself. */
async function searchGroup(calls: Calls, query: ContactQuery, companies: readonly CompanyId[], found: Found) {
  const shows = (total: number) => total <= mostShown || companies.length === 1;
  const { rows, total } = await allPages(calls, path, criteria(query, companies), shows);
  if (!shows(total)) {
    const half = Math.ceil(companies.length / 2);
    await searchGroup(calls, query, companies.slice(0, half), found);
    await searchGroup(calls, query, companies.slice(half), found);
    return;
  }
  if (total > mostShown) for (const id of companies) found.cutOff.add(id);
  const asked: ReadonlySet<string> = new Set(companies);
  for (const row of rows) take(row, asked, found);
}

function criteria({ levels, accuracyMin }: ContactQuery, companies: readonly CompanyId[]) {
  return {
    companyId: companies.join(','),
    managementLevel: levels.map((level) => levelWords[level]).join(','),
    contactAccuracyScoreMin: String(accuracyMin),
    requiredFields: 'mobilePhone,directPhone,phone',
    companyPastOrPresent: 'present',
    excludePartialProfiles: true,
  };
}

function take(row: unknown, asked: ReadonlySet<string>, found: Found): void {
  const fields = fieldsOf(row);
  found.rows += 1;
  if (fields) found.seen.push(fields);
  const picked = pick(fields ?? new Map(), names);
  const parsed = Row.safeParse(picked);
  const pass = (why: string) => void found.unreadable.set(why, (found.unreadable.get(why) ?? 0) + 1);
  if (!fields) return pass('the row is no object');
  if (!parsed.success) return pass(complaints(parsed.error, picked).join(', '));
  if (!asked.has(parsed.data['company.id'])) return pass('company.id: not asked for');
  const saysNothing = phoneFlags.every((flag) => picked[flag] === undefined);
  const hit = hitOf(parsed.data, saysNothing);
  if (!found.hits.has(hit.id)) found.hits.set(hit.id, hit);
}

function hitOf(row: z.output<typeof Row>, saysNothing: boolean): ContactHit {
  return {
    // The ids of a row in contact search are of these spaces.
    id: row.id as PersonId,
    companyId: row['company.id'] as CompanyId,
    title: row.jobTitle,
    accuracy: row.contactAccuracyScore,
    hasMobile: row.hasMobilePhone,
    hasDirect: row.hasDirectPhone,
    hasOtherPhone: row.hasPhone || saysNothing,
  };
}
