import { describe, expect, test } from '@jest/globals';
import type { CompanyId, PersonId } from '../../pipeline/ports/zoominfo.ts';
import { foreign, query, refusal, saying } from './zoominfo-stand.ts';

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
