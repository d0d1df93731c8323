import { decodeHTML } from 'entities';
import { z } from 'zod';
import { emailAddress } from '../../pipeline/normalise/email.ts';
import { phoneNumber } from '../../pipeline/normalise/phone.ts';
import { tidy } from '../../pipeline/normalise/text.ts';
import type { ManagementLevel } from '../../pipeline/ports/zoominfo.ts';
import { isRecord } from './fields.ts';

/*
 * The vendor's values, read leniently: numbers may be strings, strings may be numbers, names come with HTML entities in
 * them. What cannot be read is `null` or `''`, never an error; only an id must be one.
 */

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

const scalar = (value: unknown): string => {
  const parsed = Scalar.safeParse(value);
  return parsed.success ? tidy(String(parsed.data)) : '';
};

/** A number other than 0, or a text that is not blank. */
export const Id = z
  .union([z.string(), z.int()], 'is no id')
  .transform((id) => tidy(String(id)))
  .refine((id) => id !== '' && id !== '0', 'is no id');

export const Text = z.unknown().transform((value) => tidy(decodeHTML(scalar(value))));

export const Email = z.unknown().transform((value) => emailAddress(scalar(value)));

/**
 * E.164. Ten digits are a number the dialler takes (docs/vendors.md#dialler-file), be they of the North American plan
 * or not.
 */
export const Phone = z.unknown().transform((value) => phoneNumber(scalar(value)) ?? tenDigits(scalar(value)));

/** Also behind a 1; not behind another country's code, and not one digit ten times: that is a blank, filled in. */
function tenDigits(text: string): string | null {
  const [number = ''] = text.replace(/\.0+$/, '').split(/ext|x|#/i);
  const [, digits] = /^(?:\+?1)?(\d{10})$/.exec(number.replace(/[^\d+]/g, '')) ?? [];
  return digits === undefined || /^(\d)\1{9}$/.test(digits) ? null : `+1${digits}`;
}

/** `87`, `"87"`, `"95%"`, `"1,250"`; a range (`"50 - 99"`) is none. */
export const Amount = z.unknown().transform((value) => {
  const digits = scalar(value).replaceAll(',', '').replace(/%$/, '');
  return /^\d+(\.\d+)?$/.test(digits) ? Number(digits) : null;
});

export const Whole = Amount.transform((amount) => (amount === null ? null : Math.floor(amount)));

export const Flag = z.unknown().transform((value) => {
  const word = scalar(value).toLowerCase();
  return word === 'true' || word === 'yes' || word === '1';
});

/** A list, a comma string, or one thing. */
function several(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split(',') : value === undefined || value === null ? [] : [value];
}

/** What a list entry says, be it `{ id, name }` or bare. */
function entry(value: unknown, key: 'id' | 'name'): string {
  return scalar(isRecord(value) ? value[key] : value);
}

/**
 * An SIC code of four digits, the most specific: lists go from the group to the code
 * (docs/vendors.md#zoominfo-enrichment), so the last that has four. Also `3599.0`, `3599-01`, the eight digits of a
 * longer scheme, and a code by itself that lost its zero.
 */
export const Sic = z.unknown().transform((value) => {
  const codes = several(value).map((one) => entry(one, 'id').replace(/\.0+$/, ''));
  const whole = codes.flatMap((code) => /^(?:0(?=\d{4}$))?(\d{4})/.exec(code)?.[1] ?? []);
  const [only = ''] = codes;
  return whole.at(-1) ?? (codes.length === 1 && /^\d{3}$/.test(only) ? `0${only}` : null);
});

/** The most specific industry: the last of a list that goes from the wide to the narrow. */
export const Industry = z
  .unknown()
  .transform((value) => tidy(decodeHTML(Array.isArray(value) ? entry(value.at(-1), 'name') : entry(value, 'name'))));

/** Best first: "Board Member" before "Manager", "Non Manager" before "Manager". */
const levelWords: readonly (readonly [RegExp, ManagementLevel])[] = [
  [/\bnon[\s-]*manag/i, 'Non Manager'],
  [/\bboard\b/i, 'Board'],
  [/\bc[\s-]*(level|suite)|\bchief\b|\bcxo\b/i, 'C Level'],
  [/\bs?vp\b|\bvice\b/i, 'VP'],
  [/\bdirector/i, 'Director'],
  [/\bmanager/i, 'Manager'],
];

export const Levels = z.unknown().transform((value) => {
  const levels = several(value).flatMap((one) => {
    const word = entry(one, 'name');
    return levelWords.find(([pattern]) => pattern.test(word))?.[1] ?? [];
  });
  return [...new Set(levels)];
});

/** What a schema did not like, in the vendor's words and without a value: `company.id: missing`. */
export function complaints(error: z.ZodError, row: Readonly<Record<string, unknown>>): readonly string[] {
  return error.issues.map((issue) => {
    const field = String(issue.path[0] ?? 'the row');
    return `${field}: ${row[field] === undefined ? 'missing' : 'cannot be read'}`;
  });
}
