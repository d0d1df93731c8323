import { describe, expect, test } from '@jest/globals';
import { InvalidInput } from '../../pipeline/errors.ts';
import {
  AnswerLost,
  EmptyRecords,
  UnexpectedAnswer,
  type CompanyId,
  type PersonId,
} from '../../pipeline/ports/zoominfo.ts';
import { foreign, query, refusal, type Reply } from './zoominfo-stand.ts';

/** A ZoomInfo that answers every call with the same body. */
const saying = (body: unknown) => foreign(() => ({ body }));
const contactQuery = { companies: ['7' as CompanyId], levels: ['VP'] as const, accuracyMin: 95 };

describe('the requests', () => {
  test('are as the vendor wants them: numbers as strings, lists as comma strings, a token', async () => {
    const { zoominfo, asked } = await saying({ totalResults: 0, data: [] });
    await zoominfo.searchIntent({ ...query, sicCodes: ['3531', '3599'] });
    await zoominfo.searchContacts({
      companies: ['1', '2', '3'] as CompanyId[],
      levels: ['Manager', 'Director', 'VP', 'C Level', 'Board', 'Non Manager'],
      accuracyMin: 95,
    });
    await refusal(zoominfo.enrichContacts(['11', '12'] as PersonId[]));
    await zoominfo.enrichCompanies(['1'] as CompanyId[]);
    expect(asked.map(({ token }) => token)).toEqual(Array.from({ length: 4 }, () => 'Bearer a.b.c'));
    const [intent, contact, person, company] = asked;
    expect(intent).toMatchObject({
      path: '/search/intent',
      body: {
        topics: ['Vending Machines', 'Breakroom Solutions', 'Coffee Services', 'Water Coolers'],
        signalScoreMin: 75,
        employeeRangeMin: '50',
        employeeRangeMax: '5000',
        sicCodes: '3531,3599',
        rpp: 100,
        page: 1,
      },
    });
    expect(contact).toMatchObject({
      path: '/search/contact',
      body: {
        companyId: '1,2,3',
        managementLevel: 'Manager,Director,VP Level Exec,C Level Exec,Board Member,Non Manager',
        contactAccuracyScoreMin: '95',
        requiredFields: 'mobilePhone,directPhone,phone',
        companyPastOrPresent: 'present',
        excludePartialProfiles: true,
        rpp: 100,
        page: 1,
      },
    });
    expect(Object.keys(contact?.body ?? {})).not.toContain('excludeOrgExportedContacts');
    expect(Object.keys(contact?.body ?? {})).not.toContain('requiredFieldsOperator');
    expect(person).toMatchObject({
      path: '/enrich/contact',
      body: { matchPersonInput: [{ personId: '11' }, { personId: '12' }] },
    });
    expect(person?.body['outputFields']).toEqual(expect.arrayContaining(['email', 'mobilePhone', 'companyId']));
    for (const field of ['employeeCount', 'sicCode', 'industry'])
      expect(person?.body['outputFields']).not.toContain(field);
    expect(company).toMatchObject({ path: '/enrich/company', body: { matchCompanyInput: [{ companyId: '1' }] } });
    expect(company?.body['outputFields']).toEqual(
      expect.arrayContaining(['employeeCount', 'primaryIndustry', 'sicCodes']),
    );
  });

  test('a vendor that will not have a largest size is asked without, and who is too large is left out here', async () => {
    const sizes = [50, 5000, 5001, null, 20_000];
    const data = sizes.map((employees, index) => ({
      id: index + 1,
      companyId: index + 1,
      signalScore: 80,
      signalDate: '2026-07-05',
      employees,
    }));
    const { zoominfo, asked } = await foreign(({ body }) =>
      'employeeRangeMax' in body
        ? { status: 400, body: { error: 'Criteria invalid: employeeRangeMax' } }
        : { body: { totalResults: 5, data } },
    );
    const { signals, total, refusedFields } = await zoominfo.searchIntent(query);
    expect(signals.map(({ company }) => company.employees)).toEqual([50, 5000, null]);
    expect({ total, refusedFields }).toEqual({ total: 3, refusedFields: ['employeeRangeMax'] });
    expect(asked.map(({ body }) => body['employeeRangeMin'])).toEqual(['50', '50']);
  });

  test.each(['Criteria invalid', '<html>no</html>'])(
    'a refusal that names none of our criteria (%s) is met by asking without the one that may be it',
    async (words) => {
      const { zoominfo, asked } = await foreign(({ body }) =>
        'employeeRangeMax' in body ? { status: 400, body: words } : { body: { totalResults: 0, data: [] } },
      );
      expect(await zoominfo.searchIntent(query)).toMatchObject({ signals: [], refusedFields: ['employeeRangeMax'] });
      expect(asked).toHaveLength(2);
    },
  );

  test('a paid call refused without a name is asked once more with no more than it needs, and says what it left out', async () => {
    const person = { id: 11, firstName: 'Ann', lastName: 'Example', companyId: 7 };
    const { zoominfo, asked } = await foreign(({ body }) =>
      (body['outputFields'] as string[]).includes('companyWebsite')
        ? { status: 400, body: { error: 'Invalid output fields requested' } }
        : { body: { data: { result: [{ input: { personId: '11' }, data: [person] }] } } },
    );
    const { records, credits, refusedFields } = await zoominfo.enrichContacts(['11' as PersonId]);
    expect(records).toMatchObject([{ firstName: 'Ann', accuracy: null }]);
    expect(credits).toBe(1);
    expect(refusedFields).toEqual(expect.arrayContaining(['directPhone', 'contactAccuracyScore', 'companyWebsite']));
    expect(asked.map(({ body }) => (body['outputFields'] as string[]).includes('email'))).toEqual([true, true]);
  });

  test('a refusal that stays without those fields is told, and not asked a third time', async () => {
    const { zoominfo, asked } = await foreign(() => ({ status: 400, body: { error: 'Bad request' } }));
    for (const call of [zoominfo.searchIntent(query), zoominfo.enrichContacts(['11' as PersonId])])
      expect(await refusal(call)).toMatchObject({ name: 'RequestRefused', fields: [] });
    expect(asked).toHaveLength(4);
  });

  test('without industries none are asked for', async () => {
    const { zoominfo, asked } = await saying({ totalResults: 0, data: [] });
    await zoominfo.searchIntent({ ...query, sicCodes: [] });
    expect(asked[0]?.body).not.toHaveProperty('sicCodes');
  });
});

