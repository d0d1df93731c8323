import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { makeBisonApi } from '../../connectors/bison/index.ts';
import type { Bison, Campaign, CampaignId, CampaignRef } from '../../pipeline/ports/bison.ts';
import { json, type Call } from '../fixtures/pages/server.ts';
import { bisonOf, campaignRef, heard, list, wanted } from './bison-api-stand.ts';
import { lakeside, listName, openBison, people, title, uploadOf, type BisonStand } from './bison-stand.ts';

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
    const sent = String(heard.bodies[0]);
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
    expect(heard.bodies).toHaveLength(2);
  });

  test('a missing variable is named before anything is sent', async () => {
    const port = await bisonOf({ 'GET /custom-variables': () => ({ data: [] }) });
    await expect(port.upload(lakeside, uploadOf(listName, people(2)))).rejects.toThrow('no custom variable for DOB');
    expect(heard.bodies).toEqual([]);
  });

  test('an upload that is taken without a word is found among the lists', async () => {
    const port = await bisonOf({
      ...variables,
      'POST /leads/bulk/csv': () => ({ success: true }),
      'GET /lead-lists': () => ({ data: [wanted] }),
    });
    expect(await port.upload(lakeside, uploadOf(listName, people(2)))).toMatchObject({ id: '40', name: listName });
    expect(heard.bodies).toHaveLength(1);
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
    expect(heard.bodies).toEqual([
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
    expect(heard.bodies).toMatchObject([{ reputation_building: true }]);
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
    expect(heard.bodies).toEqual([]);
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
  let bison: BisonStand;
  let port: Bison;
  beforeAll(async () => {
    bison = await openBison();
    const token = () => Promise.resolve('token-lakeside');
    port = makeBisonApi({ url: bison.bison.url, log: pino({ level: 'silent' }), token });
  });
  afterAll(() => bison.bison.close());
  beforeEach(() => bison.reset());
  const evergreen = (): CampaignRef => ({ id: String(bison.campaign().id) as CampaignId, name: title });

  test.each([
    ['a few, asked for one by one', 2],
    ['many, by going through the campaign', 30],
  ])('knows %s', async (_name, count) => {
    await port.prepareFields(lakeside);
    const made = await port.upload(lakeside, uploadOf(listName, people(30)));
    while (bison.stats().lists[0]?.status !== 'Processed') await port.list(lakeside, made);
    await port.attach(lakeside, evergreen(), made);
    if (count > 10) await bison.fault({ syncNow: true });
    const emails = people(count).map(({ Email }) => Email.toUpperCase());
    const { there, contacted, absent } = await port.standing(lakeside, evergreen(), [
      ...emails,
      'nobody@home.example.org',
    ]);
    expect([there.length, contacted, absent]).toEqual([count, 0, 1]);
    await port.detach(lakeside, evergreen(), there);
    expect(bison.stats().detaches).toMatchObject([{ removed: count }]);
    expect((await port.standing(lakeside, evergreen(), emails)).there).toEqual([]);
  });

  test('who was written to already is counted', async () => {
    const { id } = evergreen();
    const standing = await port.standing(lakeside, evergreen(), [`former.${id}.0@past.example.net`]);
    expect(standing).toMatchObject({ contacted: 1, absent: 0 });
  });
});
