import validator from 'validator';
import { tidy } from './text.ts';

/**
 * An e-mail address in lower case, or null where there is none or it is malformed.
 *
 * Stricter than the RFCs where strange addresses are typing mistakes: no quoted local part, no address literal, no
 * characters beyond ASCII. Two addresses in one field are malformed too: nobody said which one is meant.
 */
export function emailAddress(text: string): string | null {
  const address = tidy(text)
    .toLowerCase()
    .replace(/^mailto:\s*/, '')
    .replace(/^<(.*)>$/, '$1')
    .replace(/[;,]+$/, '')
    .trim();
  if (address.includes('"')) return null;
  return validator.isEmail(address, { allow_utf8_local_part: false }) && validator.isAscii(address) ? address : null;
}
