import { describe, expect, test } from '@jest/globals';
import { batchId, batchMessageId } from '../../pipeline/intent/batch-id.ts';
import { alertsCrossed, estimateCredits, type KnownCompanies } from '../../pipeline/intent/budget.ts';
import { companyId, day, intentId, personId, scored } from './samples.ts';

describe('the estimate', () => {
  const company = (id: string, recommended = true) =>
    scored({ company: { id: intentId(id) }, recommended: recommended ? [personId('1')] : [] });
  const nothing: KnownCompanies = { idOf: () => undefined, hasDetails: () => false };

  test('25 companies nobody knows anything of cost 75 at most', () => {
    const companies = Array.from({ length: 25 }, (_, index) => company(`${index}`));
    expect(estimateCredits(companies, nothing)).toEqual({ unknownIds: 25, contacts: 25, companies: 25, total: 75 });
  });

  test('a known id saves one, cached details another', () => {
    const known: KnownCompanies = {
      idOf: (id) => (id === 'new' ? undefined : companyId(`c-${id}`)),
      hasDetails: (id) => id === 'c-cached',
    };
    const companies = [company('new'), company('known'), company('cached')];
    expect(estimateCredits(companies, known)).toEqual({ unknownIds: 1, contacts: 3, companies: 2, total: 6 });
  });

  test('a company that cannot be identified costs nothing; a known one needs nobody recommended', () => {
    const known: KnownCompanies = {
      idOf: (id) => (id === 'known' ? companyId('c') : undefined),
      hasDetails: () => true,
    };
    const companies = [company('lost', false), company('known', false)];
    expect(estimateCredits(companies, known)).toEqual({ unknownIds: 0, contacts: 1, companies: 0, total: 1 });
  });

  test('the cache of details is asked by the company id it belongs to', () => {
    const asked: string[] = [];
    const known: KnownCompanies = {
      idOf: () => companyId('c-1'),
      hasDetails: (id) => asked.push(id) > 0,
    };
    estimateCredits([company('700')], known);
    expect(asked).toEqual(['c-1']);
  });

  test('an empty shortlist costs nothing', () => {
    expect(estimateCredits([], nothing).total).toBe(0);
  });
});

describe('alerts', () => {
  const shares = [0.5, 0.8, 0.95];
  test.each([
    [0, 249, []],
    [0, 250, [0.5]],
    [249, 250, [0.5]],
    [250, 399, []],
    [399, 400, [0.8]],
    [474, 475, [0.95]],
    [475, 500, []],
    [0, 500, [0.5, 0.8, 0.95]],
    [300, 480, [0.8, 0.95]],
    [250, 250, []],
    [260, 240, []],
  ])('from %i to %i of 500 crosses %j', (before, after, crossed) => {
    expect(alertsCrossed(before, after, 500, shares)).toEqual(crossed);
  });
});

describe('a batch', () => {
  test.each([
    [1, 'HADES-20261123-001'],
    [42, 'HADES-20261123-042'],
    [999, 'HADES-20261123-999'],
    [1000, 'HADES-20261123-1000'],
  ])('number %i of the day is %s', (number, id) => {
    expect(batchId(day('2026-11-23'), number)).toBe(id);
  });

  test('its mail has one Message-ID, however often it is sent', () => {
    expect(batchMessageId('HADES-20261123-001', 'agency.example')).toBe('<hades-20261123-001@agency.example>');
  });
});