describe('a signal', () => {
  const nested = {
    id: 's1',
    category: 'Facilities',
    topic: 'Vending Machines',
    signalScore: 87,
    audienceStrength: 'B',
    signalDate: '7/5/2026 12:00 AM',
    recommendedContacts: [{ id: 11, firstName: 'Ann' }, { id: 12 }],
    company: {
      id: 7001,
      name: 'Smith &amp; Sons, Inc',
      website: 'www.smith.example',
      phone: '214-555-0142',
      employeeCount: 420,
      sicCodes: [
        { id: '35', name: 'x' },
        { id: '3599', name: 'y' },
      ],
    },
  };
  const flat = {
    id: 's1',
    topic: 'Vending Machines',
    signalScore: '87',
    audienceStrength: 'b',
    signalDate: '2026-07-05T16:00:00Z',
    recommendedContacts: ['11', { personId: '12' }, { id: 11 }],
    companyId: '7001',
    companyName: 'Smith & Sons, Inc',
    companyWebsite: 'www.smith.example',
    companyPhone: '(214) 555-0142',
    employees: '420',
    sicCode: '3599-01',
    somethingNew: { nobody: ['knows'] },
  };
  const jsonApi = {
    id: 's1',
    type: 'Intent',
    attributes: {
      ...nested,
      signalScore: '87%',
      signalDate: '2026-07-05',
      company: { ...nested.company, employeeCount: '420', sicCodes: '35,359,3599' },
    },
  };

  test.each([
    ['nested', nested],
    ['flat', flat],
    ['of JSON:API', jsonApi],
  ])('%s is read', async (_manner, row) => {
    const { zoominfo } = await saying({ totalResults: '1', currentPage: 1, data: [row] });
    expect(await zoominfo.searchIntent(query)).toEqual({
      signals: [
        {
          id: 's1',
          topic: 'Vending Machines',
          score: 87,
          strength: null,
          audience: 'B',
          day: '2026-07-05',
          company: {
            id: '7001',
            name: 'Smith & Sons, Inc',
            website: 'www.smith.example',
            phone: '+12145550142',
            employees: 420,
            sic: '3599',
          },
          recommended: ['11', '12'],
        },
      ],
      total: 1,
      unreadable: {},
      refusedFields: [],
    });
  });

  test('with the least there is', async () => {
    const { zoominfo } = await saying({ data: { company: { id: 'hashed-7' } } });
    const { signals } = await zoominfo.searchIntent(query);
    expect(signals).toMatchObject([
      {
        topic: 'unknown topic',
        score: null,
        strength: null,
        audience: null,
        day: null,
        company: { id: 'hashed-7', name: '', website: null, phone: null, employees: null, sic: null },
        recommended: [],
      },
    ]);
    expect(signals[0]?.id).not.toBe('');
  });

  test.each([
    [{ signalStrength: 'High' }, null, 'High'],
    [{ intentStrength: 'medium' }, null, 'Medium'],
    [{ signalScore: 'Low' }, null, 'Low'],
    [{ signalScore: 0, signalStrength: 'HIGH' }, 0, 'High'],
    [{ signalScore: 'n/a', signalStrength: 'very' }, null, null],
    [{ signalScore: 91.5 }, 91.5, null],
  ])('its strength in other words: %j', async (words, score, strength) => {
    const { zoominfo } = await saying({ data: [{ id: 1, companyId: 2, signalDate: '2026-07-05', ...words }] });
    expect((await zoominfo.searchIntent(query)).signals).toMatchObject([{ score, strength }]);
  });

  test.each([
    [3599, '3599'],
    ['3599', '3599'],
    ['3599.0', '3599'],
    ['03599', '3599'],
    ['35990102', '3599'],
    [[{ id: 35 }, { id: 359 }, { id: 3599 }], '3599'],
    [['3599', '4213'], '4213'],
    ['111', '0111'],
    ['0111', '0111'],
    [[{ id: '35' }, { id: '359' }], null],
    ['none', null],
    ['', null],
  ])('SIC %j is %s', async (sicCodes, sic) => {
    const { zoominfo } = await saying({ data: [{ id: 1, companyId: 2, sicCodes }] });
    expect((await zoominfo.searchIntent(query)).signals[0]?.company.sic).toBe(sic);
  });

  test.each([
    [420, 420],
    ['420', 420],
    ['1,420', 1420],
    ['50 - 99', null],
    [null, null],
  ])('%j employees are %s', async (employeeCount, employees) => {
    const { zoominfo } = await saying({ data: [{ id: 1, companyId: 2, employeeCount }] });
    expect((await zoominfo.searchIntent(query)).signals[0]?.company.employees).toBe(employees);
  });

  test('rows that cannot be used are counted by what is wrong, without a word of what is in them', async () => {
    const good = { id: 1, companyId: 2, signalScore: 80, signalDate: '2026-07-05' };
    const bad = { id: 3, companyName: 'Secret Ltd', signalScore: 80, signalDate: '2026-07-05' };
    const { zoominfo } = await saying({ data: [good, bad, { ...bad, id: 4 }, { ...bad, company: { id: {} } }, 'x'] });
    const { signals, total, unreadable } = await zoominfo.searchIntent(query);
    expect(signals).toHaveLength(1);
    expect(unreadable).toEqual({ 'company.id: missing': 3, 'the row is no object': 1 });
    expect(total).toBe(5);
  });

  test('the same id at another company is another signal', async () => {
    const row = { id: 'topic-9', signalScore: 80, signalDate: '2026-07-05' };
    const rows = [1, 2, 2].map((companyId) => ({ ...row, companyId }));
    const { zoominfo } = await saying({ data: rows });
    const { signals, total } = await zoominfo.searchIntent(query);
    expect(signals.map(({ company }) => company.id)).toEqual(['1', '2']);
    expect(total).toBe(2);
  });
});

