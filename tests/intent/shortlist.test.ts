import { describe, expect, test } from '@jest/globals';
import { intentDefaults, readIntentConfig } from '../../pipeline/intent/config.ts';
import { intentQuery, scoreFloor } from '../../pipeline/intent/query.ts';
import { byRank, companyKey, onePerCompany, shortlist, type ShortlistFacts } from '../../pipeline/intent/shortlist.ts';
import type { PastExport } from '../../pipeline/intent/exports.ts';
import type { IntentCompanyId, SignalStrength } from '../../pipeline/ports/zoominfo.ts';
import { companyId, day, intentId, scored, signal } from './samples.ts';

const today = day('2026-11-23');

function facts(parts: Partial<ShortlistFacts> = {}): ShortlistFacts {
  return {
    config: intentDefaults,
    today,
    cached: () => undefined,
    identify: ({ company }) => ({ intentId: company.id, companyId: null, name: company.name }),
    exports: [],
    ...parts,
  };
}

const past = (parts: Partial<PastExport>): PastExport => ({
  intentId: null,
  companyId: null,
  name: '',
  day: day('2026-11-01'),
  ...parts,
});

describe('one signal per company', () => {
  const companies = (...list: { id: string; name: string; phone?: string | null; at?: number }[]) =>
    list.map(({ id, at, ...company }, index) =>
      scored({ id: `s${index}`, at: at ?? 80, company: { ...company, id: intentId(id) } }),
    );
  const ids = (list: ReturnType<typeof companies>) => onePerCompany(list).map(({ signal: { id } }) => id);

  test('the same phone and the same name, however it is written, is one company: its best signal stays', () => {
    const list = companies(
      { id: '1', name: 'Acme, Inc.', phone: '+12145550142', at: 70 },
      { id: '2', name: 'ACME', phone: '+12145550142', at: 90 },
    );
    expect(ids(list)).toEqual(['s1']);
  });

  test('the same name at another phone is another company', () => {
    const list = companies(
      { id: '1', name: 'Acme', phone: '+12145550142' },
      { id: '2', name: 'Acme', phone: '+12145550143' },
    );
    expect(ids(list)).toHaveLength(2);
  });

  test('without phones the name decides', () => {
    expect(ids(companies({ id: '1', name: 'Acme LLC' }, { id: '2', name: 'acme' }))).toHaveLength(1);
    expect(ids(companies({ id: '1', name: 'Acme' }, { id: '2', name: 'Zenith' }))).toHaveLength(2);
  });

  test('the same id is the same company, whatever it is called', () => {
    expect(ids(companies({ id: '1', name: 'Acme' }, { id: '1', name: 'Acme Tool & Die' }))).toEqual(['s0']);
  });

  test('companies without a name and a phone are not one company', () => {
    expect(ids(companies({ id: '1', name: '' }, { id: '2', name: 'Inc.' }, { id: '3', name: '' }))).toHaveLength(3);
    expect(companyKey({ name: '', phone: null })).toBeNull();
  });
});

describe('the order', () => {
  test('score, then the fresher, then name, topic and id decide; no two are level', () => {
    const best = scored({ id: '5', at: 90 });
    const fresher = scored({ id: '4', at: 80, age: 1 });
    const alpha = scored({ id: '9', at: 80, age: 2, company: { name: 'Alpha' } });
    const water = scored({ id: '1', at: 80, age: 2, topic: 'Water Coolers', company: { name: 'Beta' } });
    const coffee = scored({ id: '10', at: 80, age: 2, topic: 'Coffee Services', company: { name: 'Beta' } });
    const coffeeToo = scored({ id: '9', at: 80, age: 2, topic: 'Coffee Services', company: { name: 'BETA, Inc' } });
    const order = [best, fresher, alpha, coffeeToo, coffee, water];
    expect(order.toReversed().toSorted(byRank)).toEqual(order);
    expect([water, best, coffee, alpha, fresher, coffeeToo].toSorted(byRank)).toEqual(order);
  });
});

