import type { StateCounts, StateLabel } from '../pipeline/vocabulary.ts';
import { count, number } from './kit.ts';

/** Every line of the books in words, in the order a row meets them (docs/sop.md#lead-states), the good end first. */
const words: Readonly<Record<StateLabel, string>> = {
  cleaned: 'cleaned',
  duplicate: 'duplicates',
  unverified: 'unverified',
  high_net_worth: 'high net worth (Texas)',
  moved: 'moved away',
  'rejected: name': 'no last name',
  'rejected: head_household': 'no head of household',
  'rejected: home_value_missing': 'no home value',
  'rejected: home_value': 'above the home-value limit',
  'rejected: email': 'no usable e-mail',
  'rejected: Invalid': 'e-mail invalid',
  'rejected: Risky': 'e-mail risky',
  'rejected: Unknown': 'e-mail unknown',
  'quarantined: unreadable': 'unreadable',
  'quarantined: wrong month': 'wrong month',
  'quarantined: zip not asked for': 'foreign ZIP',
  'quarantined: suppressed': 'unsubscribed, bounced or forgotten',
};

/** Books that were kept with a run may hold a line of another version: shown as it is, last. */
const wordsOf = new Map<string, string>(Object.entries(words));
const order = [...wordsOf.keys()];

/** The books, as one line: every exported row is in exactly one of the numbers. */
export function bookLines(books: StateCounts, raw: number): string {
  const known = Object.entries(books).toSorted(([a], [b]) => place(a) - place(b));
  const sum = known.reduce((total, [, leads]) => total + leads, 0);
  const parts = known.map(([state, leads]) => `${number(leads)} ${wordsOf.get(state) ?? state}`);
  const balance =
    sum === raw ? 'The books balance.' : `⚠️ The books are off by ${number(raw - sum)}: look at \`/leadops why\`.`;
  return `📒 ${count(raw, 'raw lead')} = ${parts.join(' + ')}. ${balance}`;
}

function place(state: string): number {
  const index = order.indexOf(state);
  return index < 0 ? order.length : index;
}
