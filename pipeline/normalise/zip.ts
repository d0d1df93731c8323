import type { Zip } from '../vocabulary.ts';
import { tidy } from './text.ts';

/** Spreadsheets eat leading zeros: what is left of a five-digit ZIP has 3 or 4 digits, of a nine-digit one 7 or 8. */
const plain = /^(?:\d{3,5}|\d{7,9})$/;
const plusFour = /^(\d{3,5})\s?[-–\s]\s?\d{1,4}$/;

/**
 * Five digits out of a ZIP as it was exported: `7034`, `07034`, `71022900`, `07102-2900`, `7102.0`.
 * @returns null for anything else, and for 00000
 */
export function fiveDigits(text: string): Zip | null {
  const value = tidy(text).replace(/\.0+$/, '');
  const head = plusFour.exec(value)?.[1];
  const digits = head ?? (plain.test(value) ? value : undefined);
  if (digits === undefined) return null;
  const zip = digits.length > 5 ? digits.padStart(9, '0').slice(0, 5) : digits.padStart(5, '0');
  return isZip(zip) ? zip : null;
}

export function isZip(text: string): text is Zip {
  return /^\d{5}$/.test(text) && text !== '00000';
}
