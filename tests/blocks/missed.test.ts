import { expect, test } from '@jest/globals';
import { missedMessage, type Missed } from '../../blocks/missed.ts';
import type { DueKind } from '../../pipeline/calendar/hours.ts';
import { checkBlocks } from '../../sandbox/slack/blocks/check.ts';
import { words } from '../../sandbox/demo/look.ts';
import { day } from '../support/branded.ts';

const missed = (kind: DueKind, on: string): Missed => ({ kind, day: day(on), at: new Date(`${on}T15:00:00Z`) });
const marcus = [{ slackId: 'U02APPROVER', insteadOf: null }];

test.each([
  ['monthly', '2027-01-15', /The pulls of March 2027 were missed.*`\/leadops monthly 2027-03` starts them/],
  ['monday', '2027-02-01', /The uploads of Monday 2027-02-01 were missed.*`\/leadops evergreen` do it now/],
  ['intent', '2027-01-19', /An intent poll was missed, due .*`\/leadops intent run` polls now/],
  ['check', '2027-01-14', /A sign-in check was missed.*`\/leadops check` looks now/],
] as const)('one that was missed says what it was, and what does it now: %s', (kind, on, says) => {
  const message = missedMessage([missed(kind, on)], marcus);
  expect(words(message)).toMatch(says);
  expect(words(message)).toContain('<@U02APPROVER>');
  expect(checkBlocks(message.blocks, 'message')).toEqual([]);
});

test('what was found missed together is said together, each kind with what to do', () => {
  const message = missedMessage(
    [
      missed('monday', '2027-01-11'),
      missed('check', '2027-01-14'),
      missed('intent', '2027-01-14'),
      missed('monthly', '2027-01-15'),
      missed('intent', '2027-01-15'),
      missed('monday', '2027-01-18'),
    ],
    marcus,
  );
  expect(message.text).toMatch(/^⏰ 6 due times were missed: nothing was running then/);
  const rows = words({ text: '', blocks: message.blocks })
    .split('\n')
    .filter((row) => row.startsWith('•'));
  expect(rows.map((row) => row.replaceAll(/<!date\^\d+\^[^|]*\|([^>]*)>/g, '$1'))).toEqual([
    '• *The pulls of March 2027*, due 2027-01-15 15:00 UTC. `/leadops monthly 2027-03` starts them for every client.',
    expect.stringMatching(
      /^• \*The uploads of 2 Mondays \(2027-01-11, 2027-01-18\)\*, the first due .* The next Monday/,
    ) as unknown,
    '• *2 intent polls*, the first due 2027-01-14 15:00 UTC, the last 2027-01-15 15:00 UTC. `/leadops intent run` polls now.',
    '• *A sign-in check*, due 2027-01-14 15:00 UTC. `/leadops check` looks now.',
  ]);
  expect(checkBlocks(message.blocks, 'message')).toEqual([]);
});
