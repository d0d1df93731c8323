import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CampaignId, ListId } from '../../pipeline/ports/bison.ts';
import { windowsOf } from '../../pipeline/renewal.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import { makeSuppressions } from '../../src/store/uploads/suppressions.ts';
import { march } from '../support/bison.ts';
import { cleanedLeads, emailOf } from '../support/cleaned-leads.ts';
import { lakeside } from '../support/clients.ts';
import { newRun } from '../support/new-run.ts';
import { engines, openTestStore, type TestStore } from '../support/store.ts';

const [first, second] = windowsOf(march);
const workspace = 'Lakeside Insurance Group';

describe.each(engines)('on %s', (engine) => {
  let it: TestStore;
  let runs = 0;
  beforeAll(async () => {
    it = await openTestStore(engine);
    for (const slug of ['big', 'one', 'other', 'again', 'gone', 'ledger', 'undo', 'forget', 'retire', 'loses']) {
      const client: Client = { ...lakeside, slug, name: slug };
      await it.store.clients.save(client);
    }
  });
  afterAll(() => it.close());

  const key = (client: string) => ({ client, month: march });
  const startRun = async (client: string) => {
    runs += 1;
    const { run } = await it.store.runs.start(
      newRun({ workflow: 'upload', client, key: `k${runs}`, requestedBy: 'U1', channel: 'C1' }),
    );
    return run.id;
  };
  const idsOf = async (client: string, windowNo: number) =>
    (await it.store.uploads.waiting(key(client))).filter((lead) => lead.windowNo === windowNo).map(({ id }) => id);
  /** A list of everybody who waits in the first window, up at Bison. */
  const up = async (client: string, run: string) => {
    const batch = await it.store.uploads.plan(key(client), run, {
      window: first,
      workspace,
      leads: await idsOf(client, 1),
    });
    if (!batch) throw new Error('nobody waits');
    await it.store.uploads.begin(batch.id, { name: `list ${batch.id}`, rows: batch.rows });
    await it.store.uploads.made(batch.id, `b${batch.id}` as ListId); // as Bison would give it
    return it.store.uploads.get(batch.id);
  };

  test('a window of more than a thousand leads is planned and read whole', async () => {
    await cleanedLeads(it.store, { client: 'big', month: march, count: 1_300, day: () => 2 });
    const run = await startRun('big');
    const ids = await idsOf('big', 1);
    expect(ids).toHaveLength(1_300);
    const batch = await it.store.uploads.plan(key('big'), run, { window: first, workspace, leads: ids });
    expect(batch).toMatchObject({ rows: 1_300, part: 1, state: 'planned', window: first });
    const leads = batch ? await it.store.uploads.leads(batch) : [];
    expect(new Set(leads.map(({ email }) => email)).size).toBe(1_300);
    expect(leads[0]).toEqual({
      firstName: 'Ann',
      lastName: 'Lowe',
      email: emailOf('big', 1),
      dateOfBirth: null,
      address: '1 Oak St',
      city: 'Frisco',
      state: 'TX',
      zip: '75035',
      renewalDate: '2027-03-02',
      phone: '+14695550123',
      homeValue: 350_000,
    });
  });

  test('a lead is in one list and no other, whoever plans; what comes later is part 2', async () => {
    await cleanedLeads(it.store, { client: 'one', month: march, count: 3, day: () => 1 });
    const run = await startRun('one');
    const ids = await idsOf('one', 1);
    const plan = () => it.store.uploads.plan(key('one'), run, { window: first, workspace, leads: ids });
    const [a, b] = await Promise.all([plan(), plan()]);
    expect([a, b].filter((one) => one !== null)).toHaveLength(1);
    await cleanedLeads(it.store, { client: 'one', month: march, count: 2, first: 10, day: () => 1 });
    const later = await it.store.uploads.plan(key('one'), run, {
      window: first,
      workspace,
      leads: await idsOf('one', 1),
    });
    expect(later).toMatchObject({ part: 2, rows: 2 });
  });

  test('leads of another client, month or window are never taken, even when they are named', async () => {
    await cleanedLeads(it.store, { client: 'other', month: march, count: 2, day: () => 1 });
    const run = await startRun('one');
    const theirs = await idsOf('other', 1);
    expect(await it.store.uploads.plan(key('one'), run, { window: first, workspace, leads: theirs })).toBeNull();
    expect(await it.store.uploads.plan(key('other'), run, { window: second, workspace, leads: theirs })).toBeNull();
    expect(await idsOf('other', 1)).toEqual(theirs);
  });

  test('a plan that never left is given up, one whose file may have left stays', async () => {
    await cleanedLeads(it.store, {
      client: 'again',
      month: march,
      count: 4,
      day: (number) => (number % 2 === 0 ? 1 : 9),
    });
    const run = await startRun('again');
    const [one, two] = [
      await it.store.uploads.plan(key('again'), run, { window: first, workspace, leads: await idsOf('again', 1) }),
      await it.store.uploads.plan(key('again'), run, { window: second, workspace, leads: await idsOf('again', 2) }),
    ];
    await it.store.uploads.begin(two?.id ?? 0, { name: 'x', rows: 2 });
    await it.store.uploads.dropPlanned(key('again'));
    expect((await it.store.uploads.ofMonth(key('again'))).map(({ id, state }) => ({ id, state }))).toEqual([
      { id: two?.id, state: 'uploading' },
    ]);
    expect(await idsOf('again', 1)).toHaveLength(one?.rows ?? -1);
    expect(await idsOf('again', 2)).toEqual([]);
  });

  test('who must not be written to leaves the cleaned leads, and the books say why', async () => {
    await cleanedLeads(it.store, { client: 'gone', month: march, count: 3, day: () => 1 });
    await it.store.suppressions.learn([emailOf('gone', 2)], 'unsubscribed', 'gone');
    const waiting = await it.store.uploads.waiting(key('gone'));
    const listed = await it.store.suppressions.among(waiting.map(({ email }) => email));
    expect([...listed]).toEqual([emailOf('gone', 2)]);
    const ids = waiting.filter(({ email }) => listed.has(email)).map(({ id }) => id);
    expect(await it.store.uploads.suppress(key('gone'), ids)).toBe(1);
    expect(await it.store.uploads.suppress(key('gone'), ids)).toBe(0);
    expect(await it.store.leads.counts({ ...key('gone'), filtersKey: '' })).toEqual({
      cleaned: 2,
      'quarantined: suppressed': 1,
    });
  });

  test('the list of people holds no address, and with another key it is refused instead of trusted', async () => {
    const email = 'Someone@Lane.Example';
    expect(await it.store.suppressions.learn([email, email.toLowerCase()], 'bounced', null)).toBe(1);
    expect(await it.store.suppressions.learn([email], 'forgotten', null)).toBe(0);
    const { data } = await it.db.from('suppressions').select('*');
    expect(JSON.stringify(data).toLowerCase()).not.toContain('lane.example');
    const other = makeSuppressions(it.db, () => Promise.resolve(Buffer.alloc(32, 7)));
    await expect(other.among(['a@b.example'])).rejects.toThrow(/made with another key/);
  });

  test('a campaign is one run’s at a time, and free again when that run is over', async () => {
    const [one, two] = [await startRun('ledger'), await startRun('ledger')];
    const holders = await Promise.all([it.store.evergreen.take('ledger', one), it.store.evergreen.take('ledger', two)]);
    expect(new Set(holders).size).toBe(1);
    const [holder] = holders;
    const other = holder === one ? two : one;
    expect(await it.store.evergreen.take('ledger', other)).toBe(holder);
    await it.store.runs.cancel(holder, 'U1');
    expect(await it.store.evergreen.take('ledger', other)).toBe(other);
  });

  test('what was attached is written once, and an undo gives the ledger back what was before', async () => {
    await cleanedLeads(it.store, { client: 'undo', month: march, count: 3, day: () => 1 });
    const run = await startRun('undo');
    const list = await up('undo', run);
    expect((await it.store.evergreen.unattached('undo')).map(({ id }) => id)).toEqual([list.id]);
    await it.store.evergreen.chosen('undo', '41' as CampaignId, null); // as Bison would give it
    await it.store.evergreen.tell('undo', { reputation_building: true });
    const facts = {
      windowStart: first.start,
      titleWindow: first.start,
      campaignId: '41' as CampaignId,
      titleBefore: 'before',
      titleAfter: 'after',
      totalBefore: 40,
      totalAfter: 43,
      added: 3,
    };
    await it.store.evergreen.attached(run, 'undo', [list.id], facts);
    await it.store.evergreen.attached(run, 'undo', [list.id], { ...facts, titleAfter: 'twice' });
    expect(await it.store.evergreen.campaign('undo')).toEqual({
      campaignId: '41',
      configuredId: null,
      title: 'after',
      windowStart: first.start,
      totalLeads: 43,
      told: { reputation_building: true },
    });
    expect(await it.store.evergreen.unattached('undo')).toEqual([]);
    expect((await it.store.evergreen.attachedBy(run)).map(({ id }) => id)).toEqual([list.id]);
    await it.store.evergreen.undone(run, 'U2', null);
    expect(await it.store.evergreen.campaign('undo')).toMatchObject({ title: 'before', windowStart: null });
    expect((await it.store.evergreen.ofWindow('undo', first.start)).map(({ state }) => state)).toEqual(['undone']);
    expect(await it.store.evergreen.unattached('undo')).toEqual([]);
    expect((await it.store.evergreen.attachment(run))?.state).toBe('undone');
  });

  test('what is known of a campaign is forgotten with the choice of another one, and kept with the same', async () => {
    const { evergreen } = it.store;
    await evergreen.chosen('ledger', '41' as CampaignId, '41'); // as Bison would give it
    await evergreen.tell('ledger', { reputation_building: true });
    const left = { title: 'Evergreen', window_start: first.start, total_leads: 43 };
    await it.db.from('evergreen_campaigns').update(left).eq('client', 'ledger');
    await evergreen.chosen('ledger', '41' as CampaignId, '50');
    const known = { title: 'Evergreen', windowStart: first.start, totalLeads: 43, told: { reputation_building: true } };
    expect(await evergreen.campaign('ledger')).toEqual({ campaignId: '41', configuredId: '50', ...known });
    await evergreen.chosen('ledger', '50' as CampaignId, '50');
    const nothing = { title: null, windowStart: null, totalLeads: null, told: {} };
    expect(await evergreen.campaign('ledger')).toEqual({ campaignId: '50', configuredId: '50', ...nothing });
  });

  test('a list loses who must not be written to while its file is not up, and then no more', async () => {
    await cleanedLeads(it.store, { client: 'loses', month: march, count: 3, day: () => 1 });
    const list = await it.store.uploads.plan(key('loses'), await startRun('loses'), {
      window: first,
      workspace,
      leads: await idsOf('loses', 1),
    });
    const id = list?.id ?? 0;
    expect((await it.store.uploads.open(key('loses'))).map(({ email }) => email)).toContain(emailOf('loses', 2));
    await it.store.uploads.begin(id, { name: 'x', rows: 3 });
    expect(await it.store.uploads.open(key('loses'))).toEqual([]);
    expect(await it.store.uploads.suppressIn(id, [emailOf('loses', 2), emailOf('big', 1)])).toBe(2);
    expect(await it.store.uploads.get(id)).toMatchObject({ rows: 2, state: 'uploading' });
    expect(await it.store.leads.counts({ ...key('loses'), filtersKey: '' })).toEqual({
      cleaned: 2,
      'quarantined: suppressed': 1,
    });
    await it.store.uploads.dropEmpty(id);
    await it.store.uploads.made(id, '7' as ListId); // as Bison would give it
    expect(await it.store.uploads.suppressIn(id, [emailOf('loses', 1)])).toBeNull();
    expect(await it.store.uploads.get(id)).toMatchObject({ rows: 2, state: 'uploaded' });
  });

  test('a person who is forgotten is nowhere, while the books still balance', async () => {
    await cleanedLeads(it.store, { client: 'forget', month: march, count: 3, day: () => 1 });
    const list = await up('forget', await startRun('forget'));
    const places = await it.store.people.places(emailOf('forget', 2));
    expect(places).toMatchObject({ lists: [`${workspace}: ${list.name ?? ''}`] });
    expect(await it.store.people.forget(emailOf('forget', 2))).toMatchObject({ leads: 1, contacts: 0 });
    const book = { ...key('forget'), filtersKey: '' };
    expect(await it.store.leads.counts(book)).toEqual({ cleaned: 2, 'quarantined: suppressed': 1 });
    expect(await it.store.leads.rawCount(book)).toBe(3);
    const { data } = await it.db.from('raw_leads').select('*').eq('client', 'forget');
    expect(JSON.stringify(data)).not.toContain(emailOf('forget', 2));
  });

  test('a month whose people are removed keeps its counts', async () => {
    await cleanedLeads(it.store, { client: 'retire', month: march, count: 5, day: () => 1 });
    expect(await it.store.people.monthsWithPeople('2027-04')).toContainEqual({ client: 'retire', month: march });
    expect(await it.store.people.retire('retire', march)).toBe(5);
    expect(await it.store.leads.counts({ ...key('retire'), filtersKey: '' })).toEqual({ cleaned: 5 });
    expect(await it.store.people.monthsWithPeople('2027-04')).not.toContainEqual({ client: 'retire', month: march });
    const { count } = await it.db.from('raw_leads').select('id', { count: 'exact', head: true }).eq('client', 'retire');
    expect(count).toBe(0);
  });
});
