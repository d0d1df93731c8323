import zipcodes from 'zipcodes';
import type { State, Zip } from '../vocabulary.ts';
import { tidy } from './text.ts';

const codeOf: Readonly<Record<string, string | undefined>> = zipcodes.states.full;
const nameOf: Readonly<Record<string, string | undefined>> = zipcodes.states.abbr;
const places: Readonly<Record<string, { readonly state: string; readonly country: string } | undefined>> =
  zipcodes.codes;

/** Two letters for `TX`, `tx` and `Texas`; what is no state stays as it is written, in capitals. */
export function stateCode(text: string): State {
  const name = tidy(text).toUpperCase().replace(/\.$/, '');
  return name in nameOf ? name : (codeOf[name] ?? name);
}

/** The state a ZIP lies in; null where the table does not know it. */
export function stateOf(zip: Zip): State | null {
  const place = places[zip];
  return place?.country === 'US' ? place.state : null;
}
