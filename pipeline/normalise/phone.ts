import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { tidy } from './text.ts';

/** The North American plan: an area code and an exchange, neither beginning with 0 or 1. */
const northAmerican = /^\+1[2-9]\d{2}[2-9]\d{6}$/;

/**
 * A phone number as E.164, or null where the field holds none.
 *
 * Possible, not valid: `isValid` asks today's numbering plan, which has no area code 555 (so fictional numbers would
 * be lost) and lags behind new codes. The plan's shape is asked for instead; it turns `000-000-0000` away, and one
 * digit repeated ten times is a blank that somebody filled in. A number of another country must be valid there.
 */
export function phoneNumber(text: string): string | null {
  const number = parsePhoneNumberFromString(tidy(text).replace(/\.0+$/, ''), 'US');
  if (!number?.isPossible()) return null;
  if (number.countryCallingCode !== '1') return number.isValid() ? number.number : null;
  return northAmerican.test(number.number) && !/^\+1(\d)\1{9}$/.test(number.number) ? number.number : null;
}
