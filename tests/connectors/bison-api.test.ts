import { describe, expect, test } from '@jest/globals';
import type { CampaignId, ListId } from '../../pipeline/ports/bison.ts';
import { json, type Call } from '../fixtures/pages/server.ts';
import { bisonOf, campaignRef, heard, list, listRef, wanted, type Answers } from './bison-api-stand.ts';
import { lakeside, listName, title } from './bison-stand.ts';

/** Three pages of fifteen. */
const shelf = [
  ...Array.from({ length: 39 }, (_, n) => list(n + 1)),
  wanted,
  ...Array.from({ length: 5 }, (_, n) => list(n + 41)),
];
const pageOf = ({ query }: Call, size = 15) => {
  const page = Number(query.get('page') ?? 1);
  return { page, rows: shelf.slice((page - 1) * size, page * size), last: Math.ceil(shelf.length / size) };
};

describe('reading listings', () => {
  test.each<[string, (call: Call) => unknown]>([
    [
      'Laravel’s resources',
      (call) => ({
        data: pageOf(call).rows,
        links: {},
        meta: { current_page: pageOf(call).page, last_page: 3, per_page: 100, total: 45 },
      }),
    ],
    [
      'Laravel’s bare paginator',
      (call) => ({ current_page: pageOf(call).page, data: pageOf(call).rows, last_page: '3', per_page: 45 }),
    ],
    [
      'a link to the next page only',
      (call) => ({ data: pageOf(call).rows, links: { next: pageOf(call).page < 3 ? '/next' : null } }),
    ],
    ['a total only', (call) => ({ data: pageOf(call).rows, total: 45 })],
    ['nothing that says so, and an empty page at the end', (call) => ({ data: pageOf(call).rows })],
    ['bare rows', (call) => pageOf(call).rows],
    ['rows under another name', (call) => ({ lead_lists: pageOf(call).rows })],
    ['rows wrapped twice', (call) => ({ data: { data: pageOf(call).rows, last_page: 3 } })],
    ['all rows at once, whatever page is asked for', () => ({ data: shelf })],
  ])('reads to the last page of %s', async (_name, answer) => {
    const port = await bisonOf({ 'GET /lead-lists': answer });
    expect(await port.findLists(lakeside, listName)).toMatchObject([{ id: '40', succeeded: 40 }]);
    expect(new Set(heard.asked).size).toBe(heard.asked.length);
  });

  test('a row that moved to the next page while turning counts once', async () => {
    const port = await bisonOf({
      'GET /lead-lists': (call) => ({
        data: call.query.get('page') === '1' ? [list(1), wanted] : [wanted, list(2)],
        meta: { last_page: 2 },
      }),
    });
    expect(await port.findLists(lakeside, listName)).toHaveLength(1);
  });

  test('ids may be numbers, texts or UUIDs, numbers may be texts, and what is missing is null and told by name', async () => {
    const port = await bisonOf({
      'GET /lead-lists': () => ({
        data: [
          {
            id: '4b1c7d3e-2f55-4a1c-9e0b-6d2a8f7c1e90',
            name: listName,
            leads_succeeded: '3,750',
            created_at: '2027-01-04 15:00:07',
          },
          {
            id: 12,
            name: listName.toUpperCase(),
            status: 'Crunching',
            leads_failed: {},
            error_messages: { '3': ['ann@home.example.org is invalid'] },
          },
        ],
      }),
    });
    expect(await port.findLists(lakeside, listName)).toEqual([
      {
        id: '4b1c7d3e-2f55-4a1c-9e0b-6d2a8f7c1e90',
        name: listName,
        createdAt: '2027-01-04T15:00:07.000Z',
        status: 'processing',
        processed: null,
        succeeded: 3_750,
        failed: null,
        errors: [],
      },
      {
        id: '12',
        name: listName.toUpperCase(),
        createdAt: null,
        status: 'processing',
        processed: null,
        succeeded: null,
        failed: null,
        errors: ['••• is invalid'],
      },
    ]);
    const told = heard.lines.map((line) => (JSON.parse(line) as { unexpected?: string }).unexpected);
    expect(told).toEqual(
      expect.arrayContaining(['status: missing', 'created_at: missing', 'leads_failed: object', 'status: "crunching"']),
    );
  });

  test('a thing without an id is no use, and the message says what it lacks', async () => {
    const port = await bisonOf({ 'GET /lead-lists': () => ({ data: [{ name: listName }] }) });
    await expect(port.findLists(lakeside, listName)).rejects.toThrow(/list that cannot be read \(id:/);
  });

  test('one list is found among all where the instance has no address for one', async () => {
    const port = await bisonOf({ 'GET /lead-lists': (call) => ({ data: pageOf(call).rows, meta: { last_page: 3 } }) });
    expect(await port.list(lakeside, { id: '40' as ListId, name: listName })).toMatchObject({
      id: '40',
      status: 'processed',
    });
    expect(await port.list(lakeside, { id: '4711' as ListId, name: listName })).toBeNull();
  });

  test('one campaign is found among all where the instance has no address for one', async () => {
    const port = await bisonOf({
      'GET /campaigns': ({ query }) => ({
        data: [{ id: query.get('page') === '1' ? 40 : 41, name: title, total_leads: 5 }],
        meta: { last_page: 2 },
      }),
    });
    expect(await port.campaign(lakeside, campaignRef)).toMatchObject({ id: '41', totalLeads: 5 });
    expect(await port.campaign(lakeside, { ...campaignRef, id: '4711' as CampaignId })).toBeNull();
  });

  test('an instance without a listing of leads cannot tell who unsubscribed; one that is broken is an error', async () => {
    expect(await (await bisonOf({})).suppressed(lakeside)).toBeNull();
    const broken = await bisonOf({ 'GET /leads': ({ response }) => json(response, {}, 500) });
    await expect(broken.suppressed(lakeside)).rejects.toMatchObject({ kind: '5XX' });
  });

  test('a search that Bison ignores, or understands differently, is made up for', async () => {
    const all = [
      { id: 1, name: 'Other' },
      { id: 41, name: title },
    ];
    const ignoring = await bisonOf({ 'GET /campaigns': () => ({ data: all }) });
    expect((await ignoring.findCampaigns(lakeside, 'EVERGREEN')).map(({ id }) => id)).toEqual(['41']);
    const strict = await bisonOf({ 'GET /campaigns': ({ query }) => ({ data: query.has('search') ? [] : all }) });
    expect((await strict.findCampaigns(lakeside, 'evergreen')).map(({ id }) => id)).toEqual(['41']);
  });
});

describe('never somebody else’s', () => {
  const attaching: Answers = { 'POST /campaigns/41/leads/attach-lead-list': () => ({ data: { success: true } }) };

  test.each<[string, unknown]>([
    ['in its account', { data: { workspace: { id: 9, name: 'Prairie Mutual Agency' } } }],
    ['by its name alone', { data: { id: 1, workspace: 'Prairie Mutual Agency' } }],
    ['under another word', { data: { id: 1, team: { id: '9', name: 'Prairie Mutual Agency' } } }],
  ])('a token of another workspace, told %s, does nothing', async (_name, me) => {
    const port = await bisonOf(attaching, me);
    const refused = port.attach(lakeside, campaignRef, listRef);
    await expect(refused).rejects.toMatchObject({ name: 'NeedsHuman', need: 'CHECK' });
    await expect(refused).rejects.toThrow('Prairie Mutual Agency');
    expect(heard.asked).toEqual([]);
  });

  test('a workspace may be given by its id, or by its name however it is spelt', async () => {
    const port = await bisonOf(attaching);
    for (const name of ['7', 'lakeside-insurance-group', 'LAKESIDE  Insurance Group'])
      await port.attach(name, campaignRef, listRef);
    expect(heard.asked).toHaveLength(3);
  });

  test.each<[string, unknown]>([
    ['its name', lakeside],
    ['its number', 7],
    ['its number as text', '7'],
    ['something else', [lakeside]],
  ])('an account that gives its workspace only as %s is read', async (_name, workspace) => {
    const port = await bisonOf(attaching, { data: { id: 1, workspace } });
    await port.attach(typeof workspace === 'number' || workspace === '7' ? '7' : lakeside, campaignRef, listRef);
    expect(heard.asked).toHaveLength(1);
    expect(heard.lines.join().includes('does not say which workspace')).toBe(Array.isArray(workspace));
  });

  test('an instance that does not say whose token it is gets the benefit of the doubt, and the log a warning', async () => {
    const port = await bisonOf(attaching, null);
    await port.attach(lakeside, campaignRef, listRef);
    expect(heard.asked).toHaveLength(1);
    expect(heard.lines.join()).toContain('does not say which workspace');
  });

  test('whether personal domains are taken is told where the instance tells it', async () => {
    const me = { data: { workspace: { id: 7, name: lakeside } } };
    const open = await bisonOf(
      { 'GET /workspaces/7': () => ({ data: { id: 7, name: lakeside, allow_personal_domains: true } }) },
      me,
    );
    expect(await open.workspace(lakeside)).toEqual({ id: '7', name: lakeside, personalDomains: true });
    const closed = await bisonOf(
      { 'GET /workspaces/7': () => ({ id: 7, name: lakeside, skip_personal_domains: 1 }) },
      me,
    );
    expect((await closed.workspace(lakeside)).personalDomains).toBe(false);
  });
});
