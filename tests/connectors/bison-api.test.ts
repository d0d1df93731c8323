import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { makeBisonApi } from '../../connectors/bison/index.ts';
import type { Bison, Campaign, CampaignId, CampaignRef, ListId, ListRef } from '../../pipeline/ports/bison.ts';
import { json, servePages, type Call, type Pages } from '../fixtures/pages/server.ts';
import { lakeside, listName, openBison, people, title, uploadOf, type BisonStand } from './bison-stand.ts';

/** An API of somebody else's making: answers by `METHOD /path`, everything that was asked written down. */
type Answers = Readonly<Record<string, (call: Call) => unknown>>;
let asked: string[];
let bodies: unknown[];
let lines: string[];
let pages: Pages | null = null;

async function bisonOf(
  answers: Answers,
  me: unknown = { data: { workspace: { id: 7, name: lakeside } } },
): Promise<Bison> {
  asked = [];
  bodies = [];
  lines = [];
  pages = await servePages((call) => {
    const key = `${call.method} ${call.path.replace(/^\/api/, '')}`;
    if (key === 'GET /users') return me === null ? json(call.response, {}, 404) : json(call.response, me);
    asked.push(key + (call.query.has('page') ? `?${call.query.get('page') ?? ''}` : ''));
    if (call.method !== 'GET') bodies.push(call.json ?? call.body);
    const answer = answers[key]?.(call);
    // It answered by itself, or never will.
    if (call.response.headersSent || call.request.socket.destroyed) return;
    if (answer === undefined) json(call.response, { message: 'The route could not be found.' }, 404);
    else json(call.response, answer);
  });
  return makeBisonApi({
    url: `${pages.url}/api/`,
    log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    token: () => Promise.resolve('token'),
    retries: { times: 3, firstMs: 1 },
  });
}
afterEach(async () => {
  await pages?.close();
  pages = null;
});

const campaignRef: CampaignRef = { id: '41' as CampaignId, name: title };
const listRef: ListRef = { id: '311' as ListId, name: listName };
const list = (n: number, more: object = {}) => ({
  id: n,
  name: `list ${n}`,
  status: 'Processed',
  leads_succeeded: n,
  ...more,
});
const wanted = list(40, { name: listName });
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
    expect(new Set(asked).size).toBe(asked.length);
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
    const told = lines.map((line) => (JSON.parse(line) as { unexpected?: string }).unexpected);
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
    await pages?.close();
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
    await pages?.close();
    const strict = await bisonOf({ 'GET /campaigns': ({ query }) => ({ data: query.has('search') ? [] : all }) });
    expect((await strict.findCampaigns(lakeside, 'evergreen')).map(({ id }) => id)).toEqual(['41']);
  });
});

