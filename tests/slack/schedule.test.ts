import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { actionIds } from '../../blocks/ids.ts';
import { dueTimes } from '../../pipeline/calendar/due-times.ts';
import { publishHome } from '../../src/slack/home.ts';
import type { TestSlack } from '../support/app.ts';
import { day } from '../support/branded.ts';
import { startPausable, type Pausable } from '../support/pausable.ts';

jest.setTimeout(60_000);

let it: TestSlack;
let at: Pausable;
const operator = 'U01OPERATOR';
const approver = 'U02APPROVER';

beforeAll(async () => {
  at = await startPausable();
  it = at.it;
});
afterAll(() => at.close());
afterEach(() => at.clear());

const leadops = async (user: string, text: string): Promise<string> => (await at.leadops(user, text))?.text ?? '';

test('the schedule and Home name the next of each kind with its zone, what was moved, what is not set up and what is paused', async () => {
  it.clock.set('2027-01-15T08:30:00-06:00');
  await it.people.operator.waitFor('the clock', () =>
    Promise.resolve(at.works.clock.now() < new Date('2027-01-16T00:00:00Z') || undefined),
  );
  await leadops(approver, 'pause intent until Feb 1 because its signals are old');
  const said = await leadops(operator, 'schedule');
  expect(said).toMatch(
    /⚪ \*Pull of March 2027\* — .*\(Fri, Jan 15, 9:00 in Chicago\).*not set up:\* no active client, or no login for Cole/,
  );
  expect(said).toMatch(
    /Monday run of Jan 18\* — .*\(Tue, Jan 19, 9:00 in Chicago\).*PT5 February 15–21.*moved by a US holiday from Mon, Jan 18/,
  );
  expect(said).toMatch(
    /⏸️ \*Intent poll of Mon, Jan 18\* — .*7:00 in New York\).*paused \(`\/leadops resume intent`\)/,
  );
  expect(said).toMatch(/\*Paused\*\n⏸️ \*Intent polling\* is paused by <@U02APPROVER> until/);
  await publishHome(at.deps, operator);
  const home = JSON.stringify(await it.people.operator.homeNow());
  expect(home).toMatch(/Next due.*Sign-in check on Sun, Jan 17.*Intent polling\* is paused by/);
});

test('another hour is shown before it takes effect, holds from tomorrow, and makes nothing come twice or never', async () => {
  expect(await leadops(operator, 'schedule set intent 8:15')).toMatch(/needs the role \*admin\*/);
  expect(await leadops('U03ADMIN', 'schedule set intent 25:00')).toMatch(
    /“25:00” is no time of day.*Nothing was changed/,
  );
  expect(await leadops('U03ADMIN', 'schedule set intent 7:00')).toMatch(/is set to 07:00 already/);
  const asked = await at.leadops('U03ADMIN', 'schedule set intent 8:15');
  // Half past nine in New York: Friday's poll has been.
  expect(JSON.stringify(asked?.blocks)).toMatch(/Mon, Jan 18, 2027: 7:00 → \*8:15\* EST.*Use this hour.*Leave it/);
  expect(await it.store.calendar.hours()).toEqual([]);
  expect(await at.press(operator, actionIds.useHour, 'intent|08:15')).toMatch(/needs the role/);
  expect(await at.press('U03ADMIN', actionIds.useHour, 'intent|08:15')).toMatch(/^Set\. /);
  expect(await it.store.calendar.hours()).toEqual([{ kind: 'intent', from: '2027-01-16', time: '08:15' }]);
  const told = await it.store.messages.find(null, 'hour of intent from 2027-01-16: 08:15');
  expect(told).toMatchObject({ channel: 'C0SUCCESS' });
});

test.each([
  ['before the hour, to an earlier one', '2027-01-15T11:00:00Z', '05:00'],
  ['before the hour, to a later one', '2027-01-15T11:00:00Z', '23:30'],
  ['after the hour, to an earlier one', '2027-01-15T13:00:00Z', '05:00'],
  ['after the hour, to a later one that is still ahead', '2027-01-15T13:00:00Z', '23:30'],
])('an hour that is changed on the day itself, %s: each day comes once', (_what, changed, time) => {
  const moment = new Date(changed);
  const before = dueTimes(new Date('2027-01-15T06:00:00Z'), moment, ['intent']);
  const change = { kind: 'intent' as const, from: day('2027-01-16'), time };
  const after = dueTimes(moment, new Date('2027-01-20T06:00:00Z'), ['intent'], [change]);
  expect([...before, ...after].map((due) => due.day)).toEqual(['2027-01-15', '2027-01-18', '2027-01-19']);
});
