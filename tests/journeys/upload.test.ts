import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import { bookOf, channel, noteFor, runOver, seen, startTestApp, type TestApp } from '../support/app.ts';
import { accesses, lakesideAtBison, march, prairieAtBison, startTestBison, type TestBison } from '../support/bison.ts';
import { cleanedLeads, emailOf } from '../support/cleaned-leads.ts';

const minutes = 60_000;
// A browser signs in and looks for every step, on a machine that may be busy.
jest.setTimeout(12 * minutes);

const allNames = [
  '(March 1st - 7th renewals)',
  '(March 8th - 14th renewals)',
  '(March 15th - 21st renewals)',
  '(March 22nd - 31st renewals)',
];

describe.each(accesses)('PT4 through the %s, from the slash command to the last message', (access) => {
  let bison: TestBison;
  let it: TestApp;
  // Through the pages one list says it all, and takes a minute.
  const api = access === 'API';
  const names = api ? allNames : allNames.slice(0, 1);
  const sent = 21 * names.length;
  const upload = (words: string) =>
    runOver(it, () => it.people.operator.say(channel, `/leadops upload ${words}`), 10 * minutes);
  beforeAll(async () => {
    bison = await startTestBison();
    it = await startTestApp({
      clients: [
        { client: { ...lakesideAtBison, target: sent + 20 }, zips: ['75035'] },
        { client: prairieAtBison, zips: ['74012'] },
      ],
      environment: bison.environment,
      start: '2027-02-01T06:00:00-06:00',
    });
    await bison.setUp(it.store, access);
    await cleanedLeads(it.store, {
      client: 'lakeside',
      month: march,
      count: sent,
      ...(!api && { day: () => 3 }),
    });
    await cleanedLeads(it.store, { client: 'prairie', month: march, count: 10, zip: '74012' });
  });
  afterAll(async () => {
    await it.close();
    await bison.close();
  });

  test('whatever is typed wrongly is answered with what is wrong, that nothing was done, and the form', async () => {
    const { operator, outsider } = it.people;
    const form = /Nothing was started.*\/leadops upload <client> <month>/s;
    for (const [typed, problem] of [
      ['', /Which client/],
      ['lakside 2027-03', /no client “lakside”.*lakeside/],
      ['lakeside', /month is missing/],
      ['lakeside marsh', /“marsh” is no month/],
      ['lakeside 2026-12', /December 2026 is over/],
      ['lakeside 2027-03 --fast', /`--fast`/],
    ] as const) {
      const note = await noteFor(operator, `/leadops upload ${typed}`);
      expect(note).toMatch(problem);
      expect(note).toMatch(form);
    }
    expect(await noteFor(outsider, '/leadops upload lakeside 2027-03')).toMatch(/needs the role \*operator\*/);
    expect(await it.store.runs.recent({ workflow: 'upload', limit: 1 })).toEqual([]);
  });

  test('a dry run names workspace, lists and counts, and touches nothing', async () => {
    const run = await upload('lakeside 2027-03 --dry-run');
    expect(run.summary.outcome).toBe(
      `It would send ${sent} leads in ${api ? '4 lists' : '1 list'} to Lakeside Insurance Group. Nothing was touched.`,
    );
    const card = words(await seen(it.people.operator, /Upload · .* dry run is done/));
    for (const name of names) expect(card).toContain(`List “${name}”: 21 leads`);
    expect(bison.stats()).toMatchObject({ lists: [], uploads: {}, variables: { 'Lakeside Insurance Group': [] } });
    expect(await it.store.uploads.ofMonth({ client: 'lakeside', month: march })).toEqual([]);
  });

  test('four lists go up, counted on both sides, and the client’s channel reads the SOP’s message', async () => {
    // The portal's session ends after the file was taken and before the list is made.
    if (!api) await bison.fault({ expireInUpload: 1 });
    const run = await upload('lakeside march 2027');
    expect(run.error).toBeNull();
    expect(run.status).toBe('success');
    const { lists } = bison.stats();
    expect(lists.map(({ name, sent, accepted }) => ({ name, sent, accepted }))).toEqual(
      names.map((name) => ({ name, sent: 21, accepted: 21 })),
    );
    expect(lists.every(({ workspace }) => workspace === 'Lakeside Insurance Group')).toBe(true);
    expect(lists.every(({ behavior }) => behavior === 'patch')).toBe(true);
    const { text } = await seen(it.people.operator, /^✅ Refined Data Uploaded/);
    expect(text).toContain(
      [
        '✅ Refined Data Uploaded',
        '👤 Client: Lakeside Insurance',
        api ? '📅 4 Renewal Windows:' : '📅 1 Renewal Window:',
        'Week 1 03/01–03/07',
        ...(api ? ['Week 2 03/08–03/14', 'Week 3 03/15–03/21', 'Week 4 03/22–03/31'] : []),
        `📊 Records Exported: ${sent} (Target: ${sent + 20})`,
        '👤 Uploaded by: LeadOps (asked by <@U01OPERATOR>)',
      ].join('\n'),
    );
    expect(text).toContain('20 cleaned leads short of its target');
    const batches = await it.store.uploads.ofMonth({ client: 'lakeside', month: march });
    expect(batches.map(({ state, rows, accepted }) => ({ state, rows, accepted }))).toEqual(
      names.map(() => ({ state: 'uploaded', rows: 21, accepted: 21 })),
    );
  });

  test('asked again, nothing goes up twice', async () => {
    const run = await upload('lakeside 2027-03');
    expect(run).toMatchObject({
      status: 'skipped',
      error: `Every lead of March 2027 is up already: ${sent} in lists. Nothing was uploaded.`,
    });
    expect(bison.stats().lists).toHaveLength(names.length);
  });

  test('leads that come later go up as a second list, without the unsubscribed, the bounced and the forgotten', async () => {
    await bison.fault({
      unsubscribe: [emailOf('lakeside', 101)],
      bounce: [emailOf('lakeside', 102)],
      workspace: 7,
    });
    await it.store.suppressions.learn([emailOf('lakeside', 103)], 'forgotten', null);
    await cleanedLeads(it.store, { client: 'lakeside', month: march, count: 20, first: 101, day: () => 3 });
    const run = await upload('lakeside 2027-03');
    expect(run.status).toBe('success');
    const list = bison.stats().lists.at(-1);
    expect(list).toMatchObject({ name: '(March 1st - 7th renewals) 2', sent: 17, accepted: 17 });
    const { text } = await seen(it.people.operator, /^✅ Refined Data Uploaded.*later leads/s);
    expect(text).toContain('17 later leads went up as “(March 1st - 7th renewals) 2”');
    expect(text).toMatch(/3 leads left out: unsubscribed, bounced or forgotten/);
    expect(await it.store.leads.counts(bookOf(lakesideAtBison))).toMatchObject({ 'quarantined: suppressed': 3 });
    expect(bison.stats().leadsInListsOfOneName).toBe(0);
  });

  test('over target only as many go up as are missing, and the rest stays in reserve', async () => {
    if (!api) return;
    await cleanedLeads(it.store, { client: 'lakeside', month: march, count: 10, first: 201, day: () => 3 });
    expect((await upload('lakeside 2027-03')).status).toBe('success');
    expect(bison.stats().lists.at(-1)).toMatchObject({ name: '(March 1st - 7th renewals) 3', sent: 3, accepted: 3 });
    const { text } = await seen(it.people.operator, /^✅ Refined Data Uploaded.*over target/s);
    expect(text).toContain('7 leads over target stay in reserve');
  });
});
