import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { valuesOf, words } from '../../sandbox/demo/look.ts';
import type { Person, SeenMessage } from '../../sandbox/slack/client.ts';
import { channel, noteFor, seen, startTestApp, type TestApp } from '../support/app.ts';
import { day } from '../support/branded.ts';
import { lakesideAtBison, prairieAtBison, startTestBison, successChannel, type TestBison } from '../support/bison.ts';
import { startVendors, tinyWorld, type Vendors } from '../support/vendors.ts';

const minute = 60_000;
jest.setTimeout(10 * minute);

/** Has no role, and owns a login. */
const owner = 'U04OUTSIDER';

let vendors: Vendors;
let bison: TestBison;
let it: TestApp;
beforeAll(async () => {
  vendors = await startVendors(tinyWorld);
  bison = await startTestBison();
  it = await startTestApp({
    // Thursday, a minute before the look of the evening before the 15th.
    start: '2027-01-14T17:59:00-06:00',
    clients: [
      { client: lakesideAtBison, zips: ['75035'] },
      { client: prairieAtBison, zips: ['74012'] },
    ],
    environment: { ...vendors.environment, ...bison.environment },
  });
  await vendors.setUp(it.store);
  await bison.setUp(it.store, 'API');
  await it.store.credentials.set('cole', 'TX', { username: 'northwind-tx', secret: 'wrong-word', owner });
  await it.people.operator.waitFor('the first look at the calendar', async () => it.store.calendar.lookedAt());
});
afterAll(async () => {
  await it.close();
  await bison.close();
  await vendors.close();
});

const inSuccess = { to: successChannel, timeoutMs: minute };

/** What only a signed-in vendor can be made to do, by its own count. */
async function done() {
  const cole = vendors.cole.stats();
  const clay = await vendors.clay.stats();
  const { lists, leadsSent } = bison.stats();
  return {
    cole: { searches: cole.searches, exports: cole.exports, twoBrowsers: cole.concurrentSessionViolations },
    clay: {
      made: clay.foldersMade + clay.workbooksMade + clay.tablesMade,
      moved: clay.imports.length + clay.exports.length,
      credits: clay.creditsSpent,
    },
    bison: { lists: lists.length, leadsSent },
  };
}

const directOf = async (person: Person) =>
  person.waitFor('a direct message', async () => (await person.channels()).find(({ id }) => id.startsWith('D')));

const again = async (message: SeenMessage, person: Person, pattern: RegExp) =>
  person.waitFor(String(pattern), async () => {
    const now = (await person.messages(message.channel)).find(({ ts }) => ts === message.ts);
    return now && pattern.test(words(now)) ? now : undefined;
  });

test('the evening before the 15th every login is looked at, and the owner of the one that is refused mends it from the message', async () => {
  const { operator, outsider } = it.people;
  const before = await done();
  it.clock.set('2027-01-14T18:00:05-06:00');

  const card = await seen(operator, /❌ 1 of 5 logins does not sign in: Cole X Dates, TX\./, inSuccess);
  expect(words(card)).toMatch(/❌ \*Cole X Dates, TX\* — sign-in refused/);
  expect(words(card)).toMatch(/✅ \*Cole X Dates, OK\* — signed in, and the form of a new search is there/);
  expect(words(card)).toMatch(
    /✅ \*Clay\* — .*✅ \*Email Bison, Lakeside Insurance Group\* — .*API token is that of this workspace/s,
  );
  expect(words(card)).not.toContain('wrong-word');
  expect(vendors.cole.stats()).toMatchObject({ signIns: 1, failedSignIns: 2 });
  const due = await it.store.calendar.find({ kind: 'check', day: day('2027-01-14') });
  expect(due).toMatchObject({ state: 'started' });

  await operator.click(card, 'Update the login …');
  await seen(operator, /Only the owner of this login or an admin for all clients may update it/, inSuccess);

  const { id: direct } = await directOf(outsider);
  const told = await seen(outsider, /Your login Cole X Dates, TX does not sign in: /, { to: direct });
  expect(words(told)).toMatch(/The month’s pulls of Lakeside Insurance begin/);
  await outsider.click(told, 'Update the login …');
  await outsider.waitFor('the modal', async () => (await outsider.modals()).length === 1);
  await outsider.submit({ username: 'northwind-tx', secret: 'blue-heron-41' });

  await seen(outsider, /✅ Cole X Dates, TX signs in\./, { to: direct, timeoutMs: minute });
  const settled = await again(told, outsider, /✅ Your login Cole X Dates, TX signs in again\./);
  expect(valuesOf(settled, 'login_update')).toEqual([]);
  const follows = await again(card, operator, /✅ All 5 logins sign in\./);
  expect(words(follows)).toMatch(/\*Cole X Dates, TX\* — signed in.*looked at again/);
  expect(valuesOf(follows, 'login_update')).toEqual([]);
  // Of everybody else's logins nobody was told.
  expect((await outsider.messages(direct)).filter((message) => /does not sign in/.test(words(message)))).toEqual([]);
  expect(await done()).toEqual(before);
});

test('who may not look at all logins is told so, and a login that is not there is no login', async () => {
  const { operator, outsider } = it.people;
  expect(await noteFor(outsider, '/leadops check')).toMatch(/role \*operator\* for all clients/);
  expect(await noteFor(operator, '/leadops check cole ZZ')).toMatch(
    /There is no login “Cole X Dates, ZZ”. Nothing was looked at. There are: .*Clay/,
  );
  expect(await noteFor(operator, '/leadops check salesforce')).toMatch(/“salesforce” is no vendor that has a login/);
});

test('a closed lane is said as such; opening it looks at the login again', async () => {
  const { operator, approver } = it.people;
  const before = await done();
  await it.store.leases.closeLane('clay', 'Clay: "import" was not found on the page');
  await operator.say(channel, '/leadops check clay');
  const card = await seen(
    operator,
    /Clay does not sign in\.[^]*Clay is closed since its page changed: "import" was not found on the page\n[^]*press "Open Clay again"/,
  );
  await operator.click(card, 'Open Clay again');
  await seen(operator, /needs the role \*approver\* for all clients/);
  await approver.click(card, 'Open Clay again');
  await again(card, operator, /✅ Clay signs in\.[^]*looked at again/);
  expect(await it.store.leases.closedLanes()).toEqual([]);
  expect(await done()).toEqual(before);
});
