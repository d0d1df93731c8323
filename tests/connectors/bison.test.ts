import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  madeSince,
  syncEveryMs,
  type Bison,
  type Campaign,
  type CampaignId,
  type CampaignRef,
  type LeadList,
  type ListRef,
} from '../../pipeline/ports/bison.ts';
import { evergreenTitle, listName as nameOf, parseEvergreenTitle } from '../../pipeline/evergreen-title.ts';
import { windowsOf } from '../../pipeline/renewal.ts';
import type { Day, Month } from '../../pipeline/vocabulary.ts';
import {
  accesses,
  bisonBy,
  lakeside,
  listName,
  monday,
  openBison,
  people,
  prairie,
  title,
  uploadOf,
  type BisonStand,
} from './bison-stand.ts';
import { startBrowser, type TestSessionDeps } from './session-deps.ts';

const browser = startBrowser();
let bison: BisonStand;
beforeAll(async () => {
  bison = await openBison();
});
afterAll(async () => {
  await bison.bison.close();
  await browser.close();
});
beforeEach(() => bison.reset());

describe.each(accesses)('Bison through its %s', (access) => {
  let port: Bison;
  let sessions: TestSessionDeps;
  let api: Bison;
  beforeEach(() => {
    ({ port, sessions } = bisonBy(access, browser, { url: bison.bison.url }));
    api = bisonBy('API', browser, { url: bison.bison.url }).port;
  });
  afterEach(() => sessions.lanes.close());
  const processed = async (list: ListRef, workspace = lakeside): Promise<LeadList> => {
    for (;;) {
      const now = await port.list(workspace, list);
      if (!now) throw new Error('no such list');
      if (now.status === 'processed' || now.status === 'failed') return now;
    }
  };
  const hand = async (name: string, rows = people(3), workspace = lakeside): Promise<LeadList> => {
    await api.prepareFields(workspace);
    return processed(await port.upload(workspace, uploadOf(name, rows)), workspace);
  };
  /** A list that was there before. */
  const given = async (name: string, rows = people(3)): Promise<LeadList> => {
    await api.prepareFields(lakeside);
    return api.upload(lakeside, uploadOf(name, rows));
  };
  /** As the ledger has it: an id and a title. */
  const evergreen = (): CampaignRef => ({ id: String(bison.campaign().id) as CampaignId, name: title });
  /** As this access reads it. */
  const read = async (): Promise<Campaign> => {
    const found = await port.campaign(lakeside, evergreen());
    if (!found) throw new Error('no campaign');
    return found;
  };

  test('makes a list of a file, every column in its field, and finds it by the name it was made with; somebody who is known keeps what the file does not hold', async () => {
    await given('(January 1st - 7th renewals)', [{ Email: 'ann1@home.example.org', Cellphone: '+14695550111' }]);
    expect(await port.findLists(lakeside, listName)).toEqual([]);
    const list = await hand(
      listName,
      people(20).map((one, at) => (at === 1 ? { ...one, Cellphone: '', City: 'Plano' } : one)),
    );
    expect(list).toMatchObject({ name: listName, status: 'processed', succeeded: 20, failed: 0, errors: [] });
    expect(await port.findLists(lakeside, listName)).toMatchObject([{ id: list.id, name: listName }]);
    expect(bison.stats().listsByName).toMatchObject({ [listName]: 1 });
    const made = bison.stats().lists.filter(({ name }) => name === listName);
    expect(made).toMatchObject([{ workspace: lakeside, sent: 20, accepted: 20, behavior: 'patch' }]);
    const lead = await bison.lead('ann0@home.example.org');
    expect(lead).toMatchObject({ first_name: 'Ann0', last_name: 'Lowe' });
    expect(lead.variables).toEqual({
      'date of birth': '1970-01-31',
      'street address': '12 Elm St',
      city: 'Frisco',
      state: 'TX',
      zip: '07034',
      'renewal date': '2027-02-03',
      cellphone: '+14695550100',
      'home value': '450000',
    });
    expect((await bison.lead('ann1@home.example.org')).variables).toMatchObject({
      cellphone: '+14695550111',
      city: 'Plano',
    });
  });

  // docs/vendors.md#past-mistakes: named one way by PT4, searched another way by PT5.
  test('a list of a top-up is another list than that of its window, and neither is found for the other', async () => {
    const [window] = windowsOf('2027-02' as Month);
    const first = await given(nameOf(window), people(2));
    const second = await given(nameOf(window, { part: 2 }), people(3, 'home.example.org', 5));
    expect(nameOf(window)).toBe(listName);
    expect((await port.findLists(lakeside, nameOf(window))).map(({ id }) => id)).toEqual([first.id]);
    expect((await port.findLists(lakeside, nameOf(window, { part: 2 }))).map(({ id }) => id)).toEqual([second.id]);
    await port.attach(lakeside, evergreen(), second);
    expect(bison.stats().attaches).toMatchObject([{ list: Number(second.id), added: 3, workspace: lakeside }]);
  });

  test('finds every list of a name, however many pages they are spread over, and says which was made since', async () => {
    await given(listName, people(1));
    for (let n = 0; n < 17; n += 1) await given(`other ${n}`, people(1));
    bison.pass(3 * 86_400_000);
    const again = await given(listName, people(2));
    const lists = await port.findLists(lakeside, listName);
    expect(lists.map(({ id }) => id)).toHaveLength(2);
    expect(lists[0]?.id).toBe(again.id);
    expect(lists.map((list) => madeSince(list, new Date(monday + 2.5 * 86_400_000)))).toEqual([true, false]);
  });

  test('custom variables are made once, and those of another spelling are used as they are', async () => {
    await port.prepareFields(lakeside);
    await port.prepareFields(lakeside);
    expect(bison.stats().variables[lakeside]?.toSorted()).toEqual([
      'cellphone',
      'city',
      'date of birth',
      'home value',
      'renewal date',
      'state',
      'street address',
      'zip',
    ]);
  });

  test('personal domains that Bison skips show in what it accepted', async () => {
    const list = await hand(listName, [...people(4), ...people(6, 'gmail.com')], prairie);
    expect(list.succeeded).toBe(4);
    expect(bison.stats().lists).toMatchObject([{ workspace: prairie, sent: 10, accepted: 4, skippedPersonal: 6 }]);
    expect((await port.workspace(prairie)).personalDomains).toBeNull();
  });

  test('a refused upload comes back in the vendor’s own words, and no list is made', async () => {
    await api.prepareFields(lakeside);
    await bison.fault({ rejectUpload: 1 });
    const refused = port.upload(lakeside, uploadOf(listName, people(2)));
    await expect(refused).rejects.toThrow('could not be processed. Please check the file');
    await expect(refused).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(bison.stats().lists).toEqual([]);
  });

  test('a file that is not what was announced never leaves the house', async () => {
    const upload = uploadOf(listName, people(2));
    await expect(port.upload(lakeside, { ...upload, rows: 3 })).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(bison.stats().uploads).toEqual({});
  });

  test('an upload whose answer was lost is not tried again, and its list is found instead', async () => {
    await api.prepareFields(lakeside);
    await bison.fault({ dropAfterUpload: 1 });
    await expect(port.upload(lakeside, uploadOf(listName, people(3)))).rejects.toMatchObject({ name: 'Retryable' });
    const found = await port.findLists(lakeside, listName);
    expect(found.map((list) => madeSince(list, new Date(monday)))).toEqual([true]);
    for (const list of found) expect(await processed(list)).toMatchObject({ succeeded: 3 });
    expect(bison.stats().listsByName).toEqual({ [listName]: 1 });
  });

  // docs/vendors.md#past-mistakes: a title has any dash, and ours an en dash.
  test('finds campaigns by words of their title in any case, with the dash they have', async () => {
    const found = await port.findCampaigns(lakeside, 'evergreen, last upload');
    expect(found.map(({ name }) => name).toSorted()).toEqual(['EVERGREEN, last upload: January 15 - 21', title]);
    const near = '2027-01-04' as Day;
    expect(found.map(({ name }) => parseEvergreenTitle(name, near)?.start).toSorted()).toEqual([
      '2027-01-15',
      '2027-01-22',
    ]);
    expect((await port.findCampaigns(prairie, 'evergreen')).map(({ name }) => name)).toEqual([
      'Evergreen, Last Upload: January 22—31',
    ]);
  });

  test('reads a campaign with its lead count and settings; one that somebody renamed meanwhile is left alone', async () => {
    const campaign = await read();
    expect(campaign).toMatchObject({ name: title, status: 'active', totalLeads: 40 });
    expect(campaign.settings).toMatchObject({
      plain_text: true,
      open_tracking: true,
      can_unsubscribe: true,
      max_emails_per_day: 1_000,
    });
    expect(campaign.unreadable).toEqual(access === 'API' ? ['reputation_building'] : []);
    expect(await port.findCampaigns(lakeside, 'January 22')).toEqual([campaign]);
    expect(await port.campaign(lakeside, { ...campaign, id: '4711' as CampaignId })).toBeNull();
    const stale = { ...campaign, name: 'Evergreen, Last Upload: January 15–21' };
    const rename = { campaign: stale, to: 'Evergreen, Last Upload: February 1–7', told: { reputation_building: true } };
    await expect(port.rename(lakeside, rename)).rejects.toMatchObject({ name: 'DataMismatch' });
    expect(bison.stats().renames).toEqual([]);
  });

  // docs/vendors.md#past-mistakes: "success" may mean nobody.
  test('an attach is believed only when the campaign’s count says so, after its sync', async () => {
    const list = await given(listName, people(20));
    const campaign = evergreen();
    await bison.fault({ successButZero: 1 });
    await port.attach(lakeside, campaign, list);
    bison.pass(syncEveryMs);
    expect((await port.campaign(lakeside, campaign))?.totalLeads).toBe(40);
    await port.attach(lakeside, campaign, list);
    expect((await port.campaign(lakeside, campaign))?.totalLeads).toBe(40);
    bison.pass(syncEveryMs);
    expect((await port.campaign(lakeside, campaign))?.totalLeads).toBe(60);
    expect(bison.stats().attaches.map(({ added }) => added)).toEqual([0, 20]);
  });

  test('attaching once more, after an answer that was lost, adds nobody twice', async () => {
    const list = await given(listName, people(5));
    const campaign = evergreen();
    await bison.fault({ dropAfterAttach: 1 });
    await expect(port.attach(lakeside, campaign, list)).rejects.toMatchObject({ name: 'Retryable' });
    await port.attach(lakeside, campaign, list);
    bison.pass(syncEveryMs);
    expect((await port.campaign(lakeside, campaign))?.totalLeads).toBe(45);
  });

  // docs/vendors.md#past-mistakes: a rename that switched off unsubscribe.
  test('a rename keeps every other setting, and names what nobody can confirm', async () => {
    const before = bison.campaign().settings;
    const [window] = windowsOf('2027-02' as Month);
    const to = evergreenTitle(window);
    const campaign = await read();
    const renamed = await port.rename(lakeside, { campaign, to, told: { reputation_building: true } });
    expect(renamed).toMatchObject({ from: title, to: 'Evergreen, Last Upload: February 1–7', changed: [] });
    expect(renamed.kept).toEqual(
      expect.arrayContaining(['plain_text', 'open_tracking', 'can_unsubscribe', 'max_new_leads_per_day']),
    );
    expect(renamed.unconfirmed).toEqual(access === 'API' ? ['reputation_building'] : []);
    expect(bison.campaign(to).settings).toEqual(before);
    expect(bison.stats().settingsLost).toEqual([]);
    expect(bison.stats().renames).toMatchObject([{ from: title, to, workspace: lakeside }]);
    expect(await port.renamed(lakeside, { campaign, to, told: {} })).toEqual(renamed);
  });

  test('a rename whose answer was lost is found done, and one that never happened is found undone', async () => {
    const campaign = await read();
    const rename = { campaign, to: 'Evergreen, Last Upload: February 1–7', told: { reputation_building: true } };
    expect(await port.renamed(lakeside, rename)).toBeUndefined();
    await bison.fault({ dropAfterRename: 1 });
    await expect(port.rename(lakeside, rename)).rejects.toMatchObject({ name: 'Retryable' });
    expect(await port.renamed(lakeside, rename)).toMatchObject({ changed: [], to: rename.to });
    expect(bison.stats().renames).toHaveLength(1);
  });

  test('knows who unsubscribed and who bounced, all pages of them, in this workspace only', async () => {
    const gone = people(18, 'gone.example.org').map(({ Email }) => Email);
    await bison.fault({ unsubscribe: gone, workspace: 7 });
    await bison.fault({ bounce: ['hard@gone.example.org'], workspace: 7 });
    await bison.fault({ unsubscribe: ['theirs@gone.example.org'], workspace: 9 });
    const known = await port.suppressed(lakeside);
    expect(known?.unsubscribed.toSorted()).toEqual(gone.toSorted());
    expect(known?.bounced).toEqual(['hard@gone.example.org']);
  });
});