describe('the shortlist', () => {
  test('drops what has no date, what is stale, what is double and what was exported, and says how many', () => {
    const at = (id: string, name: string, seen: string | null) =>
      signal({ id, day: seen === null ? null : day(seen), company: { id: intentId(id), name } });
    const { companies, losses } = shortlist(
      [
        at('1', 'Alpha', '2026-11-23'),
        at('2', 'Beta', '2026-11-09'),
        at('3', 'Gamma', '2026-11-08'),
        at('4', 'Delta', null),
        at('5', 'ALPHA, Inc', '2026-11-20'),
        at('6', 'Epsilon', '2026-11-22'),
      ],
      facts({ exports: [past({ name: 'Epsilon LLC' })] }),
    );
    expect(companies.map(({ signal: { id } }) => id)).toEqual(['1', '2']);
    expect(losses).toEqual({ undated: 1, stale: 1, duplicates: 1, exportedBefore: 1, beyondLimit: 0 });
  });

  test('takes the best 25, after those exported before are out', () => {
    const signals = Array.from({ length: 40 }, (_, index) =>
      signal({
        id: `${index}`,
        score: 20 + 2 * index,
        company: { id: intentId(`${index}`), name: `Company ${index} Ltd` },
      }),
    );
    const exports = [past({ intentId: intentId('39') }), past({ name: 'company 38' })];
    const { companies, losses } = shortlist(signals, facts({ exports }));
    expect(companies.map(({ signal: { id } }) => Number(id))).toEqual(Array.from({ length: 25 }, (_, n) => 37 - n));
    expect(losses).toMatchObject({ exportedBefore: 2, beyondLimit: 13 });
  });

  test('a company is found among the exports by its company id where the mapping is known', () => {
    const exports = [past({ companyId: companyId('340'), intentId: intentId('old'), name: 'Renamed since' })];
    const known = facts({
      exports,
      identify: ({ company }) => ({ intentId: company.id, companyId: companyId('340'), name: company.name }),
    });
    expect(shortlist([signal()], known).losses.exportedBefore).toBe(1);
    expect(shortlist([signal()], facts({ exports })).losses.exportedBefore).toBe(0);
  });

  test('the cache is asked by the intent id, so that equal digits of the other space give nothing away', () => {
    const details = new Map<string, { sic: string; employees: number }>([
      ['company 340', { sic: '4581', employees: 5000 }],
      ['intent 700', { sic: '3999', employees: 400 }],
    ]);
    const asked: IntentCompanyId[] = [];
    const cached = (id: IntentCompanyId) => {
      asked.push(id);
      return details.get(`intent ${id}`);
    };
    const signals = ['700', '340'].map((id) => signal({ id, company: { id: intentId(id), name: `Company ${id}` } }));
    const { companies } = shortlist(signals, facts({ cached }));
    expect(asked).toEqual(['700', '340']);
    // 45 + 0.25·35 + 25 + 2 = 80.75 with what is known of intent company 700; 45 + 10 + 25 without anything.
    expect(companies.map(({ signal: { id }, score }) => [id, score])).toEqual([
      ['700', 81],
      ['340', 80],
    ]);
  });

  test('of nothing it makes nothing', () => {
    expect(shortlist([], facts())).toEqual({
      companies: [],
      losses: { undated: 0, stale: 0, duplicates: 0, exportedBefore: 0, beyondLimit: 0 },
    });
  });
});

describe('what the vendor is asked for', () => {
  test.each([
    [['High'], 90],
    [['Medium'], 75],
    [['Low'], 60],
    [['High', 'Medium'], 75],
    [['Low', 'High'], 60],
  ])('%j asks for scores from %i', (strengths, floor) => {
    expect(scoreFloor(strengths as SignalStrength[])).toBe(floor);
  });

  test('the defaults ask for four topics, scores from 75, 50 to 5,000 employees and 25 industries', () => {
    const query = intentQuery(intentDefaults);
    expect(query).toMatchObject({
      topics: ['Vending Machines', 'Breakroom Solutions', 'Coffee Services', 'Water Coolers'],
      scoreFloor: 75,
      employees: { min: 50, max: 5000 },
    });
    expect(query.sicCodes).toHaveLength(25);
    expect(intentQuery(readIntentConfig({ sicCodes: [] })).sicCodes).toEqual([]);
  });
});
