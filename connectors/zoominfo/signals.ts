import { z } from 'zod';
import { signalDay } from '../../pipeline/intent/days.ts';
import {
  UnexpectedAnswer,
  type IntentAnswer,
  type IntentCompanyId,
  type IntentQuery,
  type IntentSignal,
  type PersonId,
  type SignalStrength,
} from '../../pipeline/ports/zoominfo.ts';
import type { Calls } from './calls.ts';
import { absent, fieldsOf, pick, type Fields } from './fields.ts';
import { allPages, type Rows } from './paging.ts';
import { meant } from './refusal.ts';
import { Amount, complaints, Id, Phone, Sic, Text, Whole } from './values.ts';

const path = '/search/intent';

/** The vendor's main name for a field, and how else it comes. */
const names = {
  id: ['id', 'signalId'],
  topic: ['topic', 'intentTopic'],
  signalScore: ['signalScore'],
  signalStrength: ['signalStrength', 'intentStrength', 'strength'],
  audienceStrength: ['audienceStrength'],
  signalDate: ['signalDate', 'intentDate'],
  recommendedContacts: ['recommendedContacts'],
  'company.id': ['companyId'],
  'company.name': ['companyName', 'name'],
  'company.website': ['companyWebsite', 'website'],
  'company.phone': ['companyPhone', 'companyHQPhone', 'phone'],
  'company.employeeCount': ['companyEmployeeCount', 'companyEmployees', 'employeeCount', 'employees'],
  'company.sicCodes': ['companySicCodes', 'companySicCode', 'companySic', 'sicCodes', 'sicCode', 'primarySic', 'sic'],
} as const;

const Strength = Text.transform((word): SignalStrength | null => {
  const strengths: Readonly<Record<string, SignalStrength>> = { high: 'High', medium: 'Medium', low: 'Low' };
  return strengths[word.toLowerCase()] ?? null;
});

const audiences = ['A', 'B', 'C', 'D', 'E'] as const;
const Audience = Text.transform((word) => audiences.find((letter) => letter === word.toUpperCase()) ?? null);

const Recommended = z.unknown().transform((value): readonly PersonId[] => {
  const people = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const ids = people.flatMap((person: unknown) => {
    const fields = fieldsOf(person);
    const id = Id.safeParse(fields === null ? person : pick(fields, { id: ['id', 'personId', 'contactId'] }).id);
    return id.success ? [id.data] : [];
  });
  // Recommended contacts are people's ids.
  return [...new Set(ids)] as PersonId[];
});

const Row = z
  .object({
    id: Id.optional().catch(undefined),
    topic: Text,
    signalScore: z.unknown(),
    signalStrength: Strength,
    audienceStrength: Audience,
    signalDate: Text,
    recommendedContacts: Recommended,
    'company.id': Id,
    'company.name': Text,
    'company.website': Text,
    'company.phone': Phone,
    'company.employeeCount': Whole,
    'company.sicCodes': Sic,
  })
  .transform((row): IntentSignal => {
    const day = signalDay(row.signalDate);
    const company = row['company.id'];
    return {
      id: row.id ?? [company, row.topic, row.signalDate].join(' '),
      topic: row.topic === '' ? 'unknown topic' : row.topic,
      score: Amount.parse(row.signalScore),
      strength: row.signalStrength ?? Strength.parse(row.signalScore),
      audience: row.audienceStrength,
      day,
      company: {
        // The id of a company in an intent result is of that space, whatever its digits.
        id: company as IntentCompanyId,
        name: row['company.name'],
        website: row['company.website'] || null,
        phone: row['company.phone'],
        employees: row['company.employeeCount'],
        sic: row['company.sicCodes'],
      },
      recommended: row.recommendedContacts,
    };
  });

/** Numbers as strings and lists as comma strings, as the vendor wants them. */
function criteria({ topics, scoreFloor, sicCodes, employees }: IntentQuery) {
  return {
    topics,
    signalScoreMin: scoreFloor,
    employeeRangeMin: String(employees.min),
    employeeRangeMax: String(employees.max),
    ...(sicCodes.length > 0 && { sicCodes: sicCodes.join(',') }),
  };
}

/**
 * The team wants companies of 50–5,000 employees (docs/vendors.md#daily-poll), but this search is documented with the
 * smaller end only. The larger one is sent under the name that the vendor's other searches use; where it is refused, we
 * sort out larger companies ourselves, as far as a row says how large they are.
 */
const spare = 'employeeRangeMax';

async function askFor(calls: Calls, query: IntentQuery): Promise<Rows & { readonly refusedFields: readonly string[] }> {
  const { [spare]: max, ...rest } = criteria(query);
  try {
    return { ...(await allPages(calls, path, { ...rest, [spare]: max })), refusedFields: [] };
  } catch (error) {
    if (meant(error, [spare]).length === 0) throw error;
    return { ...(await allPages(calls, path, rest)), refusedFields: [spare] };
  }
}

export async function searchIntent(calls: Calls, query: IntentQuery): Promise<IntentAnswer> {
  const { rows, total, refusedFields } = await askFor(calls, query);
  const signals = new Map<string, IntentSignal>();
  const unreadable = new Map<string, number>();
  const seen: Fields[] = [];
  let others = 0;
  for (const row of rows) {
    const fields = fieldsOf(row);
    if (fields) seen.push(fields);
    const picked = pick(fields ?? new Map(), names);
    const parsed = Row.safeParse(picked);
    if (!parsed.success) {
      const why = fields ? complaints(parsed.error, picked).join(', ') : 'the row is no object';
      unreadable.set(why, (unreadable.get(why) ?? 0) + 1);
      continue;
    }
    const signal = parsed.data;
    const key = [signal.id, signal.company.id, signal.topic, signal.day].join(' ');
    const tooLarge = (signal.company.employees ?? 0) > query.employees.max;
    if (signals.has(key) || tooLarge) others += 1;
    else signals.set(key, signal);
  }
  refuseChanged(seen, unreadable.size > 0 && signals.size + others === 0 ? [...unreadable.keys()] : []);
  return {
    signals: [...signals.values()],
    total: Math.max(rows.length, total) - others,
    unreadable: Object.fromEntries(unreadable),
    refusedFields,
  };
}

/**
 * A field that no row has was renamed or removed by the vendor. Without this check such a day would look like a day
 * without signals.
 */
function refuseChanged(rows: readonly Fields[], wrong: readonly string[]): void {
  const { signalScore, signalStrength, signalDate } = names;
  const gone = absent(rows, { signalScore: [...signalScore, ...signalStrength], signalDate }, 3);
  const fields = [...gone.map((field) => `${field}: missing in all ${rows.length} rows`), ...wrong];
  if (fields.length > 0) throw new UnexpectedAnswer(path, fields);
}
