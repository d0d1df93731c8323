import { describe, expect, test } from '@jest/globals';
import { AnswerLost, EmptyRecords, type CompanyId, type PersonId } from '../../pipeline/ports/zoominfo.ts';
import { contactQuery, foreign, refusal, saying, type Reply } from './zoominfo-stand.ts';

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
