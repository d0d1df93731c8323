import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openBison, row, rows, type OpenBison } from './open-bison.ts';

let opened: OpenBison;
beforeAll(async () => {
  opened = await openBison();
});
afterAll(() => opened.bison.close());
beforeEach(() => opened.reset());

const patchAll = { plain_text: true, open_tracking: true, reputation_building: true, can_unsubscribe: true };

test('a token sees its own workspace, a wrong one nothing', async () => {
  expect((await opened.call('GET', '/users')).body).toMatchObject({ data: { workspace: { id: 7, name: 'Lakeside' } } });
  expect(await opened.call('GET', '/campaigns/51')).toMatchObject({ status: 404, body: { data: { success: false } } });
  expect(await opened.call('GET', '/campaigns', undefined, 'nobody')).toMatchObject({
    status: 401,
    body: { message: 'Unauthenticated.' },
  });
  expect(opened.stats().refusedTokens).toBe(1);
});

test('gives 15 rows a page whatever is asked for, and says where the next one is', async () => {
  for (let n = 0; n < 17; n += 1) await opened.upload({ name: `list ${n}`, rows: [row(n)] });
  const first = await opened.call('GET', '/lead-lists?per_page=100');
  expect(first.body['data']).toHaveLength(15);
  expect(first.body).toMatchObject({
    meta: { current_page: 1, last_page: 2, per_page: 15, total: 17 },
    links: { prev: null },
  });
  expect((await opened.call('GET', '/lead-lists?page=2')).body['data']).toHaveLength(2);
});

test('a list is made unprocessed, filled behind the answer, and its counts add up', async () => {
  const { made, list } = await opened.upload({
    name: '(February 1st - 7th renewals)',
    rows: [...rows(3), row(1), 'Bad,Row,nope,75034', ',Nameless,x@home.example.org,'],
  });
  expect(made).toMatchObject({ status: 201, body: { data: { status: 'Unprocessed', leads_processed: 0 } } });
  expect(list).toMatchObject({ sent: 6, accepted: 3, duplicates: 1, failed: 2, via: 'api' });
  expect((await opened.call('GET', `/lead-lists/${list?.id ?? 0}`)).body).toMatchObject({
    data: {
      status: 'Processed',
      leads_processed: 6,
      leads_succeeded: 3,
      leads_failed: 2,
      error_messages: [
        'Row 6: The email field must be a valid email address.',
        'Row 7: The first name field is required.',
      ],
    },
  });
  expect(opened.stats()).toMatchObject({ listsByName: { '(February 1st - 7th renewals)': 1 }, leadsSent: 6 });
});

test('skips personal domains where the workspace does not allow them, and counts them nowhere', async () => {
  const { list } = await opened.upload({ name: 'mixed', rows: [...rows(2), ...rows(5, 'gmail.com')], token: 'nine' });
  expect(list).toMatchObject({ sent: 7, accepted: 2, skippedPersonal: 5, failed: 0 });
  const { list: allowed } = await opened.upload({ name: 'mixed', rows: [...rows(2), ...rows(5, 'gmail.com')] });
  expect(allowed).toMatchObject({ accepted: 7, skippedPersonal: 0 });
});

test('put, the default, clears what is not sent; patch keeps it; skip leaves the lead alone', async () => {
  const zip = async () =>
    (
      (await opened.call('GET', '/leads/ann0@home.example.org')).body['data'] as {
        custom_variables: { value: string }[];
      }
    ).custom_variables[0]?.value;
  await opened.upload({ name: 'first', rows: [row(0, undefined, '75034')] });
  await opened.upload({ name: 'patched', rows: [row(0, undefined, '')] }, { existing_lead_behavior: 'patch' });
  expect(await zip()).toBe('75034');
  const { list } = await opened.upload(
    { name: 'skipped', rows: [row(0, undefined, '75035')] },
    { existing_lead_behavior: 'skip' },
  );
  expect([await zip(), list?.skippedExisting, list?.accepted]).toEqual(['75034', 1, 0]);
  await opened.upload({ name: 'put', rows: [row(0, undefined, '')] });
  expect(await zip()).toBeUndefined();
});

