import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import { channel, noteFor, seen, startTestApp, type TestApp } from '../support/app.ts';
import { lakeside } from '../support/clients.ts';

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  let it: TestApp;
  beforeAll(async () => {
    const prairie = { ...lakeside, slug: 'prairie', name: 'Prairie Mutual', active: false };
    it = await startTestApp({
      mode,
      clients: [
        { client: lakeside, zips: ['75034', '75035'] },
        { client: prairie, zips: ['73034'] },
      ],
    });
  });
  afterAll(() => it.close());

  test.each([
    [
      'an unknown client gets the nearest name',
      '/pull-leads lakside 2027-03',
      /no client “lakside”.*Did you mean `lakeside`.*Nothing was started/s,
    ],
    ['a client like no other gets the way to the list', '/pull-leads zzzzzz 2027-03', /`\/leadops clients` lists them/],
    [
      'a bad month is named',
      '/pull-leads lakeside 2027-13',
      /“2027-13” is no month.*Nothing was started.*`\/pull-leads <client> <month>/s,
    ],
    ['a missing month is said', '/pull-leads lakeside', /The renewal month is missing/],
    ['a month that is over is refused', '/pull-leads lakeside 2026-12', /December 2026 is over/],
    ['an unknown flag is named', '/pull-leads lakeside 2027-03 --fast', /do not know `--fast`/],
    ['an inactive client is said to be so', '/pull-leads prairie 2027-03', /Prairie Mutual is not active/],
    ['no words at all bring the form', '/pull-leads', /Pulls a client.*`\/pull-leads <client> <month>/s],
    ['an unknown verb brings the help', '/leadops dance', /do not know “dance”/],
    ['a word that every object has is no verb', '/leadops constructor', /do not know “constructor”/],
    ['help lists what there is', '/leadops help', /\/pull-leads.*\/leadops status.*\/leadops why/s],
    ['an unknown run is said', '/leadops cancel 12345678', /There is no run `12345678`/],
    [
      'a month without leads says so',
      '/leadops gap lakeside 2027-03',
      /Nothing was pulled for Lakeside Insurance, March 2027, yet/,
    ],
    ['the clients are listed', '/leadops clients', /Lakeside Insurance.*`lakeside`.*TX, OK.*15,000.*2 ZIPs/s],
  ])('%s', async (_title, command, answer) => {
    const note = await noteFor(it.people.operator, command);
    expect(note).toMatch(answer);
    expect(await it.store.runs.open()).toEqual([]);
  });

  test('who has no role may start nothing', async () => {
    expect(await noteFor(it.people.outsider, '/pull-leads lakeside 2027-03')).toMatch(
      /needs the role \*operator\*.*Nothing was done/s,
    );
    expect(await it.store.runs.open()).toEqual([]);
  });

  test('roles are listed for an admin, and words that would change them are not passed over', async () => {
    const { admin, operator } = it.people;
    expect(await noteFor(admin, '/leadops members')).toMatch(/<@U01OPERATOR> \*operator\* for all clients/);
    expect(await noteFor(admin, '/leadops members remove U01OPERATOR')).toMatch(
      /changed from the command line.*Nothing was done/s,
    );
    expect(await noteFor(operator, '/leadops members')).toMatch(/role \*admin\* for all clients/);
  });

  test('a month whose windows are already due asks first, and "Leave it" leaves it', async () => {
    const note = await noteFor(it.people.operator, '/pull-leads lakeside feb');
    expect(note).toMatch(/of the four windows of February 2027 were already due.*Nothing was started/s);
    const question = await seen(it.people.operator, /already due/);
    await it.people.operator.click(question, 'Leave it');
    await seen(it.people.operator, /Left as it is. Nothing was started/);
    expect(await it.store.runs.open()).toEqual([]);
  });

  test('every command was acknowledged before any work', () => {
    const { ackMs, timeouts } = it.slack.stats();
    expect(timeouts).toBe(0);
    expect(ackMs.list.length).toBeGreaterThan(10);
  });
});

describe('a run whose vendor cannot be reached', () => {
  let it: TestApp;
  beforeAll(async () => {
    it = await startTestApp({ clients: [{ client: lakeside, zips: ['75034'] }] });
  });
  afterAll(() => it.close());

  test('has one card, can be canceled, tells the second starter where it is, and is found in the lists', async () => {
    const { operator, approver } = it.people;
    await operator.say(channel, '/pull-leads lakeside 2027-03');
    const card = await seen(operator, /Lead pull · Lakeside Insurance · March 2027/);
    expect(await noteFor(approver, '/pull-leads lakeside March 2027')).toMatch(
      /already (running|waiting).*See its card.*Nothing new was started/s,
    );
    expect(await noteFor(operator, '/leadops status')).toMatch(/Lakeside Insurance · March 2027/);
    expect((await operator.click(card, 'Cancel', { confirm: 'deny' })).outcome).not.toBe('failed');
    await operator.click(card, 'Cancel');
    await seen(operator, /March 2027 was canceled/);
    const cards = (await operator.messages(channel)).filter(
      (message) => /Lead pull/.test(words(message)) && !message.ephemeral,
    );
    expect(cards).toHaveLength(1);
    expect(await noteFor(operator, '/leadops runs lakeside')).toMatch(/was canceled/);
  });
});
