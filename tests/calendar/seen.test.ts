import { expect, test } from '@jest/globals';
import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import type { DueHandler } from '../../src/scheduler/parts.ts';
import { whereSeen } from '../../src/scheduler/seen.ts';

const started: DueTime[] = [];
const handler: DueHandler = {
  start(due) {
    started.push(due);
    return Promise.resolve({ state: 'started', runId: 'r' });
  },
  missed: () => Promise.resolve(),
};
// A real day, written here.
const due: DueTime = { kind: 'monday', day: '2027-02-01' as DueTime['day'], at: new Date('2027-02-01T15:00:00Z') };

test('a due time that nobody would see starts nothing and is closed as off', async () => {
  expect(await whereSeen(null, handler).start(due, 0)).toEqual({ state: 'off', runId: null });
  expect(started).toEqual([]);
  expect(await whereSeen('U03ADMIN', handler).start(due, 0)).toEqual({ state: 'started', runId: 'r' });
  expect(started).toEqual([due]);
});
