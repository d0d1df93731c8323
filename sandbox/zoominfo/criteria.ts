/**
 * What the vendor takes, by kind of value (docs/vendors.md#zoominfo-search): numbers as strings, lists as comma
 * strings.
 */
type Kind = 'list' | 'levels' | 'number text' | 'score' | 'topics' | 'paging' | 'flag' | 'text';

export type Refusal = { readonly field: string; readonly why: string };

export const intentCriteria: Readonly<Record<string, Kind>> = {
  topics: 'topics',
  signalScoreMin: 'score',
  signalStartDate: 'text',
  signalEndDate: 'text',
  audienceStrengthMin: 'text',
  employeeRangeMin: 'number text',
  employeeRangeMax: 'number text',
  sicCodes: 'list',
  rpp: 'paging',
  page: 'paging',
};

export const contactCriteria: Readonly<Record<string, Kind>> = {
  companyId: 'list',
  managementLevel: 'levels',
  contactAccuracyScoreMin: 'number text',
  requiredFields: 'list',
  companyPastOrPresent: 'text',
  excludePartialProfiles: 'flag',
  rpp: 'paging',
  page: 'paging',
};

/** The vendor's own words; anything else is refused. */
const levels = ['Board Member', 'C Level Exec', 'VP Level Exec', 'Director', 'Manager', 'Non Manager'];

const wholeNumber = (value: unknown): boolean => /^\d+$/.test(typeof value === 'number' ? String(value) : text(value));

/** Why a value of this kind is refused; undefined when it is not. */
const faultOf: Readonly<Record<Kind, (value: unknown) => string | undefined>> = {
  list: (value) => (typeof value === 'string' && value.trim() !== '' ? undefined : 'must be a comma separated string'),
  levels: (value) =>
    typeof value === 'string' && parts(value).every((level) => levels.includes(level))
      ? undefined
      : `must be of ${levels.join(', ')}`,
  'number text': (value) =>
    typeof value === 'string' && /^\d+$/.test(value) ? undefined : 'must be a string with a number in it',
  score: (value) =>
    wholeNumber(value) && Number(value) >= 60 && Number(value) <= 100 ? undefined : 'must be from 60 to 100',
  topics: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')
      ? undefined
      : 'must be a list of topics',
  paging: (value) => (wholeNumber(value) && Number(value) >= 1 ? undefined : 'must be a whole number from 1'),
  flag: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  text: (value) => (typeof value === 'string' ? undefined : 'must be a string'),
};

/** The first thing the vendor will not have; `gone` is a field it has stopped to accept. */
export function refuseCriteria(
  body: Readonly<Record<string, unknown>>,
  criteria: Readonly<Record<string, Kind>>,
  gone: string | null,
): Refusal | undefined {
  for (const [field, value] of Object.entries(body)) {
    const kind = field === gone ? undefined : criteria[field];
    const why = kind === undefined ? 'is not a search criterion' : faultOf[kind](value);
    if (why !== undefined) return { field, why };
  }
  const rpp = Number(body.rpp ?? 25);
  if (rpp > 100) return { field: 'rpp', why: 'must not be more than 100' };
  if (Number(body.page ?? 1) * rpp > 1000) return { field: 'page', why: 'must not reach past 1,000 records' };
  if (text(body.companyId).length > 500) return { field: 'companyId', why: 'must not be longer than 500 characters' };
  return undefined;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The parts of a comma string. */
export function parts(value: unknown): readonly string[] {
  return text(value)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
