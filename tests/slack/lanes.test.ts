import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import { channel, seen, startTestApp, type TestApp } from '../support/app.ts';
import { lakeside } from '../support/clients.ts';
import { lookInto } from '../support/store.ts';

jest.setTimeout(240_000);

let it: TestApp;
let vendor: Server;
beforeAll(async () => {
  // A vendor whose page is nothing anybody knows.
  vendor = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<html><body><h1>Coming soon</h1></body></html>');
  });
  await new Promise<void>((listening) => vendor.listen(0, '127.0.0.1', listening));
  const prairie = { ...lakeside, slug: 'prairie', name: 'Prairie Mutual' };
  it = await startTestApp({
    clients: [
      { client: { ...lakeside, channel }, zips: ['75034'] },
      { client: { ...prairie, channel }, zips: ['75035'] },
    ],
    // A TCP server's address is an object.
    environment: { COLE_URL: `http://127.0.0.1:${(vendor.address() as AddressInfo).port}` },
  });
  await it.store.credentials.set('cole', 'TX', { username: 'ops@agency.example', secret: 'secret', owner: null });
  await it.store.leases.closeLane('clay', 'Clay: "import" was not found on the page');
});
afterAll(async () => {
  await it.close();
  vendor.closeAllConnections();
  vendor.close();
});

const runOf = async (client: string) => (await it.store.runs.recent({ client, limit: 1 }))[0];
const closed = async () => (await it.store.leases.closedLanes()).map((lane) => lane.vendor);

test('who met a changed page opens that vendor again where the run is shown, and all that waited for it go on', async () => {
  const { operator, approver } = it.people;
  await operator.say(channel, '/pull-leads lakeside 2027-03');
  const failed = await seen(
    operator,
    /Lakeside Insurance[^]*failed: Cole X Dates: [^]*Open Cole X Dates again and retry/,
    {
      timeoutMs: 60_000,
    },
  );
  await operator.say(channel, '/pull-leads prairie 2027-03');
  const waiting = await seen(
    operator,
    /Prairie Mutual[^]*needs a person: Cole X Dates is closed[^]*Open Cole X Dates again/,
  );
  // What it says names the button there is.
  expect(words(waiting)).toMatch(/press "Open Cole X Dates again"/);
  expect(await closed()).toEqual(['clay', 'cole']);

  await operator.click(waiting, 'Open Cole X Dates again');
  await seen(operator, /needs the role \*approver\* for all clients/);
  expect(await closed()).toEqual(['clay', 'cole']);

  await approver.click(failed, 'Open Cole X Dates again and retry');
  await seen(approver, /Cole X Dates takes work again\. 1 other run that waited for it goes on/);
  expect((await runOf('lakeside'))?.attempt).toBe(2);
  const [met] = await it.store.approvals.ofRun((await runOf('prairie'))?.id ?? '');
  expect(met).toMatchObject({ state: 'approved', decidedBy: approver.user });
  expect(await closed()).toContain('clay');
  const audited = await lookInto(it.dataDir, (db) => db.from('audit').select('who,subject').eq('what', 'open lane'));
  expect(audited.data).toEqual([{ who: approver.user, subject: 'cole' }]);
});

test('the button of a run that waits opens it too', async () => {
  const { operator, approver } = it.people;
  // The page is still the same: whichever run comes first closes it again, and the other waits or fails with it.
  await operator.waitFor('both runs at rest', async () => {
    const both = await Promise.all(['lakeside', 'prairie'].map(runOf));
    return both.every((run) => run?.status === 'waiting' || run?.status === 'failed');
  });
  const stopped = (await Promise.all(['lakeside', 'prairie'].map(runOf))).find((run) => run?.status === 'failed');
  await operator.say(channel, `/leadops retry ${stopped?.id.slice(0, 8) ?? ''}`);
  const name = stopped?.client === 'lakeside' ? 'Lakeside Insurance' : 'Prairie Mutual';
  const card = await seen(
    operator,
    new RegExp(`${name}[^]*needs a person: Cole X Dates is closed[^]*Open Cole X Dates again`),
  );
  await approver.click(card, 'Open Cole X Dates again');
  await approver.waitFor('an answer to its question', async () =>
    (await it.store.approvals.ofRun(stopped?.id ?? '')).some(({ state }) => state === 'approved'),
  );
});