describe('pages', () => {
  const seen = { signalScore: 80, signalDate: '2026-07-05' };
  const rows = Array.from({ length: 60 }, (_, index) => ({ id: index, companyId: index + 1, ...seen }));
  const paged = (size: number, more: (page: number) => Record<string, unknown>, beyond: Reply) =>
    foreign(({ body }) => {
      const page = Number(body['page']);
      const data = rows.slice((page - 1) * size, page * size);
      return data.length === 0 && page > 1 ? beyond : { body: { ...more(page), data } };
    });
  const empty: Reply = { body: { data: [] } };
  const refused: Reply = {
    status: 400,
    body: {
      success: false,
      statusCode: 400,
      error: 'Page number (page) requested is greater than the available results.',
    },
  };

  test.each([
    ['a server that gives 25 a page and says how many there are', 25, () => ({ totalResults: 60 }), empty, 3],
    ['one that does not say', 25, () => ({}), empty, 3],
    ['one whose pages end together with the rows', 30, () => ({}), empty, 3],
    ['one that refuses the page after the last', 30, () => ({}), refused, 3],
    ['one that counts too many', 30, () => ({ totalResults: '99' }), refused, 3],
    ['one that gives all at once', 100, () => ({ totalResults: 60 }), empty, 1],
  ] as const)('%s', async (_which, size, more, beyond, calls) => {
    const { zoominfo, asked } = await paged(size, more, beyond);
    expect((await zoominfo.searchIntent(query)).signals).toHaveLength(60);
    expect(asked).toHaveLength(calls);
  });

  test('ten of them at most, and the total says what was not seen', async () => {
    const { zoominfo, asked } = await foreign(({ body }) => {
      const page = Number(body['page']);
      const data = Array.from({ length: 100 }, (_, place) => ({
        id: page * 100 + place,
        companyId: 1,
        ...seen,
      }));
      return { body: { totalResults: 2500, data } };
    });
    const { signals, total } = await zoominfo.searchIntent(query);
    expect(signals).toHaveLength(1000);
    expect(total).toBe(2500);
    expect(asked.map(({ body }) => body['page'])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('rows that are shown twice do not bring the end any nearer', async () => {
    const row = (id: number) => ({ id, companyId: id, signalScore: 80, signalDate: '2026-07-05' });
    const shown = [[1, 2], [2, 3], [4]];
    const { zoominfo } = await foreign(({ body }) => ({
      body: { totalResults: 4, data: (shown[Number(body['page']) - 1] ?? []).map(row) },
    }));
    expect((await zoominfo.searchIntent(query)).signals.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
  });

  test('a server whose total counts repeats, and which repeats its last page, is read to the end', async () => {
    const row = (id: number) => ({ id, companyId: id, signalScore: 80, signalDate: '2026-07-05' });
    const shown = [
      [1, 2],
      [2, 3],
    ];
    const { zoominfo, asked } = await foreign(({ body }) => ({
      body: { totalResults: 4, data: (shown[Number(body['page']) - 1] ?? shown[1] ?? []).map(row) },
    }));
    expect((await zoominfo.searchIntent(query)).signals).toHaveLength(3);
    expect(asked).toHaveLength(3);
  });

  test('a page too many, once all of the total was seen, is no mistake whatever it is called', async () => {
    const data = [1, 1].map((id) => ({ id, companyId: id, signalScore: 80, signalDate: '2026-07-05' }));
    const { zoominfo } = await foreign(({ body }) =>
      body['page'] === 1 ? { body: { totalResults: 2, data } } : { status: 400, body: { error: 'No such offset' } },
    );
    expect((await zoominfo.searchIntent(query)).signals).toHaveLength(1);
  });

  test('a server that ignores pages is read to the end, and nothing is doubled', async () => {
    const { zoominfo, asked } = await saying({ data: rows.slice(0, 3) });
    expect(await zoominfo.searchIntent(query)).toMatchObject({ total: 3 });
    expect(asked).toHaveLength(2);
  });

  test.each([
    [{ totalResults: 0 }],
    [{ totalResults: 0, data: null }],
    [{ data: [] }],
    [{ data: {} }],
    [{ data: { result: [] } }],
  ])('%j is no signal', async (body) => {
    const { zoominfo } = await saying(body);
    expect((await zoominfo.searchIntent(query)).signals).toEqual([]);
  });

  test.each<[string, Reply, string]>([
    ['no data', { body: { success: true } }, 'data: missing'],
    ['data that is a word', { body: { data: 'none' } }, 'data: missing'],
    ['a list', { body: [] }, 'the answer is no object'],
    ['a page of HTML', { body: '<html>Scheduled maintenance</html>' }, 'the answer is not JSON'],
    ['rows without a company', { body: { data: [{ id: 1 }] } }, 'company.id: missing'],
  ])('%s is no empty day', async (_what, reply, field) => {
    const { zoominfo } = await foreign(() => reply);
    const error = await refusal(zoominfo.searchIntent(query));
    expect(error).toBeInstanceOf(UnexpectedAnswer);
    expect(error).toMatchObject({ fields: [field] });
  });
});

describe('a contact', () => {
  test.each([
    [{ id: 11, company: { id: 7, name: 'Acme' }, contactAccuracyScore: 97, hasMobilePhone: true }],
    [{ personId: '11', companyId: '7', contactAccuracyScore: '97', hasMobilePhone: 'true', title: 'VP' }],
    [{ id: '11', attributes: { company: { id: '7' }, contactAccuracyScore: '97%', hasMobilePhone: 1 } }],
  ])('is read from %j', async (row) => {
    const { zoominfo } = await saying({ data: { result: [row] } });
    expect((await zoominfo.searchContacts(contactQuery)).contacts).toMatchObject([
      { id: '11', companyId: '7', accuracy: 97, hasMobile: true, hasDirect: false, hasOtherPhone: false },
    ]);
  });

  test('of whom nothing is said about phones has one: people with a phone were asked for', async () => {
    const { zoominfo } = await saying({ data: [{ id: 11, companyId: 7, contactAccuracyScore: 97 }] });
    expect((await zoominfo.searchContacts(contactQuery)).contacts).toMatchObject([{ hasOtherPhone: true }]);
  });

  test('of a company that was not asked for is nobody', async () => {
    const rows = [7, 8].map((companyId) => ({ id: companyId, companyId, contactAccuracyScore: 97 }));
    const { zoominfo } = await saying({ data: rows });
    const { contacts, unreadable } = await zoominfo.searchContacts(contactQuery);
    expect(contacts.map(({ companyId }) => companyId)).toEqual(['7']);
    expect(unreadable).toEqual({ 'company.id: not asked for': 1 });
  });

  test('of companies with more people than the vendor shows is looked for in smaller groups', async () => {
    const { zoominfo, asked } = await foreign(({ body }) => {
      const ids = String(body['companyId']).split(',');
      const data = ids.map((companyId) => ({ id: `p${companyId}`, companyId, contactAccuracyScore: 97 }));
      return { body: { totalResults: ids.length * 600, data: Number(body['page']) === 1 ? data : [] } };
    });
    const companies = ['1', '2', '3'] as CompanyId[];
    const { contacts, cutOff } = await zoominfo.searchContacts({ ...contactQuery, companies });
    expect(contacts.map(({ id }) => id)).toEqual(['p1', 'p2', 'p3']);
    expect(cutOff).toEqual([]);
    const groups = asked.filter(({ body }) => body['page'] === 1).map(({ body }) => body['companyId']);
    expect(groups).toEqual(['1,2,3', '1,2', '1', '2', '3']);
  });

  test('may be among those not shown where one company alone has more: that company is named', async () => {
    const { zoominfo } = await foreign(({ body }) => {
      const page = Number(body['page']);
      const data = Array.from({ length: 100 }, (_, n) => ({
        id: page * 100 + n,
        companyId: 7,
        contactAccuracyScore: 97,
      }));
      return { body: { totalResults: 1400, data } };
    });
    const { contacts, cutOff } = await zoominfo.searchContacts(contactQuery);
    expect(contacts).toHaveLength(1000);
    expect(cutOff).toEqual(['7']);
  });
});

describe('an enriched person', () => {
  const record = { id: 11, firstName: 'Ann', lastName: 'Example', email: 'Ann@Acme.example', companyId: 7 };
  const other = { id: 12, firstName: 'Bob', lastName: 'Example', phone: '214-555-0143', company: { id: '8' } };
  const ids = ['11', '12'] as PersonId[];

  test.each<[string, unknown]>([
    [
      'with its input, in a list',
      {
        success: true,
        data: {
          outputFields: [],
          result: [
            { input: { personId: 11 }, data: [record], matchStatus: 'FULL_MATCH' },
            { input: { personid: '12' }, data: [other], matchStatus: 'FULL_MATCH' },
          ],
        },
      },
    ],
    [
      'data a list around it, its own data an object',
      {
        data: [
          {
            result: [
              { input: { personId: '12' }, data: other },
              { input: { personId: '11' }, data: record },
            ],
          },
        ],
      },
    ],
    ['entries without an envelope', { data: [{ data: [record] }, { data: [other] }] }],
    [
      'the input under its request’s name',
      {
        data: {
          result: [
            { matchPersonInput: { personId: '11' }, data: [{ ...record, id: 911 }] },
            { matchPersonInput: { personId: '12' }, data: [{ ...other, id: 912 }] },
          ],
        },
      },
    ],
    ['records alone', { data: [other, record] }],
    ['records under result', { result: [record, other] }],
    [
      'by their places, without any id',
      { data: { result: [{ data: [{ ...record, id: undefined }] }, { data: [{ ...other, id: undefined }] }] } },
    ],
    [
      'of JSON:API',
      {
        data: [
          { id: '11', type: 'Contact', attributes: { ...record, id: undefined }, meta: { matchStatus: 'FULL_MATCH' } },
          { id: '12', type: 'Contact', attributes: { ...other, id: undefined }, meta: { matchStatus: 'FULL_MATCH' } },
        ],
      },
    ],
  ])('%s', async (_manner, body) => {
    const { zoominfo } = await saying(body);
    const { records, credits, unmatched, empty } = await zoominfo.enrichContacts(ids);
    expect({ credits, unmatched, empty }).toEqual({ credits: 2, unmatched: [], empty: [] });
    expect(records.toSorted((a, b) => Number(a.id) - Number(b.id))).toMatchObject([
      { id: '11', firstName: 'Ann', email: 'ann@acme.example', phone: null, company: { id: '7' } },
      { id: '12', firstName: 'Bob', email: null, phone: '+12145550143', company: { id: '8' } },
    ]);
  });

  test('takes each part of the company from the first field that has it', async () => {
    const { zoominfo } = await saying({
      data: {
        ...record,
        street: '',
        address: '1 Elm St',
        companyStreet: '2 Oak St',
        city: null,
        companyCity: 'Frisco',
        state: 'TX',
        companyState: 'OK',
        zip: '07034',
        companyHQPhone: '214-555-0199',
        companyPhone: '214-555-0198',
        companyWebsite: 'www.acme.example',
        employees: '420',
        sicCode: 3599,
        industry: ['Manufacturing'],
        managementLevel: 'VP Level Exec',
        contactAccuracyScore: '97',
        jobTitle: 'VP &amp; GM',
      },
    });
    const { records } = await zoominfo.enrichContacts(['11' as PersonId]);
    expect(records).toMatchObject([
      {
        title: 'VP & GM',
        levels: ['VP'],
        accuracy: 97,
        company: {
          street: '1 Elm St',
          city: 'Frisco',
          state: 'TX',
          zip: '07034',
          phone: '+12145550199',
          website: 'www.acme.example',
          employees: 420,
          sic: '3599',
          industry: 'Manufacturing',
        },
      },
    ]);
  });

  test.each([
    ['(555) 123-4567', '+15551234567'],
    ['1-555-123-4567', '+15551234567'],
    ['555.123.4567 x12', '+15551234567'],
    [5551234567, '+15551234567'],
    ['(214) 555-0142', '+12145550142'],
    ['+55 11 1111 11', null],
    ['+44 20 7946 0958', '+442079460958'],
    ['0000000000', null],
    ['123-4567', null],
    ['call us', null],
  ])('has the phone %j as %s', async (phone, read) => {
    const { zoominfo } = await saying({ data: { ...record, phone } });
    expect((await zoominfo.enrichContacts(['11' as PersonId])).records).toMatchObject([{ phone: read }]);
  });

  test.each([
    ['C Level Exec', ['C Level']],
    ['C-Level', ['C Level']],
    ['VP Level Exec', ['VP']],
    ['Vice President', ['VP']],
    ['Director', ['Director']],
    [['Director'], ['Director']],
    ['Manager', ['Manager']],
    ['Non Manager', ['Non Manager']],
    ['Non-Manager', ['Non Manager']],
    ['Board Member', ['Board']],
    [
      ['Board Member', 'C Level Exec'],
      ['Board', 'C Level'],
    ],
    ['Manager,Director', ['Manager', 'Director']],
    [[{ name: 'Director' }], ['Director']],
    ['Wizard', []],
    [null, []],
  ])('has the levels of %j', async (managementLevel, levels) => {
    const { zoominfo } = await saying({ data: { ...record, managementLevel } });
    expect((await zoominfo.enrichContacts(['11' as PersonId])).records).toMatchObject([{ levels }]);
  });

  test.each<[string, unknown]>([
    ['entries without a record', [{ input: { personId: 11 }, data: [], matchStatus: 'FULL_MATCH' }]],
    ['a limit that was reached', [{ input: { personId: 11 }, data: [], matchStatus: 'LIMIT_EXCEEDED' }]],
    ['records without a field', [{ input: { personId: 11 }, data: [{}], matchStatus: 'FULL_MATCH' }]],
    [
      'records of blanks',
      [{ input: { personId: 11 }, data: { firstName: '', lastName: null, email: '', phone: '', companyId: 7 } }],
    ],
    ['nothing at all', []],
    ['nothing in an object', {}],
  ])('%s is no lead', async (_what, result) => {
    const { zoominfo } = await saying({ success: true, data: { result } });
    const error = await refusal(zoominfo.enrichContacts(ids));
    expect(error).toBeInstanceOf(EmptyRecords);
    expect(error).toMatchObject({ credits: 0, records: 2 });
  });

  test('whom the vendor does not know is unmatched, and no error', async () => {
    const nobody = ids.map((personId) => ({ input: { personId }, data: [], matchStatus: 'NO_MATCH' }));
    const { zoominfo } = await saying({ data: { result: nobody } });
    expect(await zoominfo.enrichContacts(ids)).toMatchObject({ records: [], unmatched: ids, empty: [], credits: 0 });
  });

  test('one of two known: the other is unmatched', async () => {
    const { zoominfo } = await saying({ data: { result: [{ input: { personId: 11 }, data: [record] }] } });
    expect(await zoominfo.enrichContacts(ids)).toMatchObject({ unmatched: ['12'], credits: 1 });
  });

  test('nobody asked for was paid for all the same, and goes no further', async () => {
    const { zoominfo } = await saying({ data: { result: [{ data: [record] }, { data: [{ ...other, id: 99 }] }] } });
    const answer = await zoominfo.enrichContacts(ids);
    expect(answer.records.map(({ id }) => id)).toEqual(['11']);
    expect(answer).toMatchObject({ credits: 2, unmatched: ['12'], unreadable: { 'personId: not asked for': 1 } });
  });

  test.each<[string, Reply]>([
    ['an answer without data', { body: { success: true } }],
    ['a page of HTML', { body: '<html>Bad gateway</html>' }],
    [
      'people nobody asked for',
      {
        body: {
          data: [
            { ...record, id: 98 },
            { ...other, id: 99 },
          ],
        },
      },
    ],
    ['a broken gateway', { status: 504, body: 'upstream timed out' }],
    ['a server that gave up', { status: 408, body: '' }],
  ])('%s may have been paid for, and is not asked for again', async (_what, reply) => {
    const { zoominfo, asked } = await foreign(() => reply);
    const error = await refusal(zoominfo.enrichContacts(ids));
    expect(error).toBeInstanceOf(AnswerLost);
    expect(error).toMatchObject({ credits: 2 });
    expect(asked).toHaveLength(1);
  });
});

describe('refusals', () => {
  test.each<[string, Reply, string, RegExp]>([
    [
      '200 with a refusal in it',
      { body: { success: false, statusCode: 400, error: 'Criteria invalid: topics' } },
      'RequestRefused',
      /\(400\): Criteria invalid: topics\. It names topics/,
    ],
    [
      '422 in a list of errors',
      { status: 422, body: { errors: [{ title: 'Bad', detail: 'sicCodes is unknown' }] } },
      'RequestRefused',
      /Bad; sicCodes is unknown\. It names sicCodes/,
    ],
    [
      '400 that names nothing',
      { status: 400, body: 'Bad Request' },
      'RequestRefused',
      /Bad Request\. It names none of what we sent: topics, signalScoreMin/,
    ],
    ['400 as a page', { status: 400, body: '<html>no</html>' }, 'RequestRefused', /\(400\)\. It names none/],
    ['401 for good', { status: 401, body: {} }, 'NeedsHuman', /does not accept its own token/],
    ['402', { status: 402, body: { message: 'No credits left' } }, 'NeedsHuman', /\(402\): No credits left/],
    [
      '403',
      { status: 403, body: { message: 'Intent is not in your plan' } },
      'NeedsHuman',
      /\(403\): Intent is not in your plan/,
    ],
    ['404', { status: 404, body: 'Not Found' }, 'InvalidInput', /404 to \/search\/intent/],
  ])('%s', async (_what, reply, name, words) => {
    const { zoominfo } = await foreign(() => reply);
    expect(await refusal(zoominfo.searchIntent(query))).toMatchObject({ name, message: expect.stringMatching(words) });
  });

  test('what a refusal repeats of people, ids and tokens is cut out', async () => {
    const error =
      'contactAccuracyScoreMin bad for ann@acme.example, 1200000010, (214) 555-0142, eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ6In0.sig';
    const { zoominfo } = await foreign(() => ({ status: 400, body: { error } }));
    const told = await refusal(zoominfo.searchContacts(contactQuery));
    expect(told).toMatchObject({ fields: ['contactAccuracyScoreMin'] });
    expect(String(told)).toContain('contactAccuracyScoreMin bad for •••');
    expect(String(told)).not.toMatch(/ann@|1200000010|555-0142|eyJ/);
  });

  test('a redirect is not followed, so that the token goes nowhere else', async () => {
    const elsewhere = await saying({ data: [] });
    const { zoominfo } = await foreign(() => ({
      status: 307,
      headers: { location: `${elsewhere.url}/search/intent` },
      body: '',
    }));
    expect(await refusal(zoominfo.searchIntent(query))).toBeInstanceOf(InvalidInput);
    expect(elsewhere.asked).toEqual([]);
  });

  test('429 is waited out for as long as the vendor says', async () => {
    let [refused, tooEarly] = [0, 0];
    const { zoominfo } = await foreign((_asked, before) => {
      if (before === 0) {
        refused = Date.now();
        return { status: 429, headers: { 'retry-after': '1' }, body: {} };
      }
      // A timer may be a hair early.
      if (Date.now() - refused < 990) tooEarly += 1;
      return { body: { limit: 100 } };
    });
    expect(await zoominfo.usage()).toMatchObject({ limit: 100 });
    expect(tooEarly).toBe(0);
  });

  test('a wait that is too long to sit out is left to the run, whether in seconds or as a moment', async () => {
    const clock = () => Date.parse('2026-11-23T12:00:00Z');
    for (const [header, retryAfterMs, exhausted] of [
      ['90', 90_000, false],
      ['Mon, 23 Nov 2026 12:03:00 GMT', 180_000, false],
      // Three of these would outlast a job on GitHub: said, not waited for.
      ['Mon, 23 Nov 2026 12:05:00 GMT', 300_000, true],
    ] as const) {
      const { zoominfo, asked } = await foreign(() => ({ status: 429, headers: { 'retry-after': header }, body: {} }), {
        clock,
      });
      expect(await refusal(zoominfo.enrichContacts(['1' as PersonId]))).toMatchObject({
        name: 'Retryable',
        kind: 'RATE_LIMITED',
        retryAfterMs,
        exhausted,
        message: expect.stringMatching(exhausted ? /left alone for 5 minutes/ : /fewer calls/),
      });
      expect(asked).toHaveLength(1);
    }
  });
});

describe('usage', () => {
  const line = { limitType: 'uniqueIdLimit', totalLimit: 12_000, currentUsage: '2,655', usageRemaining: 9345 };
  test.each<[string, unknown, unknown]>([
    [
      'a list',
      { usage: [{ limitType: 'requestLimit', totalLimit: 5 }, line] },
      { used: 2655, limit: 12_000, remaining: 9345 },
    ],
    ['JSON:API', { data: [{ attributes: { usage: [line] } }] }, { used: 2655, limit: 12_000, remaining: 9345 }],
    ['one line', { limit: 100, used: 40 }, { used: 40, limit: 100, remaining: null }],
    [
      'something else',
      { data: [{ limitType: 'a' }, { limitType: 'b' }] },
      { used: null, limit: null, remaining: null },
    ],
  ])('%s', async (_what, body, usage) => {
    const { zoominfo } = await saying(body);
    expect(await zoominfo.usage()).toEqual(usage);
  });
});
