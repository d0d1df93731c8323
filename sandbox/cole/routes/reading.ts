import { dwellings } from '../../households/property.ts';
import { placeOf, stateNames } from '../../households/places.ts';
import { fields } from '../columns.ts';
import { monthNames } from '../pages/advanced.ts';
import type { Filters, Range } from '../query.ts';
import type { Form } from './visit.ts';

/**
 * The ZIP box takes `ddddd(,ddddd)*` and nothing else. A ZIP nobody lives in is taken, and has no records.
 *
 * @returns the ZIPs, each once; or what is wrong with which entry
 */
export function readZips(text: string, state: string): readonly string[] | string {
  if (text === '') return 'Please enter at least one ZIP code.';
  const entries = text.split(',');
  for (const [index, entry] of entries.entries()) {
    if (!/^\d{5}$/.test(entry)) {
      return `Entry ${index + 1} ("${entry}") is not a five-digit ZIP code. Separate ZIP codes with commas, without spaces.`;
    }
    const home = placeOf(entry)?.state;
    if (home && home !== state) {
      return `Entry ${index + 1} (${entry}) is in ${stateNames[home] ?? home}. Your search covers ${stateNames[state] ?? state}.`;
    }
  }
  return [...new Set(entries)];
}

export function readFields(form: Form): readonly string[] {
  return form.many('fields').filter((label) => fields.some((known) => known.label === label));
}

/** @returns the filters, or what is wrong with them */
export function readFilters(form: Form, years: readonly [number, number]): Filters | string {
  const errors: string[] = [];
  const number = (name: string, label: string, most: number): number | null => {
    const text = form.text(name).trim();
    if (text === '') return null;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value <= most)) errors.push(`${label} must be a whole number up to ${most.toLocaleString('en-US')}.`);
    return value;
  };
  const range = (name: string, label: string, most: number): Range => {
    const read = { from: number(`${name}_from`, `${label} from`, most), to: number(`${name}_to`, `${label} to`, most) };
    if (read.from !== null && read.to !== null && read.from > read.to) errors.push(`${label}: "from" is above "to".`);
    return read;
  };
  const filters: Filters = {
    homeValue: range('value', 'Home value', 100_000_000),
    unknownValue: oneOf(form.text('unknown'), ['any', 'include', 'only']),
    year: range('year', 'Purchase year', years[1]),
    month: number('month', 'Purchase month', 12),
    day: range('day', 'Purchase day', 31),
    yearsAtAddress: range('years', 'Years at address', 99),
    dwelling: dwellings.find((known) => known === form.text('dwelling')) ?? null,
    doNotCall: oneOf(form.text('dnc'), ['any', 'exclude', 'only']),
  };
  return errors[0] ?? filters;
}

function oneOf<T extends string>(text: string, options: readonly [T, ...T[]]): T {
  return options.find((option) => option === text) ?? options[0];
}

/** The filters in words, for the summary. */
export function described(filters: Filters): readonly string[] {
  const range = (label: string, { from, to }: Range) =>
    from === null && to === null ? [] : [`${label}: ${from ?? 'any'} to ${to ?? 'any'}`];
  return [
    ...range('Home value', filters.homeValue),
    ...(filters.unknownValue === 'any' ? [] : [`Blank/unknown home values: ${filters.unknownValue}`]),
    ...range('Purchase year', filters.year),
    ...(filters.month === null ? [] : [`Purchase month: ${monthNames[filters.month - 1] ?? ''}`]),
    ...range('Purchase day', filters.day),
    ...range('Years at address', filters.yearsAtAddress),
    ...(filters.dwelling === null ? [] : [`Dwelling type: ${filters.dwelling}`]),
    ...(filters.doNotCall === 'any' ? [] : [`Do-not-call: ${filters.doNotCall}`]),
  ];
}
