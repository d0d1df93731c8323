import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Bison, CampaignId, CampaignRef } from '../../pipeline/ports/bison.ts';
import {
  bisonBy,
  lakeside,
  listName,
  openBison,
  people,
  prairie,
  title,
  uploadOf,
  type BisonStand,
} from './bison-stand.ts';
import { startBrowser, type TestSessionDeps } from './session-deps.ts';

/** What can happen at the web pages only: sessions, portals, changes of wording. */
const browser = startBrowser();
let bison: BisonStand;
let port: Bison;
let sessions: TestSessionDeps;
let api: Bison;
beforeAll(async () => {
  bison = await openBison();
});
afterAll(async () => {
  await bison.bison.close();
  await browser.close();
});
beforeEach(async () => {
  await bison.reset();
  ({ port, sessions } = bisonBy('web pages', browser, { url: bison.bison.url }));
  ({ port: api } = bisonBy('API', browser, { url: bison.bison.url }));
  for (const workspace of [lakeside, prairie]) await api.prepareFields(workspace);
});
afterEach(() => sessions.lanes.close());
const evergreen = (): CampaignRef => ({ id: String(bison.campaign().id) as CampaignId, name: title });

test('a session that ended since last time is begun anew, and the work is done once', async () => {
  await port.workspace(lakeside);
  await bison.fault({ expireSessions: true });
  await port.upload(lakeside, uploadOf(listName, people(3)));
  expect(bison.stats()).toMatchObject({ signIns: 2, listsByName: { [listName]: 1 } });
});

test('a session that ends at the last press is not taken for a reason to press again', async () => {
  await bison.fault({ expireInUpload: 1 });
  const upload = uploadOf(listName, people(3));
  await expect(port.upload(lakeside, upload)).rejects.toMatchObject({ name: 'Retryable' });
  expect(await port.findLists(lakeside, listName)).toEqual([]);
  await port.upload(lakeside, upload);
  expect(bison.stats().listsByName).toEqual({ [listName]: 1 });
});

test('one login at two clients’ portals at once works in each, never in the other', async () => {
  await Promise.all([
    port.upload(lakeside, uploadOf('ours', people(3))),
    port.upload(prairie, uploadOf('theirs', people(2))),
  ]);
  const lists = bison.stats().lists.map(({ workspace, name, sent }) => [workspace, name, sent]);
  expect(lists.toSorted()).toEqual([
    [lakeside, 'ours', 3],
    [prairie, 'theirs', 2],
  ]);
  expect(bison.stats().concurrentSessionViolations).toBe(0);
});

test('of two lists of one name, the one that was meant is added', async () => {
  const older = await api.upload(lakeside, uploadOf(listName, people(2)));
  bison.pass(86_400_000);
  await api.upload(lakeside, uploadOf(listName, people(3, 'other.example.org')));
  await port.attach(lakeside, evergreen(), older);
  expect(bison.stats().attaches).toMatchObject([{ list: Number(older.id), added: 2 }]);
});

test('finds its way by other words than the procedure’s, and says in the log that the page has drifted', async () => {
  await bison.fault({ redesign: 'words' });
  const list = await port.upload(lakeside, uploadOf(listName, people(3)));
  await port.attach(lakeside, evergreen(), list);
  const campaign = await port.campaign(lakeside, evergreen());
  if (!campaign) throw new Error('no campaign');
  await port.rename(lakeside, { campaign, to: 'Evergreen, Last Upload: February 1–7', told: {} });
  expect(bison.stats()).toMatchObject({
    lists: [{ accepted: 3, behavior: 'patch' }],
    attaches: [{ added: 3 }],
    settingsLost: [],
  });
  expect(bison.stats().renames).toHaveLength(1);
  expect(sessions.lines.join()).toContain('page drift');
});

test('a page that cannot be recognised closes the lane before anything is done', async () => {
  await port.workspace(lakeside);
  await bison.fault({ redesign: true });
  // Nothing of ours is on these pages, however long it is looked for.
  const more = { ...sessions, patience: { thing: 600, page: 2_000, file: 5_000 } };
  ({ port } = bisonBy('web pages', browser, { url: bison.bison.url, more }));
  await expect(port.upload(lakeside, uploadOf(listName, people(3)))).rejects.toMatchObject({
    name: 'VendorChanged',
    vendor: 'bison',
  });
  expect(sessions.closed.get('bison')).toContain('was not found on the page');
  expect(bison.stats()).toMatchObject({ lists: [], uploads: {} });
  await expect(port.findLists(lakeside, listName)).rejects.toMatchObject({ name: 'NeedsHuman', need: 'CHECK' });
});

test('what the pages have no way for is said, and not tried', async () => {
  expect(port.can).toEqual({ detach: false, standing: false });
  await expect(port.detach(lakeside, evergreen(), [])).rejects.toMatchObject({ name: 'InvalidInput' });
  await expect(port.standing(lakeside, evergreen(), [])).rejects.toMatchObject({ name: 'InvalidInput' });
  expect(bison.stats().signIns).toBe(0);
});
