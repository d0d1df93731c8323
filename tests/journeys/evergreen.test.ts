import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import { channel, noteFor, runOver, seen, settled, startTestApp, type TestApp } from '../support/app.ts';
import {
  beforeMonday,
  accesses,
  lakesideAtBison,
  march,
  newTitle,
  oldTitle,
  prairieAtBison,
  prairieChannel,
  startTestBison,
  successChannel,
  type TestBison,
} from '../support/bison.ts';
import { cleanedLeads } from '../support/cleaned-leads.ts';

const minutes = 60_000;
// A browser signs in and looks for every step, on a machine that may be busy.
jest.setTimeout(15 * minutes);

const lists = (bison: TestBison) => bison.stats().lists.map(({ name, sent, accepted }) => ({ name, sent, accepted }));
const campaign = (bison: TestBison, id: number) => bison.stats().campaigns.find((one) => one.id === id);

describe.each(accesses)('a Monday through the %s, from the calendar to the last message', (door) => {
  let bison: TestBison;
  let it: TestApp;
  const api = door === 'API';
  beforeAll(async () => {
    bison = await startTestBison();
    it = await startTestApp({
      clients: [
        { client: lakesideAtBison, zips: ['75035'] },
        { client: prairieAtBison, zips: ['74012'] },
      ],
      environment: bison.environment,
      start: beforeMonday,
    });
    await bison.setUp(it.store, door);
    // Bison goes on in the workspace before for a while: whoever does not wait writes into the other client's.
    await bison.fault({ workspaceLag: 1_500 });
    // Through the pages one list a client says it all.
    const spread = api ? {} : { day: () => 3 };
    await cleanedLeads(it.store, { client: 'lakeside', month: march, count: api ? 84 : 21, ...spread });
    await cleanedLeads(it.store, { client: 'prairie', month: march, count: api ? 28 : 7, zip: '74012', ...spread });
  });
  afterAll(async () => {
    await it.close();
    await bison.close();
  });

  test('what is typed wrongly is answered with the form', async () => {
    const { operator, outsider } = it.people;
    expect(await noteFor(operator, '/leadops evergreen lakside')).toMatch(
      /lakeside.*Nothing was started.*evergreen \[client\]/s,
    );
    expect(await noteFor(operator, '/leadops evergreen --now')).toMatch(/`--now`.*Nothing was started/s);
    expect(await noteFor(outsider, '/leadops evergreen')).toMatch(/needs the role/);
    expect(await noteFor(operator, '/leadops schedule')).toMatch(
      /Feb 1, 2027 — PT4 March 2027: its four lists · PT5 \*March 1–7\*.*Feb 15, 2027, done on Tue, Feb 16, 2027/s,
    );
  });

  test('a dry run names campaign, lists, old and new title, and touches nothing', async () => {
    const run = await runOver(
      it,
      () => it.people.operator.say(channel, '/leadops evergreen lakeside --dry-run'),
      2 * minutes,
    );
    expect(run.status).toBe('success');
    const card = words(await seen(it.people.operator, /Monday run · dry run is done/));
    expect(card).toContain(`Title now: “${oldTitle}”, 40 leads`);
    expect(card).toContain(`Title then: “${newTitle}”`);
    expect(bison.stats()).toMatchObject({ lists: [], attaches: [], renames: [] });
  });

  test('the calendar’s Monday uploads, asks once what Bison does not say, attaches, renames and tells it all in one message', async () => {
    const { operator, approver } = it.people;
    it.clock.set('2027-02-01T09:00:02-06:00');
    if (api) {
      for (const [client, to] of [
        ['lakeside', channel],
        ['prairie', prairieChannel],
      ] as const) {
        const waiting = await settled(it, 'evergreen', { client, timeoutMs: 4 * minutes });
        expect(waiting.status).toBe('waiting');
        const card = await seen(operator, /Reputation building.*reputation_building/s, { to });
        await approver.click(card, 'It is on');
      }
    }
    const week = await settled(it, 'weekly', { timeoutMs: 4 * minutes });
    expect(week).toMatchObject({ status: 'success', trigger: 'scheduled' });
    const message = await seen(operator, /All contacts are queued in “Evergreen, Last Upload: March 1–7”/, {
      to: successChannel,
      timeoutMs: 8 * minutes,
    });
    await operator.waitFor('both clients in the message', async () => {
      const now = (await operator.messages(successChannel)).find(({ ts }) => ts === message.ts);
      return now && /Lakeside Insurance: 21 leads.*Prairie Mutual: 7 leads/s.test(words(now));
    });
    expect(lists(bison)).toHaveLength(api ? 8 : 2);
    for (const [id, total] of [
      [41, 61],
      [44, 27],
    ] as const) {
      expect(campaign(bison, id)).toMatchObject({ name: newTitle, totalLeads: total });
      expect(campaign(bison, id)?.settings).toMatchObject({
        plain_text: true,
        open_tracking: true,
        reputation_building: true,
        can_unsubscribe: true,
      });
    }
    expect(bison.stats().settingsLost).toEqual([]);
    expect(bison.stats().renames).toHaveLength(2);
    expect(bison.stats().concurrentSessionViolations).toBe(0);
  });

  test('the switch nobody can read is named as unconfirmed, and the others as kept', async () => {
    if (!api) return;
    const card = words(await seen(it.people.operator, /Evergreen · Lakeside.*is done/));
    expect(card).toMatch(/settings read back and kept/);
    expect(card).toMatch(/Could not be confirmed.*reputation_building/s);
  });

  test('the due time is closed, and pressed again the Monday does nothing twice', async () => {
    const [due] = (await it.store.calendar.recent(5)).filter(({ kind }) => kind === 'monday');
    expect(due).toMatchObject({ day: '2027-02-01', state: 'started' });
    const before = bison.stats();
    const run = await runOver(it, () => it.people.operator.say(channel, '/leadops evergreen'), 8 * minutes);
    await settled(it, 'weekly', { timeoutMs: 4 * minutes });
    expect(run).toBeDefined();
    expect(bison.stats().attaches).toHaveLength(before.attaches.length);
    expect(bison.stats().renames).toHaveLength(before.renames.length);
  });

  test('Undo needs an approver and a confirmation that says what is lost; then the title is back and no Monday attaches it', async () => {
    const { operator, approver } = it.people;
    const card = await seen(operator, /Evergreen · Lakeside.*is done.*21 of 21 leads added/s);
    await operator.click(card, 'Undo');
    await seen(operator, /needs the role \*approver\*/);
    const asked = await approver.click(card, 'Undo', { confirm: 'ask' });
    expect(JSON.stringify(asked)).toMatch(/deletes their history in it for good/);
    await approver.click(card, 'Undo');
    const undo = await settled(it, 'evergreen-undo', { timeoutMs: 4 * minutes });
    expect(undo.status).toBe('success');
    expect(campaign(bison, 41)).toMatchObject({ name: oldTitle, totalLeads: api ? 40 : 61 });
    if (!api) expect(words(await seen(operator, /Evergreen undo.*is done/))).toMatch(/stay in the campaign.*by hand/s);
    await seen(operator, /Taken back by <@U02APPROVER>/);
    await runOver(it, () => operator.say(channel, '/leadops evergreen lakeside'), 8 * minutes);
    await settled(it, 'weekly', { timeoutMs: 4 * minutes });
    expect(campaign(bison, 41)?.name).toBe(oldTitle);
  });

  test('Attach again is the way back', async () => {
    if (!api) return;
    const { operator, approver } = it.people;
    const card = await seen(operator, /Taken back by <@U02APPROVER>/);
    await runOver(it, () => approver.click(card, 'Attach again'), 8 * minutes);
    expect(campaign(bison, 41)).toMatchObject({ name: newTitle, totalLeads: 61 });
  });
});
