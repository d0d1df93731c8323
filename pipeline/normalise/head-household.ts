import { tidy } from './text.ts';

const no: ReadonlySet<string> = new Set(['', 'n', 'no', 'false', '0']);

/** Empty, N, No, False and 0 say no (docs/sop.md#head-of-household); anything else says yes. */
export function isHeadOfHousehold(text: string): boolean {
  return !no.has(tidy(text).toLowerCase());
}
