import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Bison, CampaignId, CampaignRef, LeadList } from '../../pipeline/ports/bison.ts';
import { startBoard } from '../fixtures/pages/bison-board.ts';
import { startForms } from '../fixtures/pages/bison-forms.ts';
import { here, importList, makeHerd, type Herd } from '../fixtures/pages/bison-herd.ts';
import { startPortal } from '../fixtures/pages/bison-portal.ts';
import type { Pages } from '../fixtures/pages/server.ts';
import { bisonBy, lakeside, listName, people, title, uploadOf } from './bison-stand.ts';
import { startBrowser, type TestSessionDeps } from './session-deps.ts';

/** Pages that somebody else might have built for the same vendor. */
const browser = startBrowser();
afterAll(() => browser.close());

describe.each([
  ['a small site with a native dialog and a prompt', (herd: Herd) => startPortal(herd)],
  ['plain forms, a page for every step', (herd: Herd) => startForms(herd)],
  ['a one-page app with cards and drop-downs', (herd: Herd) => startBoard(herd, 'drop-downs')],
  ['a one-page app where columns are dragged', (herd: Herd) => startBoard(herd, 'dragging')],
] as const)('Bison as %s', (build, start) => {
  let herd: Herd;
  let pages: Pages;
  let port: Bison;
  let sessions: TestSessionDeps;
  beforeAll(async () => {
    // One herd for all of the describe: `reset` below makes it new.
    herd = makeHerd();
    pages = await start(herd);
    // One sign-in, too: how that is found is the sign-in's own test.
    ({ port, sessions } = bisonBy('web pages', browser, { url: pages.url }));
  });
  afterAll(async () => {
    await sessions.lanes.close();
    await pages.close();
  });
  beforeEach(() => {
    Object.assign(herd, makeHerd());
    sessions.closed.clear();
  });
  const lake = () => {
    herd.current = 7;
    return here(herd);
  };
  const processed = async (list: LeadList): Promise<LeadList> => {
    for (;;) {
      const now = await port.list(lakeside, list);
      if (!now) throw new Error('no such list');
      if (now.status === 'processed') return now;
    }
  };
  /** A list that was there before, in the workspace nobody is in. */
  const given = (name: string, rows = 3): number => {
    lake();
    const text = ['Email', ...people(rows).map(({ Email }) => Email)].join('\n');
    const { id } = importList(herd, name, text, { Email: 'email' }, 'patch');
    herd.current = 9;
    return id;
  };
  /** As the ledger has it. */
  const evergreen: CampaignRef = { id: '41' as CampaignId, name: title };

  test('prepares the fields and imports a list with every column in its field, patching who is known', async () => {
    await port.prepareFields(lakeside);
    await port.prepareFields(lakeside);
    expect(
      lake()
        .variables.map((name) => name.toLowerCase())
        .toSorted(),
    ).toEqual(['cellphone', 'city', 'dob', 'home value', 'renewal date', 'state', 'street address', 'zip code']);
    herd.current = 9;
    const list = await port.upload(lakeside, uploadOf(listName, people(4)));
    expect(herd.imports).toBe(1);
    const made = lake().lists.at(-1);
    expect(made).toMatchObject({ name: listName, behavior: 'patch' });
    expect(made?.rows[0]).toMatchObject({
      first_name: 'Ann0',
      last_name: 'Lowe',
      email: 'ann0@home.example.org',
      dob: '1970-01-31',
      'street address': '12 Elm St',
      city: 'Frisco',
      state: 'TX',
      'ZIP Code': '07034',
      'renewal date': '2027-02-03',
      cellphone: '+14695550100',
      'home value': '450000',
    });
    // A listing that shows one figure shows who is in the list.
    const counts = build.startsWith('a small site') ? {} : { failed: 0, processed: 4 };
    expect(await processed(list)).toMatchObject({ name: listName, succeeded: 4, ...counts });
  });

  test('finds the lists of a name and no other, with their ids and days', async () => {
    const first = given(listName, 3);
    given(`${listName} 2`, 2);
    lake().lists.push({
      id: 9_000,
      name: 'Newer list',
      created: '2027-01-05',
      rows: [],
      behavior: 'patch',
      pending: 0,
    });
    for (let n = 0; n < 6; n += 1)
      lake().lists.push({
        id: 9_001 + n,
        name: `Newest list ${n}`,
        created: '2027-01-05',
        rows: [],
        behavior: '',
        pending: 0,
      });
    const found = await port.findLists(lakeside, listName);
    expect(found).toMatchObject([{ id: String(first), name: listName, createdAt: '2027-01-04' }]);
    expect(await port.findLists(lakeside, 'Older list 3')).toHaveLength(1);
    expect(await port.findLists(lakeside, 'Nobody')).toEqual([]);
  });

  test('a refused import says why in the page’s words', async () => {
    lake().variables.push('dob', 'street address', 'state', 'renewal date', 'cellphone', 'home value');
    herd.current = 9;
    herd.refuse = 'The import failed: this file has too many columns.';
    const refused = port.upload(lakeside, uploadOf(listName, people(2)));
    await expect(refused).rejects.toThrow('this file has too many columns');
    await expect(refused).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(herd.imports).toBe(0);
  });

  test('reads the campaign by its title and its id, wherever it stands in the listing, renames it and says what could not be confirmed', async () => {
    const [campaign] = await port.findCampaigns(lakeside, 'Evergreen, Last Upload: January 22');
    if (!campaign) throw new Error('no campaign');
    expect(campaign).toMatchObject({ id: '41', name: title, status: 'active', totalLeads: 11_240 });
    if (build.startsWith('a one-page'))
      expect(campaign.settings).toEqual({
        plain_text: true,
        open_tracking: false,
        reputation_building: true,
        can_unsubscribe: true,
        max_new_leads_per_day: 90,
      });
    else expect(campaign.unreadable).toHaveLength(4);
    const [other] = await port.findCampaigns(lakeside, 'January 15');
    expect(other).toMatchObject({ id: '42', status: 'draft', totalLeads: 3 });
    const to = 'Evergreen, Last Upload: February 1–7';
    const rename = { campaign, to, told: {} };
    const renamed = await port.rename(lakeside, rename);
    expect(lake().campaigns.find(({ id }) => id === 41)?.name).toBe(to);
    expect(renamed.changed).toEqual([]);
    expect([...renamed.kept, ...renamed.unconfirmed]).toEqual(
      expect.arrayContaining(['can_unsubscribe', 'plain_text']),
    );
    herd.current = 9;
    expect(here(herd).campaigns[0]?.name).toBe(title);
    expect(await port.renamed(lakeside, rename)).toEqual(renamed);
  });

  test('adds the list of that name to the campaign, not its namesake’s top-up', async () => {
    const first = given(listName, 3);
    given(`${listName} 2`, 2);
    const [list] = await port.findLists(lakeside, listName);
    if (!list) throw new Error('no list');
    await port.attach(lakeside, evergreen, list);
    expect(lake().campaigns.find(({ id }) => id === 41)?.lists).toEqual([first]);
    herd.current = 9;
    expect(here(herd).campaigns[0]?.lists).toEqual([]);
    expect((await port.campaign(lakeside, evergreen))?.totalLeads).toBe(11_243);
  });

  test('a workspace that this login does not reach is no reason to work in another', async () => {
    const elsewhere = port.findLists('Hilltop Brokers', listName);
    await expect(elsewhere).rejects.toThrow('Hilltop Brokers');
    await expect(elsewhere).rejects.toMatchObject({ name: 'NeedsHuman', need: 'CHECK' });
  });
});
