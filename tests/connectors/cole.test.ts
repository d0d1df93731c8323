import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeCole, reachCole } from '../../connectors/cole/index.ts';
import type { ColeQuery } from '../../pipeline/ports/cole.ts';
import type { Zip } from '../../pipeline/vocabulary.ts';
import { makeBureau, type Bureau } from '../fixtures/pages/bureau.ts';
import { startClassic } from '../fixtures/pages/cole-classic.ts';
import { startModern } from '../fixtures/pages/cole-modern.ts';
import { startWizard, wizardSecret } from '../fixtures/pages/cole-wizard.ts';
import type { Pages } from '../fixtures/pages/server.ts';
import { folder, makeSessionDeps, startBrowser } from './session-deps.ts';

const browser = startBrowser();
afterAll(() => browser.close());

const login = { username: 'tx@agency.example', secret: 'pw-secret', totp: wizardSecret };
const zip = (text: string) => text as Zip; // five digits, written here
const query: ColeQuery = { state: 'TX', zips: [zip('75034'), zip('75035')], purchaseMonth: 3, filters: {}, slice: [] };

const builds = [
  ['server-rendered tables', startClassic, ['purchase year', 'home value'], { by: 'purchase year', blank: true }],
  [
    'a single-page app',
    startModern,
    ['purchase year', 'home value', 'purchase day'],
    { by: 'home value', blank: true },
  ],
  ['a wizard', startWizard, ['purchase year', 'purchase day'], null],
] as const;

describe.each(builds)('Cole as %s', (_name, start, offered, blank) => {
  let bureau: Bureau;
  let pages: Pages;
  const sessions = makeSessionDeps(browser);
  const cole = () => makeCole({ ...sessions, url: pages.url, credentials: () => Promise.resolve(login) });
  beforeAll(async () => {
    bureau = makeBureau();
    pages = await start(bureau, { [login.username]: login.secret });
  });
  afterAll(() => pages.close());

  test('counts exactly the query, each from a form of its own', async () => {
    const [both, one, none] = await cole().at('TX', async (session) => [
      await session.count(query),
      await session.count({ ...query, zips: [zip('75034')], purchaseMonth: 4 }),
      await session.count({ ...query, zips: [zip('00501')] }),
    ]);
    expect([both, one, none]).toEqual([160, 100, 0]);
    expect(bureau.searches.at(0)).toMatchObject({
      state: 'TX',
      listType: 'Emailing',
      zips: ['75034', '75035'],
      months: [3],
    });
    expect(bureau.searches.at(1)).toMatchObject({ zips: ['75034'], months: [4] });
    expect(bureau.exports).toEqual([]);
  });

  test('is reached where a search begins, and nothing is searched', async () => {
    const searched = bureau.searches.length;
    await reachCole({ ...sessions, url: pages.url, credentials: () => Promise.resolve(login) }, 'TX');
    expect(bureau.searches).toHaveLength(searched);
    expect(bureau.exports).toEqual([]);
    expect(sessions.closed.size).toBe(0);
  });

  test('tells the slicings of the page, and its slices are disjoint and add up', async () => {
    const slicings = await cole().at('TX', (session) => session.slicings());
    expect(slicings.map(({ by }) => by)).toEqual(offered);
    for (const { min, max } of slicings) expect(min).toBeLessThan(max);
    const counts = await cole().at('TX', async (session) => [
      await session.count({ ...query, slice: [{ by: 'purchase year', from: null, to: 2004 }] }),
      await session.count({ ...query, slice: [{ by: 'purchase year', from: 2005, to: null }] }),
      ...(blank ? [await session.count({ ...query, slice: [blank] })] : []),
    ]);
    const withYear = bureau.people.filter(
      (one) => query.zips.includes(zip(one.zip)) && one.month === 3 && one.year !== null,
    );
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(withYear.length);
    if (blank)
      expect(counts[2]).toBe(
        blank.by === 'home value'
          ? bureau.people.filter((one) => query.zips.includes(zip(one.zip)) && one.month === 3 && one.value === null)
              .length
          : 160 - withYear.length,
      );
  });

  test('exports the 13 fields as CSV with headers, whole, asking at the last moment', async () => {
    const to = join(folder(), 'export.csv');
    bureau.events.length = 0;
    const result = await cole().at('TX', (session) =>
      session.export(query, to, (shown) => {
        bureau.events.push(`asked ${shown}`);
        expect(bureau.exports).toEqual([]);
        expect(existsSync(to)).toBe(false);
        return Promise.resolve();
      }),
    );
    expect(result).toEqual({ shown: 160 });
    expect(bureau.events.filter((event) => event !== 'deliver page')).toEqual(['asked 160', 'file made']);
    expect(bureau.exports).toHaveLength(1);
    expect(bureau.exports[0]?.fields).toHaveLength(13);
    expect(bureau.exports[0]).toMatchObject({ count: 160, headers: true });
    expect(bureau.exports[0]?.fields.join()).not.toMatch(/race|ethnic/i);
    const lines = readFileSync(to, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(161);
    expect(existsSync(`${to}.part`)).toBe(false);
  });

  test('asks for nothing where the page shows ten thousand or more', async () => {
    const to = join(folder(), 'export.csv');
    const before = bureau.exports.length;
    const asked: number[] = [];
    const pulling = cole().at('TX', (session) =>
      session.export({ ...query, zips: [zip('77494')] }, to, (shown) => {
        asked.push(shown);
        return Promise.resolve();
      }),
    );
    await expect(pulling).rejects.toMatchObject({ name: 'TooManyRecords', shown: 12_345 });
    expect(asked).toEqual([]);
    expect(bureau.exports).toHaveLength(before);
    expect(sessions.saved).toEqual([]);
  });

  test('a session that ends in mid-work is renewed once, and the work begins anew', async () => {
    bureau.expireAfter = 2;
    const seen: string[] = [];
    const count = await cole().at('TX', async (session) => {
      seen.push('begun');
      await session.count(query);
      return session.count(query);
    });
    expect(count).toBe(160);
    expect(seen.length).toBeLessThanOrEqual(2);
    expect(sessions.closed.size).toBe(0);
  });
});