test('an upload that lacks a name, a mapping, a variable or a file is told all of it at once', async () => {
  const form = new FormData();
  form.append('columnsToMap[0][first_name]', 'first_name');
  form.append('columnsToMap[0][home value]', 'x');
  expect(await opened.call('POST', '/leads/bulk/csv', form)).toMatchObject({
    status: 422,
    body: {
      message: 'The name field is required. (and 4 more errors)',
      errors: {
        name: ['The name field is required.'],
        csv: ['The csv field is required.'],
        'columnsToMap.0.home value': ['The custom variable "home value" does not exist.'],
      },
    },
  });
  expect(opened.stats().uploads).toEqual({});
});

test('a file of more than 50,000 leads is refused', async () => {
  const { made } = await opened.upload({ name: 'too many', rows: rows(50_001) });
  expect(made).toMatchObject({
    status: 422,
    body: { errors: { csv: ['The csv must not have more than 50000 leads.'] } },
  });
  expect(opened.stats()).toMatchObject({ limitRefusals: 1, lists: [] });
});

test('custom variables are stored in lower case, each once', async () => {
  expect((await opened.call('POST', '/custom-variables', { name: 'Home Value' })).body).toMatchObject({
    data: { name: 'home value' },
  });
  expect(await opened.call('POST', '/custom-variables', { name: 'HOME VALUE' })).toMatchObject({
    status: 422,
    body: { errors: { name: ['The name has already been taken.'] } },
  });
  expect(opened.stats().variables).toEqual({ Lakeside: ['zip', 'home value'], Prairie: [] });
});

test('an update keeps numbers and turns off every switch that it is not sent', async () => {
  const before = opened.campaign(41)?.settings;
  await opened.call('PATCH', '/campaigns/41/update', { name: 'Evergreen 2', can_unsubscribe: true });
  expect(opened.campaign(41)).toMatchObject({
    name: 'Evergreen 2',
    settings: { ...before, plain_text: false, open_tracking: false, reputation_building: false, can_unsubscribe: true },
  });
  expect(opened.stats().settingsLost.map(({ setting }) => setting)).toEqual([
    'plain_text',
    'open_tracking',
    'reputation_building',
  ]);
  expect(opened.stats().patches).toEqual([
    { workspace: 'Lakeside', campaign: 41, body: { name: 'Evergreen 2', can_unsubscribe: true } },
  ]);
});

test('reputation building can be written and never read', async () => {
  const { body } = await opened.call('PATCH', '/campaigns/41/update', { name: 'Evergreen', ...patchAll });
  expect(body['data']).toMatchObject({ plain_text: true, can_unsubscribe: true });
  expect(body['data']).not.toHaveProperty('reputation_building');
  expect(opened.campaign(41)?.settings.reputation_building).toBe(true);
  expect(await opened.call('PATCH', '/campaigns/41/update', { plain_text: 'maybe' })).toMatchObject({
    status: 422,
    body: { errors: { plain_text: ['The plain text field must be true or false.'] } },
  });
});

test('an active campaign takes leads in after five minutes of the business clock, a paused one at once', async () => {
  const { list } = await opened.upload({ name: 'a', rows: rows(4) });
  await opened.call('POST', '/campaigns/41/leads/attach-lead-list', { lead_list_id: list?.id });
  opened.pass(opened.fiveMinutes - 1);
  expect(opened.campaign(41)).toMatchObject({ totalLeads: 3, waiting: 4 });
  opened.pass(1);
  expect(opened.campaign(41)).toMatchObject({ totalLeads: 7, waiting: 0 });
  const { list: more } = await opened.upload({ name: 'b', rows: rows(2, 'other.example.org') });
  await opened.call('PATCH', '/campaigns/42/pause');
  await opened.call('POST', '/campaigns/42/leads/attach-lead-list', { lead_list_id: more?.id });
  expect(opened.campaign(42)?.totalLeads).toBe(2);
});

