import { describe, expect, test } from '@jest/globals';
import { query, saying } from './zoominfo-stand.ts';

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
