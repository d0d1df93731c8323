import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { startCole, type ColeStats } from '../cole/index.ts';
import { recordCount } from '../households/character.ts';
import { householdsOf } from '../households/household.ts';
import { makeWorld } from '../households/world.ts';

/** Dense enough that the first ZIP's March alone is more than an export may hold. */
const world = makeWorld({
  seed: 'test',
  zips: { '75034': { homes: 38_000, density: 6 }, '75035': { homes: 9000 }, '75068': { homes: 4000 } },
});
const march = (...zips: string[]) => zips.reduce((sum, zip) => sum + recordCount(world, zip, 3), 0);

let cole: Awaited<ReturnType<typeof startCole>>;
beforeAll(async () => {
  cole = await startCole({
    world,
    today: () => '2027-01-15',
    logins: [
      { state: 'TX', username: 'texas', password: 'lone-star' },
      { state: 'OK', username: 'oklahoma', password: 'sooner', headerStyle: 'sop' },
    ],
  });
});
afterEach(() => fetch(`${cole.url}/_control/reset`, { method: 'POST' }));
afterAll(() => cole.close());

const stats = async () => (await (await fetch(`${cole.url}/_control/stats`)).json()) as ColeStats;
const fault = (body: Record<string, unknown>) =>
  fetch(`${cole.url}/_control/fault`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

type Fields = Record<string, string | readonly string[]>;
const picked = ['First Name', 'Last Name', 'Address 1', 'City', 'State', 'Zip', 'Cell Phone Number'];
const thirteen = [
  ...picked,
  'Email Address',
  'Purchase Date',
  'Home Value',
  'Head Household',
  'Income',
  'Date of Birth',
];

/** Somebody at a browser without scripts: keeps cookies, follows redirects by hand. */
function customer() {
  const jar = new Map<string, string>();
  async function go(path: string, fields?: Fields): Promise<{ url: string; text: string }> {
    const body = new URLSearchParams(
      Object.entries(fields ?? {}).flatMap(([key, value]) => [value].flat().map((one): [string, string] => [key, one])),
    );
    const response = await fetch(cole.url + path, {
      headers: { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; ') },
      redirect: 'manual',
      ...(fields ? { method: 'POST', body } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(key, value);
    }
    const next = response.headers.get('location');
    return next ? go(next) : { url: path, text: await response.text() };
  }
  const signIn = (username = 'texas', password = 'lone-star') => go('/Account/Login', { username, password });
  async function search(zips: string, options: Fields = {}, state = 'TX', listType = 'Emailing') {
    await go('/Search/New');
    await go('/Search/States', { states: state });
    await go('/Search/ListType', { listType });
    const answer = await go('/Search/ZipCodes', { zips });
    if (answer.url === '/Search/ZipCodes') return answer.text;
    await go('/Search/Advanced', { fields: thirteen, month: '3', ...options });
    await go('/Search/Run', {});
    await go('/Search/Status');
    return (await go('/Search/Results')).text;
  }
  async function download(format: Fields = { format: 'csv', headers: 'yes' }) {
    await go('/Export/Start', { all: 'yes' });
    const { url, text } = await go('/Export/Prepare', format);
    const job = /job=(.+)/.exec(url)?.[1];
    return job ? (await go(`/Export/File?job=${job}`)).text : text;
  }
  return { go, signIn, search, download };
}

const countIn = (page: string) => Number(/([\d,]+) records/.exec(page)?.[1]?.replaceAll(',', ''));
const alertIn = (page: string) => /role="alert">([^<]*)</.exec(page)?.[1]?.replaceAll('&quot;', '"');

async function texan() {
  const person = customer();
  await person.signIn();
  return person;
}

test('the records shown carry a comma, and are those of the purchase month in any year', async () => {
  const { search } = await texan();
  const page = await search('75034,75035');
  expect(page).toContain(`${march('75034', '75035').toLocaleString('en-US')} records`);
  expect(countIn(await search('75035'))).toBe(march('75035'));
  expect(countIn(await search('75035', { month: '' }))).toBeGreaterThan(10 * march('75035'));
});

test('filters cut one ZIP into parts whose counts add up, blanks in one of them', async () => {
  const { search } = await texan();
  const count = async (options: Fields) => countIn(await search('75035', options));
  const whole = march('75035');
  expect((await count({ year_to: '2010' })) + (await count({ year_from: '2011' }))).toBe(whole);
  expect((await count({ day_to: '15' })) + (await count({ day_from: '16' }))).toBe(whole);
  const [low, high, blank] = [
    await count({ value_to: '300000' }),
    await count({ value_from: '300001' }),
    await count({ unknown: 'only' }),
  ];
  expect(blank).toBeGreaterThan(0);
  expect(low + high + blank).toBe(whole);
  expect(await count({ value_to: '300000', unknown: 'include' })).toBe(low + blank);
  expect(await count({ dwelling: 'Condominium', dnc: 'exclude' })).toBeLessThan(whole / 2);
});

test('the list type matters', async () => {
  const { search } = await texan();
  expect(countIn(await search('75035', {}, 'TX', 'Telemarketing'))).toBeLessThan(march('75035'));
});

test('a filter that makes no sense is refused in words', async () => {
  const { go } = await texan();
  const options = { fields: thirteen, value_from: '900k' };
  expect(alertIn((await go('/Search/Advanced', options)).text)).toMatch(/Home value from must be a whole number/);
  const turned = { fields: thirteen, year_from: '2010', year_to: '2001' };
  expect(alertIn((await go('/Search/Advanced', turned)).text)).toMatch(/"from" is above "to"/);
});

test.each([
  ['75034, 75035', 'Entry 2 (" 75035")'],
  ['75034,7503', 'Entry 2 ("7503")'],
  ['75034;75035', 'Entry 1'],
  ['75034,', 'Entry 2 ("")'],
  ['75034-1234', 'Entry 1'],
  ['75034,74012', 'Entry 2 (74012) is in Oklahoma'],
  ['', 'enter at least one'],
])('the ZIP box refuses %p and says which entry is wrong', async (zips, message) => {
  expect(alertIn(await (await texan()).search(zips))).toContain(message);
});

test('an account sees its own state and no other', async () => {
  const { go, search } = await texan();
  expect(alertIn((await go('/Search/States', { states: 'OK' })).text)).toMatch(/not in your subscription/);
  expect(alertIn(await search('74012', {}, 'OK'))).toContain('Oklahoma');
});

test('an export of 10,000 records or more is refused and counted', async () => {
  const { search, download } = await texan();
  expect(countIn(await search('75034'))).toBeGreaterThanOrEqual(10_000);
  expect(alertIn(await download())).toMatch(/limited to fewer than 10,000/);
  expect(await stats()).toMatchObject({ exports: 0, exportsRefused: 2, rowsExported: 0 });
});

test('the three header styles take turns, and only the fixed layout has what was not picked', async () => {
  const { search, download } = await texan();
  const headers: string[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    await search('75068');
    headers.push((await download()).split('\r\n')[0] ?? '');
  }
  expect(headers[0]?.split(',')).toHaveLength(23);
  expect(headers[0]).toMatch(/^First Name,Last Name,Address 1,Address 2,City,ST,ZIP,Phone,DNC,.*,Race,Home Value,/);
  expect(headers[1]?.replace('\ufeff', '')).toBe(
    'First_Name,Last_Name,Address_1,City,State,Zip,Cell Phone Number,Email_Address,' +
      'Purchase_Date,Home_Value,Head_Household,Income,Date_of_Birth',
  );
  expect(headers[2]).toMatch(
    /Mailing Address,Mailing City,Mailing State,Mailing ZIP,Property Address,.*Home Value Estimate/,
  );
  expect(headers[2]).not.toContain('Race');
  expect(headers[3]).toBe(headers[0]);
});

test('a file holds as many lines as were shown, broken ones included, and ends its lines in CRLF', async () => {
  const { search, download } = await texan();
  const shown = countIn(await search('75034', { year_to: '2012' }));
  const text = await download();
  expect(text.endsWith('\r\n')).toBe(true);
  expect(text.split('\r\n').length - 2).toBe(shown);
  const broken = householdsOf(world, '75034', 3).filter(({ defect, home }) => defect && home.purchase.year <= 2012);
  expect(broken.length).toBeGreaterThan(5);
  expect(() => parse(text, { columns: true })).toThrow();
  const relaxed = parse(text, { relax_quotes: true, relax_column_count: true, skip_records_with_error: true });
  expect(relaxed.length).toBeLessThan(shown);
});

test('tabs and no headers are what one gets without asking', async () => {
  const { search, download } = await texan();
  await search('75068');
  expect((await download({})).split('\r\n')[0]).toMatch(/\t.*\t/);
});

test('what left the server is counted by login, ZIP and query, and twice is noticed', async () => {
  const { search, download } = await texan();
  await search('75035,75068');
  await download();
  await search('75068,75035');
  await download();
  await search('75068', { year_from: '2000' });
  await download();
  const { exportList, ...sums } = await stats();
  expect(sums).toMatchObject({
    signIns: 1,
    searches: 3,
    exports: 3,
    exportsByLogin: { texas: 3 },
    exportsCompleted: 3,
    maxExport: march('75035', '75068'),
    zipsPulledTwice: 2,
    concurrentSessionViolations: 0,
  });
  expect(sums.rowsByZip['75035']).toBe(2 * march('75035'));
  expect(sums.rowsExported).toBe(sums.rowsByLogin.texas);
  expect(sums.householdsPulledTwice).toBe(march('75035', '75068') + (exportList[2]?.records ?? 0));
  expect(exportList[0]).toMatchObject({ login: 'texas', zips: ['75035', '75068'], month: 3, completed: true });
  expect(exportList[0]?.exportKey).toBe(exportList[1]?.exportKey);
  expect(exportList[2]).toMatchObject({ slice: 'year=2000-' });
});

test('a file can be fetched once', async () => {
  const { go, search } = await texan();
  await search('75068');
  const { url } = await go('/Export/Prepare', { format: 'csv', headers: 'yes' });
  const file = url.replace('Working', 'File');
  expect((await go(file)).text).toContain('First Name');
  expect((await go(file)).text).toContain('no longer available');
});

test('a second session that takes over is fine, two in turns are noticed', async () => {
  const [first, second] = [await texan(), await texan()];
  await first.go('/Home');
  await second.go('/Home');
  expect((await stats()).violations.map(({ login, kind }) => [login, kind])).toEqual([
    ['texas', 'two sessions in turns'],
    ['texas', 'two sessions in turns'],
  ]);
  await first.go('/Account/Logout');
  await fetch(`${cole.url}/_control/reset`, { method: 'POST' });
  const third = await texan();
  await third.go('/Home');
  const fourth = await texan();
  await fourth.go('/Home');
  expect((await stats()).concurrentSessionViolations).toBe(0);
});

test('two windows of one saved session, used in turns, are noticed too', async () => {
  const { go } = await texan();
  for (const id of ['a', 'a', 'b', 'b']) await go(`/Account/Window?id=${id}`, {});
  expect((await stats()).violations).toEqual([]);
  await go('/Account/Window?id=a', {});
  expect((await stats()).violations.map(({ kind }) => kind)).toEqual(['one session in two windows']);
});

test('faults: a wrong number of rows, rows of another month, of another ZIP, nothing at all', async () => {
  const { search, download } = await texan();
  const shown = countIn(await search('75035'));
  await fault({ wrongCount: 1 });
  expect((await download()).split('\r\n').length - 2).toBe(shown - 3);
  await fault({ wrongMonth: 2, foreignZip: 3 });
  await search('75035');
  const text = await download();
  expect(text.split('\r\n').length - 2).toBe(shown);
  const strange = text
    .split('\r\n')
    .slice(1, 6)
    .map((line) => [/,(\d\d)\/\d\d\/\d{4},/.exec(line)?.[1], line.includes('75035')]);
  expect(strange.slice(0, 2)).toEqual([
    ['04', true],
    ['04', true],
  ]);
  expect(strange.slice(2).map(([month]) => month)).toEqual(['03', '03', '03']);
  expect(strange.slice(2).map(([, same]) => same)).toEqual([false, false, false]);
  await fault({ emptyFile: 1 });
  await search('75035');
  expect(await download()).toBe('');
  await fault({ latin1: 1 });
  await search('75035');
  expect(await download()).toContain('\ufffd');
});

test('faults: an unknown one is refused', async () => {
  expect((await fault({ earthquake: true })).ok).toBe(false);
});

test('faults: the session ends, the account is locked, the server fails', async () => {
  const { go, signIn } = await texan();
  await fault({ expireSessions: true });
  const { url, text } = await go('/Home');
  expect(url).toBe('/Account/Login?expired=1');
  expect(alertIn(text)).toMatch(/session has expired/);
  await signIn();
  await fault({ expireAtExport: 1 });
  expect((await go('/Home')).url).toBe('/Home');
  expect((await go('/Export/Start', { all: 'yes' })).url).toBe('/Account/Login?expired=1');
  await fault({ refuseLogin: true });
  expect(alertIn((await signIn()).text)).toMatch(/locked/);
  await fault({ refuseLogin: false, error500: 1 });
  expect((await go('/Account/Login')).text).toContain('Server Error');
  expect((await signIn()).url).toBe('/Home');
  expect((await signIn('texas', 'wrong')).text).toContain('incorrect');
  expect(await stats()).toMatchObject({ signIns: 3, failedSignIns: 2 });
});

test('seven hundred ZIPs are counted in one search', async () => {
  const { search } = await texan();
  const zips =
    householdsOf(world, '75034', 3).length > 0 ? Array.from({ length: 700 }, (_, index) => String(75_001 + index)) : [];
  expect(countIn(await search(zips.filter((zip) => !zip.startsWith('755')).join(',')))).toBeGreaterThan(10_000);
});
