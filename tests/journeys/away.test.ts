import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import { channel, runOver, seen, startTestApp, type TestApp } from '../support/app.ts';
import { lakeside } from '../support/clients.ts';

jest.setTimeout(240_000);

let it: TestApp;
/** A port where nobody listens, and that Chromium asks all the same. */
const COLE_URL = 'http://127.0.0.1:59998';

beforeAll(async () => {
  // Nobody listens where Cole is said to be.
  const client = { ...lakeside, states: ['TX'], channel };
  it = await startTestApp({ clients: [{ client, zips: ['75035'] }], environment: { RETRY_MINUTES: '45', COLE_URL } });
  await it.store.credentials.set('cole', 'TX', { username: 'northwind-tx', secret: 'blue-heron-41', owner: null });
});
afterAll(() => it.close());

test('a vendor that is away fails no pull: its card says when it tries again, Try now does, and then it has failed and is told', async () => {
  const { operator } = it.people;
  const over = runOver(it, () => operator.say(channel, '/pull-leads lakeside 2027-03'), 3 * 60_000);
  const held = await seen(operator, /is held up: Cole X Dates.*tried again by itself, once more/s);
  // In the reader's own zone, on the business clock: 45 minutes on.
  const at = /Next try \*<!date\^(\d+)\^/.exec(words(held))?.[1];
  const minutes = Math.round((Number(at) * 1_000 - it.clock.now()) / 60_000);
  expect(minutes).toBeGreaterThanOrEqual(40);
  expect(minutes).toBeLessThanOrEqual(45);
  await operator.click(held, 'Try now');
  const run = await over;
  expect(run).toMatchObject({ status: 'failed', errorType: 'NETWORK', awayTries: 1 });
  const told = await operator.waitFor('the message in the thread', async () =>
    (await operator.thread(held)).find(({ text }) => /has failed: Cole X Dates/.test(text)),
  );
  expect(told.text).toContain('<@U01OPERATOR>');
  expect(words(told)).toMatch(/tried again by itself, 1 time in all\. Retry when the other side is back/);
});
