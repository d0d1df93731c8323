import { NeedsHuman } from '../../pipeline/errors.ts';
import { vendorName } from '../../pipeline/vendors.ts';

/** What binds the agency once somebody agrees to it. */
const binding =
  /\bterms\b|\b(agreement|licen[cs]e|eula|conditions|data processing|addendum|dpa)\b|\bprivacy (policy|notice|statement)\b|\bpolic(y|ies)\b[^.]{0,40}\b(chang|updat)|\b(chang|updat)\w*[^.]{0,40}\bpolic(y|ies)\b/i;
/** Words of asking for it; a link in a footer has none of them. */
const asking =
  /\b(i|we|you) (have read|agree|accept|consent)|\b(agree|accept|consent)(ing)? (to|and|&|all|the|our|these|new|updated)\b|\b(agree|accept)\s*$|\b(read|review|scroll)[^.]{0,60}\b(before|to continue|in order to)|\bby (clicking|continuing|using|pressing|proceeding)\b/im;
const cookies = /\bcookies?\b/i;
/** In a cookie banner a privacy policy is only named. */
const beyondCookies = /\bterms\b|\b(agreement|licen[cs]e|eula|data processing|addendum|dpa)\b/i;

/** Whether a notice wants somebody to agree to something on the agency's behalf. */
export function asksToAgree(text: string): boolean {
  if (!asking.test(text) || !binding.test(text)) return false;
  return !cookies.test(text) || beyondCookies.test(text);
}

/** Nobody here agrees to anything: a person reads it and decides. */
export function leaveToPerson(vendor: string, facts: Readonly<Record<string, string | number>> = {}): NeedsHuman {
  return new NeedsHuman(
    'CHECK',
    `${vendorName(vendor)} shows terms to agree to. Nothing was agreed to, and nothing else was done.`,
    {
      todo: `Sign in to ${vendorName(vendor)} by hand with this login, read them and decide for the agency. Once they are settled, press "Try again".`,
      facts,
    },
  );
}
