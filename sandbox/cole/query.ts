import type { Household } from '../households/household.ts';

export const listTypes = ['Emailing', 'Telemarketing', 'Direct Mail', 'New Movers'] as const;
export type ListType = (typeof listTypes)[number];

export type Range = { readonly from: number | null; readonly to: number | null };

/** What the page's filters say; `null` is "any". */
export type Filters = {
  readonly homeValue: Range;
  /** A range leaves out homes without a value, unless they are included; or only they are wanted. */
  readonly unknownValue: 'any' | 'include' | 'only';
  readonly year: Range;
  readonly month: number | null;
  readonly day: Range;
  readonly yearsAtAddress: Range;
  readonly dwelling: string | null;
  readonly doNotCall: 'any' | 'exclude' | 'only';
};

export type Query = {
  readonly state: string;
  readonly listType: ListType;
  readonly zips: readonly string[];
  readonly filters: Filters;
};

const open: Range = { from: null, to: null };

export const noFilters: Filters = {
  homeValue: open,
  unknownValue: 'any',
  year: open,
  month: null,
  day: open,
  yearsAtAddress: open,
  dwelling: null,
  doNotCall: 'any',
};

/** Everything but ZIPs, month and fields, in one spelling; `''` when nothing narrows the list. */
export function sliceKey({ listType, filters }: Pick<Query, 'listType' | 'filters'>): string {
  const range = (name: string, { from, to }: Range) =>
    from === null && to === null ? [] : [`${name}=${from ?? ''}-${to ?? ''}`];
  return [
    ...(listType === 'Emailing' || listType === 'Direct Mail' ? [] : [listType]),
    ...range('value', filters.homeValue),
    ...(filters.unknownValue === 'any' ? [] : [`unknown=${filters.unknownValue}`]),
    ...range('year', filters.year),
    ...range('day', filters.day),
    ...range('years', filters.yearsAtAddress),
    ...(filters.dwelling === null ? [] : [`dwelling=${filters.dwelling}`]),
    ...(filters.doNotCall === 'any' ? [] : [`dnc=${filters.doNotCall}`]),
  ].join('&');
}

/** The same for two searches that ask for the same records, whatever the order of their ZIPs. */
export function exportKey(query: Query): string {
  const zips = [...query.zips].sort().join(',');
  return [query.state, query.listType, zips, `month=${query.filters.month ?? 'any'}`, sliceKey(query)].join('|');
}

/** Whether a household is on the list. `thisYear` counts the years at an address. */
export function matches({ person, home }: Household, { listType, filters }: Query, thisYear: number): boolean {
  if (listType === 'Telemarketing' && person.phone === '') return false;
  if (listType === 'New Movers' && home.purchase.year < thisYear - 1) return false;
  return (
    valueMatches(home.homeValue, filters) &&
    within(home.purchase.year, filters.year) &&
    (filters.month === null || home.purchase.month === filters.month) &&
    within(home.purchase.day, filters.day) &&
    within(thisYear - home.purchase.year, filters.yearsAtAddress) &&
    (filters.dwelling === null || home.dwelling === filters.dwelling) &&
    (filters.doNotCall === 'any' || (filters.doNotCall === 'only') === person.doNotCall)
  );
}

function valueMatches(value: number | null, { homeValue, unknownValue }: Filters): boolean {
  if (unknownValue === 'only') return value === null;
  if (homeValue.from === null && homeValue.to === null) return true;
  return value === null ? unknownValue === 'include' : within(value, homeValue);
}

function within(value: number, { from, to }: Range): boolean {
  return (from === null || value >= from) && (to === null || value <= to);
}