test('leaves out who is in a sequence elsewhere, bounced, unsubscribed or there already, and says success all the same', async () => {
  await opened.call('PATCH', '/campaigns/41/pause');
  await opened.call('PATCH', '/campaigns/42/pause');
  const { list: others } = await opened.upload({ name: 'others', rows: rows(1) });
  await opened.call('POST', '/campaigns/42/leads/attach-lead-list', { lead_list_id: others?.id });
  const { list } = await opened.upload({ name: 'window', rows: rows(5) });
  await opened.fault({ bounce: ['ann1@home.example.org'], unsubscribe: ['ann2@home.example.org'] });
  const attach = () => opened.call('POST', '/campaigns/41/leads/attach-lead-list', { lead_list_id: list?.id });
  expect(await attach()).toMatchObject({ status: 200, body: { data: { success: true } } });
  expect(opened.stats().attaches.at(-1)).toMatchObject({
    added: 2,
    refused: { otherSequence: 1, bounced: 1, unsubscribed: 1, alreadyThere: 0 },
  });
  expect((await attach()).body).toMatchObject({ data: { success: true } });
  expect(opened.stats().attaches.at(-1)).toMatchObject({ added: 0, refused: { alreadyThere: 2 } });
  expect(opened.campaign(41)?.totalLeads).toBe(5);
});

test('a campaign holds 50,000: a list that would pass it is refused whole', async () => {
  const full = await openBison({ campaigns: { 7: [{ id: 41, name: 'Evergreen', leads: 49_998 }] } });
  const { list } = await full.upload({ name: 'three', rows: rows(3) });
  expect(await full.call('POST', '/campaigns/41/leads/attach-lead-list', { lead_list_id: list?.id })).toMatchObject({
    status: 422,
    body: { data: { success: false, message: 'A campaign is limited to 50000 leads.' } },
  });
  expect(full.campaign(41)).toMatchObject({ totalLeads: 49_998, waiting: 0 });
  await full.bison.close();
});

test('takes people out of a campaign again', async () => {
  await opened.call('PATCH', '/campaigns/41/pause');
  const { list } = await opened.upload({ name: 'a', rows: rows(2) });
  await opened.call('POST', '/campaigns/41/leads/attach-lead-list', { lead_list_id: list?.id });
  const lead = (await opened.call('GET', '/leads/ann0@home.example.org')).body['data'] as { id: number };
  await opened.call('DELETE', '/campaigns/41/leads', { lead_ids: [lead.id] });
  expect(opened.campaign(41)?.totalLeads).toBe(4);
  expect(opened.stats().detaches).toEqual([{ workspace: 'Lakeside', campaign: 41, removed: 1 }]);
});

test('leads are filtered by status, and unknown filters are ignored', async () => {
  await opened.fault({
    unsubscribe: ['a@gone.example.org', 'b@gone.example.org'],
    bounce: ['c@gone.example.org'],
    workspace: 7,
  });
  const emails = async (query: string) =>
    ((await opened.call('GET', `/leads?${query}`)).body['data'] as { email: string }[]).map(({ email }) => email);
  expect(await emails('filters[verification_statuses][]=unsubscribed')).toEqual([
    'a@gone.example.org',
    'b@gone.example.org',
  ]);
  expect(await emails('filters[verification_statuses][]=bounced')).toEqual(['c@gone.example.org']);
  expect(await emails('status=bounced')).toHaveLength(6);
  expect((await opened.call('GET', '/leads?filters[verification_statuses][]=gone')).status).toBe(422);
});

test('a super-admin writes into the old workspace until the switch is through', async () => {
  const workspace = async () =>
    ((await opened.call('GET', '/users', undefined, 'admin')).body['data'] as { workspace: { id: number } }).workspace
      .id;
  expect(await workspace()).toBe(7);
  expect((await opened.call('POST', '/workspaces/switch-workspace', { team_id: 9 }, 'admin')).status).toBe(200);
  await opened.call('POST', '/custom-variables', { name: 'lost' }, 'admin');
  expect(opened.stats()).toMatchObject({
    writesDuringSwitch: 1,
    variables: { Lakeside: ['zip', 'lost'], Prairie: [] },
  });
  while ((await workspace()) !== 9) continue;
  expect((await opened.call('POST', '/workspaces/switch-workspace', { team_id: 9 })).status).toBe(403);
});

test('an address that does not exist, or not for this method, says so in the vendor’s shape', async () => {
  expect(await opened.call('GET', '/nothing')).toMatchObject({ status: 404, body: { data: { success: false } } });
  expect(await opened.call('DELETE', '/campaigns')).toMatchObject({
    status: 405,
    body: { message: expect.stringContaining('Supported methods: GET') as unknown },
  });
});