describe('when Bison says no, or nothing', () => {
  const answerWith =
    (status: number, body: unknown, headers: Record<string, string> = {}) =>
    (call: Call) => {
      call.response.writeHead(status, headers);
      call.response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  const attachTo = (answer: (call: Call) => unknown) =>
    bisonOf({ 'POST /campaigns/41/leads/attach-lead-list': answer });

  test.each<[string, (call: Call) => unknown, object]>([
    [
      '429 with the wait in its body',
      answerWith(429, { error: 'rate_limited', retry_after: 8 }),
      { name: 'Retryable', kind: 'RATE_LIMITED', retryAfterMs: 8_000 },
    ],
    [
      '429 with the wait in its header',
      answerWith(429, '', { 'retry-after': '30' }),
      { name: 'Retryable', kind: 'RATE_LIMITED', retryAfterMs: 30_000 },
    ],
    ['503', answerWith(503, '<html>down</html>'), { name: 'Retryable', kind: '5XX' }],
    ['a connection that drops', (call) => call.request.socket.destroy(), { name: 'Retryable', kind: 'NETWORK' }],
    [
      'an answer that breaks off',
      (call) => {
        call.response.writeHead(200, { 'content-length': '100' }).write('{');
        setImmediate(() => call.request.socket.destroy());
      },
      { name: 'Retryable', kind: 'NETWORK' },
    ],
    ['401', answerWith(401, { message: 'Unauthenticated.' }), { name: 'NeedsHuman', need: 'AUTH' }],
    [
      'a redirect to the sign-in page',
      answerWith(302, '', { location: 'https://bison.example/login' }),
      { name: 'NeedsHuman', need: 'AUTH' },
    ],
    [
      'a redirect elsewhere',
      answerWith(301, '', { location: 'https://www.bison.example/' }),
      { name: 'NeedsHuman', need: 'CHECK' },
    ],
    ['a web page', answerWith(200, '<html>Welcome</html>'), { name: 'DataMismatch' }],
    ['"success": false', () => ({ data: { success: false, message: 'The list is empty.' } }), { name: 'InvalidInput' }],
  ])('an act that is answered with %s is tried once', async (_name, answer, error) => {
    const port = await attachTo(answer);
    await expect(port.attach(lakeside, campaignRef, listRef)).rejects.toMatchObject(error);
    expect(asked).toHaveLength(1);
  });

  test.each<[string, unknown, string]>([
    [
      'by field',
      {
        message: 'The given data was invalid. (and 1 more error)',
        errors: { name: ['The name is taken.'], csv: ['Too large.'] },
      },
      '"The given data was invalid. The name is taken. Too large."',
    ],
    [
      'in its data',
      { data: { success: false, message: 'No leads were added because they are in other sequences.' } },
      'in other sequences',
    ],
    ['as one word', { error: 'unprocessable' }, '"unprocessable"'],
    ['about a person', { message: 'ann.lowe@home.example.org is already taken' }, '"••• is already taken"'],
  ])('422 comes back in the vendor’s words, told %s', async (_name, body, words) => {
    const port = await attachTo(answerWith(422, body));
    const refused = port.attach(lakeside, campaignRef, listRef);
    await expect(refused).rejects.toThrow(words);
    await expect(refused).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  test('a read is tried again, and waits as long as it is told to', async () => {
    let calls = 0;
    const port = await bisonOf({
      'GET /lead-lists': (call) => {
        calls += 1;
        if (calls === 1) return answerWith(429, { retry_after: 0 })(call);
        if (calls === 2) return answerWith(502, 'Bad gateway')(call);
        return { data: [wanted] };
      },
    });
    expect(await port.findLists(lakeside, listName)).toHaveLength(1);
    expect(calls).toBeGreaterThanOrEqual(3);
  });

  test('a read that never succeeds ends after four tries', async () => {
    const port = await bisonOf({ 'GET /lead-lists': answerWith(500, { message: 'Server Error' }) });
    await expect(port.findLists(lakeside, listName)).rejects.toMatchObject({ name: 'Retryable', kind: '5XX' });
    expect(asked).toHaveLength(4);
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
    expect(asked).toEqual([]);
  });

  test('a workspace may be given by its id, or by its name however it is spelt', async () => {
    const port = await bisonOf(attaching);
    for (const name of ['7', 'lakeside-insurance-group', 'LAKESIDE  Insurance Group'])
      await port.attach(name, campaignRef, listRef);
    expect(asked).toHaveLength(3);
  });

  test.each<[string, unknown]>([
    ['its name', lakeside],
    ['its number', 7],
    ['its number as text', '7'],
    ['something else', [lakeside]],
  ])('an account that gives its workspace only as %s is read', async (_name, workspace) => {
    const port = await bisonOf(attaching, { data: { id: 1, workspace } });
    await port.attach(typeof workspace === 'number' || workspace === '7' ? '7' : lakeside, campaignRef, listRef);
    expect(asked).toHaveLength(1);
    expect(lines.join().includes('does not say which workspace')).toBe(Array.isArray(workspace));
  });

  test('an instance that does not say whose token it is gets the benefit of the doubt, and the log a warning', async () => {
    const port = await bisonOf(attaching, null);
    await port.attach(lakeside, campaignRef, listRef);
    expect(asked).toHaveLength(1);
    expect(lines.join()).toContain('does not say which workspace');
  });

  test('whether personal domains are taken is told where the instance tells it', async () => {
    const me = { data: { workspace: { id: 7, name: lakeside } } };
    const open = await bisonOf(
      { 'GET /workspaces/7': () => ({ data: { id: 7, name: lakeside, allow_personal_domains: true } }) },
      me,
    );
    expect(await open.workspace(lakeside)).toEqual({ id: '7', name: lakeside, personalDomains: true });
    await pages?.close();
    const closed = await bisonOf(
      { 'GET /workspaces/7': () => ({ id: 7, name: lakeside, skip_personal_domains: 1 }) },
      me,
    );
    expect((await closed.workspace(lakeside)).personalDomains).toBe(false);
  });
});

describe('uploading', () => {
  const variables = {
    'GET /custom-variables': () => ({
      data: ['DOB', 'street_address', 'city', 'state', 'zip code', 'renewal-date', 'Mobile Phone', 'home value'].map(
        (name, id) => ({ id, name }),
      ),
    }),
  };

  test('maps to the variables as the workspace spells them', async () => {
    const port = await bisonOf({
      ...variables,
      'POST /leads/bulk/csv': () => ({ data: list(5, { name: listName, status: 'Unprocessed' }) }),
    });
    expect(await port.upload(lakeside, uploadOf(listName, people(2)))).toMatchObject({
      id: '5',
      status: 'unprocessed',
    });
    const sent = String(bodies[0]);
    for (const [field, header] of [
      ['email', 'Email'],
      ['street_address', 'Street address'],
      ['zip code', 'ZIP'],
      ['renewal-date', 'Renewal Date'],
      ['Mobile Phone', 'Cellphone'],
    ])
      expect(sent).toContain(`name="columnsToMap[0][${field ?? ''}]"\r\n\r\n${header ?? ''}\r\n`);
    expect(sent).toContain('name="existing_lead_behavior"\r\n\r\npatch\r\n');
  });

  test('an instance that reads the other spelling of the mapping gets that one', async () => {
    const port = await bisonOf({
      ...variables,
      'POST /leads/bulk/csv': (call) =>
        call.body.includes('columnsToMap[first_name][]')
          ? { data: list(6, { name: listName }) }
          : json(call.response, { message: 'The columnsToMap.first_name field is required.' }, 422),
    });
    expect(await port.upload(lakeside, uploadOf(listName, people(2)))).toMatchObject({ id: '6' });
    expect(bodies).toHaveLength(2);
  });

  test('a missing variable is named before anything is sent', async () => {
    const port = await bisonOf({ 'GET /custom-variables': () => ({ data: [] }) });
    await expect(port.upload(lakeside, uploadOf(listName, people(2)))).rejects.toThrow('no custom variable for DOB');
    expect(bodies).toEqual([]);
  });

  test('an upload that is taken without a word is found among the lists', async () => {
    const port = await bisonOf({
      ...variables,
      'POST /leads/bulk/csv': () => ({ success: true }),
      'GET /lead-lists': () => ({ data: [wanted] }),
    });
    expect(await port.upload(lakeside, uploadOf(listName, people(2)))).toMatchObject({ id: '40', name: listName });
    expect(bodies).toHaveLength(1);
  });

  test('a variable that somebody else makes meanwhile is as good as ours', async () => {
    const names: string[] = [];
    const port = await bisonOf({
      'GET /custom-variables': () => ({ data: names.map((name) => ({ name })) }),
      'POST /custom-variables': (call) => {
        const { name } = call.json as { name: string };
        names.push(name);
        return name === 'zip'
          ? json(call.response, { message: 'The name has already been taken.' }, 422)
          : { data: { name } };
      },
    });
    await port.prepareFields(lakeside);
    expect(names).toEqual(['dob', 'street address', 'city', 'state', 'zip', 'renewal date', 'cellphone', 'home value']);
  });
});

describe('renaming', () => {
  const present = {
    id: 41,
    uuid: 'u',
    name: title,
    status: 'active',
    total_leads: '11,240',
    emails_sent: 9,
    plain_text: 1,
    open_tracking: '0',
    can_unsubscribe: true,
    max_emails_per_day: '800',
    unsubscribe_text: null,
    link_tracking: true,
    tags: [],
    created_at: 'x',
  };
  const renaming = (now: Record<string, unknown>) => {
    const state = { ...now };
    return {
      state,
      answers: {
        'GET /campaigns/41': () => ({ data: state }),
        // Whatever is a switch and is not sent goes off.
        'PATCH /campaigns/41/update': ({ json: body }: Call) => {
          for (const [name, value] of Object.entries(state)) if (typeof value === 'boolean') state[name] = false;
          Object.assign(state, body);
          return { success: true };
        },
      },
    };
  };
  const read = async (port: Bison): Promise<Campaign> => {
    const campaign = await port.campaign(lakeside, campaignRef);
    if (!campaign) throw new Error('no campaign');
    return campaign;
  };

  test('sends back all that was read, switches we do not know included, and nothing that is no setting', async () => {
    const { state, answers } = renaming(present);
    const port = await bisonOf(answers);
    const campaign = await read(port);
    expect(campaign).toMatchObject({ totalLeads: 11_240, unreadable: ['reputation_building'] });
    const renamed = await port.rename(lakeside, { campaign, to: 'New', told: { reputation_building: false } });
    expect(bodies).toEqual([
      {
        name: 'New',
        plain_text: true,
        open_tracking: false,
        can_unsubscribe: true,
        max_emails_per_day: 800,
        link_tracking: true,
        reputation_building: false,
      },
    ]);
    expect(state).toMatchObject({ link_tracking: true, can_unsubscribe: true });
    expect(renamed).toMatchObject({ changed: [], unconfirmed: ['reputation_building'] });
  });

  test('an instance that shows reputation building is believed before what a person said', async () => {
    const port = await bisonOf(renaming({ ...present, reputation_building: true }).answers);
    const renamed = await port.rename(lakeside, {
      campaign: await read(port),
      to: 'New',
      told: { reputation_building: false },
    });
    expect(bodies).toMatchObject([{ reputation_building: true }]);
    expect(renamed.unconfirmed).toEqual([]);
    expect(renamed.kept).toContain('reputation_building');
  });

  test('a switch that can neither be read nor was told stops it before anything is sent', async () => {
    const { can_unsubscribe: _hidden, ...others } = present;
    const port = await bisonOf(renaming(others).answers);
    const campaign = await read(port);
    const refused = port.rename(lakeside, { campaign, to: 'New', told: { reputation_building: true } });
    await expect(refused).rejects.toThrow('can_unsubscribe');
    await expect(refused).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(bodies).toEqual([]);
  });

  test('a setting that is another one afterwards is named with both values', async () => {
    const { state, answers } = renaming(present);
    const port = await bisonOf({
      ...answers,
      'PATCH /campaigns/41/update': (call) => {
        answers['PATCH /campaigns/41/update'](call);
        state.max_emails_per_day = '100';
        delete state.link_tracking;
        return {};
      },
    });
    expect(
      await port.rename(lakeside, { campaign: await read(port), to: 'New', told: { reputation_building: true } }),
    ).toMatchObject({
      changed: [{ setting: 'max_emails_per_day', was: 800, is: 100 }],
      unconfirmed: ['reputation_building', 'link_tracking'],
    });
  });
});

describe('who stands in a campaign', () => {
  let desk: BisonStand;
  let port: Bison;
  beforeAll(async () => {
    desk = await openBison();
    const token = () => Promise.resolve('token-lakeside');
    port = makeBisonApi({ url: desk.bison.url, log: pino({ level: 'silent' }), token });
  });
  afterAll(() => desk.bison.close());
  beforeEach(() => desk.reset());
  const evergreen = (): CampaignRef => ({ id: String(desk.campaign().id) as CampaignId, name: title });

  test.each([
    ['a few, asked for one by one', 2],
    ['many, by going through the campaign', 30],
  ])('knows %s', async (_name, count) => {
    await port.prepareFields(lakeside);
    const made = await port.upload(lakeside, uploadOf(listName, people(30)));
    while (desk.stats().lists[0]?.status !== 'Processed') await port.list(lakeside, made);
    await port.attach(lakeside, evergreen(), made);
    if (count > 10) await desk.fault({ syncNow: true });
    const emails = people(count).map(({ Email }) => Email.toUpperCase());
    const { there, contacted, absent } = await port.standing(lakeside, evergreen(), [
      ...emails,
      'nobody@home.example.org',
    ]);
    expect([there.length, contacted, absent]).toEqual([count, 0, 1]);
    await port.detach(lakeside, evergreen(), there);
    expect(desk.stats().detaches).toMatchObject([{ removed: count }]);
    expect((await port.standing(lakeside, evergreen(), emails)).there).toEqual([]);
  });

  test('who was written to already is counted', async () => {
    const { id } = evergreen();
    const standing = await port.standing(lakeside, evergreen(), [`former.${id}.0@past.example.net`]);
    expect(standing).toMatchObject({ contacted: 1, absent: 0 });
  });
});
