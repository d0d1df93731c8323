import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
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
  doors,
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
import { startBrowser } from './session-deps.ts';

const browser = startBrowser();
let desk: BisonStand;
beforeAll(async () => {
  desk = await openBison();
});
afterAll(async () => {
  await desk.bison.close();
  await browser.close();
});
beforeEach(() => desk.reset());

describe.each(doors)('Bison through its %s', (door) => {
  let port: Bison;
  let api: Bison;
  beforeEach(() => {
    port = bisonBy(door, browser, { url: desk.bison.url }).port;
    api = bisonBy('API', browser, { url: desk.bison.url }).port;
  });
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
  const evergreen = (): CampaignRef => ({ id: String(desk.campaign().id) as CampaignId, name: title });
  /** As this door reads it. */
  const read = async (): Promise<Campaign> => {
    const found = await port.campaign(lakeside, evergreen());
    if (!found) throw new Error('no campaign');
    return found;
  };

  test('makes a list of a file, every column in its field, and finds it by the name it was made with', async () => {
    expect(await port.findLists(lakeside, listName)).toEqual([]);
    const list = await hand(listName, people(20));
    expect(list).toMatchObject({ name: listName, status: 'processed', succeeded: 20, failed: 0, errors: [] });
    expect(await port.findLists(lakeside, listName)).toMatchObject([{ id: list.id, name: listName }]);
    expect(desk.stats().listsByName).toEqual({ [listName]: 1 });
    expect(desk.stats().lists).toMatchObject([{ workspace: lakeside, sent: 20, accepted: 20, behavior: 'patch' }]);
    const lead = await desk.lead('ann0@home.example.org');
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
    expect(desk.stats().attaches).toMatchObject([{ list: Number(second.id), added: 3, workspace: lakeside }]);
  });

  test('finds every list of a name, however many pages they are spread over, and says which was made since', async () => {
    await given(listName, people(1));
    for (let n = 0; n < 17; n += 1) await given(`other ${n}`, people(1));
    desk.pass(3 * 86_400_000);
    const again = await given(listName, people(2));
    const lists = await port.findLists(lakeside, listName);
    expect(lists.map(({ id }) => id)).toHaveLength(2);
    expect(lists[0]?.id).toBe(again.id);
    expect(lists.map((list) => madeSince(list, new Date(monday + 2.5 * 86_400_000)))).toEqual([true, false]);
  });

  test('custom variables are made once, and those of another spelling are used as they are', async () => {
    await port.prepareFields(lakeside);
    await port.prepareFields(lakeside);
    expect(desk.stats().variables[lakeside]?.toSorted()).toEqual([
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

  test('somebody who is known keeps what the file does not hold', async () => {
    await given('(January 1st - 7th renewals)', [{ Email: 'ann@home.example.org', Cellphone: '+14695550111' }]);
    await hand(listName, [{ Email: 'ann@home.example.org', Cellphone: '', City: 'Plano' }]);
    expect((await desk.lead('ann@home.example.org')).variables).toMatchObject({
      cellphone: '+14695550111',
      city: 'Plano',
    });
  });

  test('personal domains that Bison skips show in what it accepted', async () => {
    const list = await hand(listName, [...people(4), ...people(6, 'gmail.com')], prairie);
    expect(list.succeeded).toBe(4);
    expect(desk.stats().lists).toMatchObject([{ workspace: prairie, sent: 10, accepted: 4, skippedPersonal: 6 }]);
    expect((await port.workspace(prairie)).personalDomains).toBeNull();
  });

  test('a refused upload comes back in the vendor’s own words, and no list is made', async () => {
    await api.prepareFields(lakeside);
    await desk.fault({ rejectUpload: 1 });
    const refused = port.upload(lakeside, uploadOf(listName, people(2)));
    await expect(refused).rejects.toThrow('could not be processed. Please check the file');
    await expect(refused).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(desk.stats().lists).toEqual([]);
  });

  test('a file that is not what was announced never leaves the house', async () => {
    const upload = uploadOf(listName, people(2));
    await expect(port.upload(lakeside, { ...upload, rows: 3 })).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(desk.stats().uploads).toEqual({});
  });

  test('an upload whose answer was lost is not tried again, and its list is found instead', async () => {
    await api.prepareFields(lakeside);
    await desk.fault({ dropAfterUpload: 1 });
    await expect(port.upload(lakeside, uploadOf(listName, people(3)))).rejects.toMatchObject({ name: 'Retryable' });
    const found = await port.findLists(lakeside, listName);
    expect(found.map((list) => madeSince(list, new Date(monday)))).toEqual([true]);
    for (const list of found) expect(await processed(list)).toMatchObject({ succeeded: 3 });
    expect(desk.stats().listsByName).toEqual({ [listName]: 1 });
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

  test('reads a campaign with its lead count and settings', async () => {
    const campaign = await read();
    expect(campaign).toMatchObject({ name: title, status: 'active', totalLeads: 40 });
    expect(campaign.settings).toMatchObject({
      plain_text: true,
      open_tracking: true,
      can_unsubscribe: true,
      max_emails_per_day: 1_000,
    });
    expect(campaign.unreadable).toEqual(door === 'API' ? ['reputation_building'] : []);
    expect(await port.findCampaigns(lakeside, 'January 22')).toEqual([campaign]);
    expect(await port.campaign(lakeside, { ...campaign, id: '4711' as CampaignId })).toBeNull();
  });

  // docs/vendors.md#past-mistakes: "success" may mean nobody.
  test('an attach is believed only when the campaign’s count says so, after its sync', async () => {
    const list = await given(listName, people(20));
    const campaign = evergreen();
    await desk.fault({ successButZero: 1 });
    await port.attach(lakeside, campaign, list);
    desk.pass(syncEveryMs);
    expect((await port.campaign(lakeside, campaign))?.totalLeads).toBe(40);
    await port.attach(lakeside, campaign, list);
    expect((await port.campaign(lakeside, campaign))?.totalLeads).toBe(40);
    desk.pass(syncEveryMs);
    expect((await port.campaign(lakeside, campaign))?.totalLeads).toBe(60);
    expect(desk.stats().attaches.map(({ added }) => added)).toEqual([0, 20]);
  });

  test('attaching once more, after an answer that was lost, adds nobody twice', async () => {
    const list = await given(listName, people(5));
    const campaign = evergreen();
    await desk.fault({ dropAfterAttach: 1 });
    await expect(port.attach(lakeside, campaign, list)).rejects.toMatchObject({ name: 'Retryable' });
    await port.attach(lakeside, campaign, list);
    desk.pass(syncEveryMs);
    expect((await port.campaign(lakeside, campaign))?.totalLeads).toBe(45);
  });

  // docs/vendors.md#past-mistakes: a rename that switched off unsubscribe.
  test('a rename keeps every other setting, and names what nobody can confirm', async () => {
    const before = desk.campaign().settings;
    const [window] = windowsOf('2027-02' as Month);
    const to = evergreenTitle(window);
    const campaign = await read();
    const renamed = await port.rename(lakeside, { campaign, to, told: { reputation_building: true } });
    expect(renamed).toMatchObject({ from: title, to: 'Evergreen, Last Upload: February 1–7', changed: [] });
    expect(renamed.kept).toEqual(
      expect.arrayContaining(['plain_text', 'open_tracking', 'can_unsubscribe', 'max_new_leads_per_day']),
    );
    expect(renamed.unconfirmed).toEqual(door === 'API' ? ['reputation_building'] : []);
    expect(desk.campaign(to).settings).toEqual(before);
    expect(desk.stats().settingsLost).toEqual([]);
    expect(desk.stats().renames).toMatchObject([{ from: title, to, workspace: lakeside }]);
    expect(await port.renamed(lakeside, { campaign, to, told: {} })).toEqual(renamed);
  });

  test('a rename whose answer was lost is found done, and one that never happened is found undone', async () => {
    const campaign = await read();
    const rename = { campaign, to: 'Evergreen, Last Upload: February 1–7', told: { reputation_building: true } };
    expect(await port.renamed(lakeside, rename)).toBeUndefined();
    await desk.fault({ dropAfterRename: 1 });
    await expect(port.rename(lakeside, rename)).rejects.toMatchObject({ name: 'Retryable' });
    expect(await port.renamed(lakeside, rename)).toMatchObject({ changed: [], to: rename.to });
    expect(desk.stats().renames).toHaveLength(1);
  });

  test('a campaign that somebody renamed meanwhile is left alone', async () => {
    const campaign = await read();
    const stale = { ...campaign, name: 'Evergreen, Last Upload: January 15–21' };
    await expect(
      port.rename(lakeside, {
        campaign: stale,
        to: 'Evergreen, Last Upload: February 1–7',
        told: { reputation_building: true },
      }),
    ).rejects.toMatchObject({ name: 'DataMismatch' });
    expect(desk.stats().renames).toEqual([]);
  });

  test('knows who unsubscribed and who bounced, all pages of them, in this workspace only', async () => {
    const gone = people(18, 'gone.example.org').map(({ Email }) => Email);
    await desk.fault({ unsubscribe: gone, workspace: 7 });
    await desk.fault({ bounce: ['hard@gone.example.org'], workspace: 7 });
    await desk.fault({ unsubscribe: ['theirs@gone.example.org'], workspace: 9 });
    const known = await port.suppressed(lakeside);
    expect(known?.unsubscribed.toSorted()).toEqual(gone.toSorted());
    expect(known?.bounced).toEqual(['hard@gone.example.org']);
  });
});
