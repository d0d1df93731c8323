import validator from 'validator';
import { tidy, withoutEnds } from './text.ts';

/** An address has 254 characters at most (RFC 5321); the rest is room for what may stand around it. */
const longest = 1_000;

/**
 * An e-mail address in lower case, or null where there is none or it is malformed.
 *
 * Stricter than the RFCs where strange addresses are typing mistakes: no quoted local part, no address literal, no
 * characters beyond ASCII. Two addresses in one field are malformed too: nobody said which one is meant.
 */
export function emailAddress(text: string): string | null {
  const line = tidy(text);
  if (line.length > longest) return null;
  const bare = line
    .toLowerCase()
    .replace(/^mailto:\s*/, '')
    .replace(/^<(.*)>$/, '$1');
  const address = withoutEnds(bare, ';, ');
  if (address.includes('"')) return null;
  return validator.isEmail(address, { allow_utf8_local_part: false }) && validator.isAscii(address) ? address : null;
}
