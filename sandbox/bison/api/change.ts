import type { Change } from '../state/campaigns.ts';
import { invalid } from './refusal.ts';

/** Laravel takes these for booleans in JSON. */
const truths = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  [1, true],
  [0, false],
  ['1', true],
  ['0', false],
]);

const rules = {
  name: { is: (value: unknown) => typeof value === 'string' && value.trim() !== '', said: 'must be a string' },
  max_emails_per_day: { is: isWhole, said: 'must be an integer' },
  max_new_leads_per_day: { is: isWhole, said: 'must be an integer' },
  plain_text: { is: isTruth, said: 'field must be true or false' },
  open_tracking: { is: isTruth, said: 'field must be true or false' },
  reputation_building: { is: isTruth, said: 'field must be true or false' },
  can_unsubscribe: { is: isTruth, said: 'field must be true or false' },
  unsubscribe_text: { is: (value: unknown) => value === null || typeof value === 'string', said: 'must be a string' },
  include_auto_replies_in_stats: { is: isTruth, said: 'field must be true or false' },
  sequence_prioritization: {
    is: (value: unknown) => value === 'followups' || value === 'new_leads',
    said: 'is invalid',
  },
} as const;

function isTruth(value: unknown): boolean {
  return truths.has(value);
}

function isWhole(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1;
}

/** What a body of `PATCH …/update` changes; fields it does not know are ignored. @throws Refusal 422 */
export function readChange(body: Readonly<Record<string, unknown>>): Change {
  const sent = Object.entries(rules).filter(([name]) => body[name] !== undefined);
  const wrong = sent.filter(([name, { is }]) => !is(body[name]));
  if (wrong.length > 0) {
    throw invalid(
      Object.fromEntries(wrong.map(([name, { said }]) => [name, [`The ${name.replaceAll('_', ' ')} ${said}.`]])),
    );
  }
  // Every value passed its rule above.
  return Object.fromEntries(sent.map(([name, { is }]) => [name, is === isTruth ? truths.get(body[name]) : body[name]]));
}
