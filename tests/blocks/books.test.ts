import { expect, test } from '@jest/globals';
import { bookLines } from '../../blocks/books.ts';
import { stateLabel } from '../../pipeline/judge/books.ts';
import { quarantineReasons, rejectReasons, type Judgement } from '../../pipeline/vocabulary.ts';

const all: readonly Judgement[] = [
  ...quarantineReasons.map((reason) => ({ state: 'quarantined', reason }) as const),
  ...rejectReasons.map((reason) => ({ state: 'rejected', reason }) as const),
  { state: 'high_net_worth', reason: null },
];

test.each(all.map((judgement) => [stateLabel(judgement)]))('people are not shown “%s” as rows have it', (label) => {
  expect(bookLines({ [label]: 3 }, 3)).not.toContain(label);
});

test('who must not be written to is said in words, after the leads', () => {
  expect(bookLines({ 'quarantined: suppressed': 2, cleaned: 3 }, 5)).toBe(
    '📒 5 raw leads = 3 cleaned + 2 unsubscribed, bounced or forgotten. The books balance.',
  );
});

test('a line that another version kept is shown as it is', () => {
  expect(bookLines({ 'rejected: too far': 1, cleaned: 1 }, 2)).toContain('1 cleaned + 1 rejected: too far');
});
