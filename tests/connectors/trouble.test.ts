import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { evidenceOf } from '../../connectors/browser/evidence.ts';
import { makeCole } from '../../connectors/cole/index.ts';
import type { ColeSession, ColeQuery } from '../../pipeline/ports/cole.ts';
import type { Zip } from '../../pipeline/vocabulary.ts';
import { go, html, servePages, type Call, type Pages } from '../fixtures/pages/server.ts';
import { folder, makeSessionDeps, startBrowser } from './session-deps.ts';

const browser = startBrowser();
/** One small Cole, signed in to once. */
let pages: Pages;
let signedIn: string | null = null;
let wrongNow: (call: Call) => boolean = () => false;
beforeAll(async () => {
  pages = await servePages((call) => {
    const { path, method, response } = call;
    if (wrongNow(call)) return;
    if (path === '/' && method === 'POST') return go(response, '/home', { 'set-cookie': 'in=1; Path=/' });
    if (call.cookie('in') !== '1')
      return html(
        response,
        '<body><form method=post action=/>User <input name=u> Password <input type=password name=p><button>Sign in</button></form></body>',
      );
    if (path === '/') return go(response, '/home');
    if (path === '/results')
      return html(
        response,
        '<body><a href=/home>New search</a><h1>812 records</h1><a href=/file>Download to Computer</a></body>',
      );
    return html(response, `<body><a href=/home>New search</a>${form}</body>`);
  });
});
afterAll(async () => {
  await browser.close();
  await pages.close();
});

const query: ColeQuery = { state: 'TX', zips: ['75034' as Zip], purchaseMonth: 3, filters: {}, slice: [] };
const fields =
  'First Name,Last Name,Address 1,City,State,ZIP,Cell Phone,Email,Purchase Date,Home Value,Head Household,Income,Date of Birth'.split(
    ',',
  );
const form = `<form method=post action=/results><label>States <select name=s><option>TX<option>NJ</select></label><label>Type of list <select name=t><option>Emailing<option>Phone</select></label>
  <label>ZIP codes <input name=z></label><label>Purchase month <select name=m><option>Any<option>March</select></label>${fields.map((field) => `<label><input type=checkbox>${field}</label>`).join('')}<button>Search</button></form>`;

/** The small Cole with one thing wrong. */
async function cole(wrong: (call: Call) => boolean, work: (session: ColeSession) => Promise<unknown>) {
  wrongNow = wrong;
  const sessions = makeSessionDeps(browser, { patience: { thing: 1_000, page: 4_000, file: 6_000 } });
  if (signedIn !== null) await sessions.vault.save('cole:TX', signedIn);
  const made = makeCole({
    ...sessions,
    url: pages.url,
    credentials: () => Promise.resolve({ username: 'kim', secret: 'pw-secret' }),
  });
  const outcome = await made.at('TX', work).catch((error: unknown) => error);
  signedIn = await sessions.vault.load('cole:TX');
  return { outcome, sessions };
}

const counting = (session: ColeSession) => session.count(query);
const to = () => join(folder(), 'x.csv');
const exporting =
  (path: string, asked: number[] = []) =>
  (session: ColeSession) =>
    session.export(query, path, (shown) => {
      asked.push(shown);
      return Promise.resolve();
    });

test('the small Cole counts when nothing is wrong', async () => {
  expect((await cole(() => false, counting)).outcome).toBe(812);
});

test('a page without what we look for closes the lane, with a photograph, the page structure and a trace', async () => {
  signedIn = null; // The password is typed, too, and must be in none of them.
  const { outcome, sessions } = await cole(({ path, response, cookie }) => {
    if (path !== '/home' || cookie('in') !== '1') return false;
    html(
      response,
      '<body><a href=/home>New search</a><form><label>States <select><option>TX</select></label><label>Type of list <select><option>Emailing</select></label><label>Purchase month <select><option>March</select></label><label>Region numbers <input></label><button>Search</button></form></body>',
    );
    return true;
  }, counting);
  expect(outcome).toMatchObject({ name: 'VendorChanged', vendor: 'cole', lookedFor: 'ZIP codes' });
  expect(
    evidenceOf(outcome)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['aria', 'screenshot', 'trace']);
  expect(sessions.closed.get('cole')).toContain('ZIP codes');
  const all = sessions.saved.map(({ bytes }) => bytes.toString('latin1')).join('');
  expect(all).not.toContain('pw-secret');
});

test('a search the vendor refuses tells its own words, and leaves the lane open', async () => {
  const { outcome, sessions } = await cole(({ path, response }) => {
    if (path !== '/results') return false;
    html(
      response,
      `<body><a href=/home>New search</a><div role=alert>ZIP code 75034 is not valid for your subscription.</div>${form}</body>`,
    );
    return true;
  }, counting);
  expect(outcome).toMatchObject({ name: 'InvalidInput' });
  expect((outcome as Error).message).toContain('not valid for your subscription');
  expect(sessions.closed.size).toBe(0);
});

test('a summary of other ZIPs than ours is no count of ours', async () => {
  const { outcome } = await cole(({ path, response }) => {
    if (path !== '/results') return false;
    html(response, '<body><a href=/home>New search</a><p>ZIP codes: 75034, 75035</p><h1>812 records</h1></body>');
    return true;
  }, counting);
  expect(outcome).toMatchObject({ name: 'DataMismatch' });
});

test('a server that fails is tried again later, not taken for a new page', async () => {
  const { outcome, sessions } = await cole(({ path, response }) => {
    if (path !== '/results') return false;
    html(response, '<body><h1>Application error</h1></body>', { 'retry-after': '7' }, 503);
    return true;
  }, counting);
  expect(outcome).toMatchObject({ name: 'Retryable', kind: '5XX', retryAfterMs: 7_000 });
  expect(sessions.closed.size).toBe(0);
});

test("a client's filter the page does not offer is the client's mistake, and nothing is searched", async () => {
  let searched = 0;
  const { outcome, sessions } = await cole(
    ({ path }) => {
      if (path === '/results') searched += 1;
      return false;
    },
    (session) => session.count({ ...query, filters: { 'Swimming pool': 'yes' } }),
  );
  expect(outcome).toMatchObject({ name: 'InvalidInput' });
  expect((outcome as Error).message).toContain('Swimming pool');
  expect(searched).toBe(0);
  expect(sessions.closed.size).toBe(0);
});

test('a download that breaks off leaves no file and may be asked for again', async () => {
  const path = to();
  const asked: number[] = [];
  const { outcome } = await cole(
    ({ path: at, response }) => {
      if (at !== '/file') return false;
      response.writeHead(200, {
        'content-type': 'text/csv',
        'content-disposition': 'attachment; filename=a.csv',
        'content-length': '5000',
      });
      response.write('First Name\n');
      response.socket?.destroySoon();
      return true;
    },
    exporting(path, asked),
  );
  expect(outcome).toMatchObject({ name: 'Retryable', kind: 'NETWORK' });
  expect(asked).toEqual([812]);
  expect(existsSync(path)).toBe(false);
  expect(existsSync(`${path}.part`)).toBe(false);
});

test('a disk that takes no file is said before the vendor is asked for one', async () => {
  const path = to();
  symlinkSync('/dev/full', `${path}.part`);
  const asked: number[] = [];
  let made = 0;
  const { outcome } = await cole(
    ({ path: at }) => {
      if (at === '/file') made += 1;
      return false;
    },
    exporting(path, asked),
  );
  expect(outcome).toMatchObject({ name: 'NeedsHuman', need: 'CHECK' });
  expect((outcome as Error).message).toMatch(/DATA_DIR.work.*the disk is full. Nothing was asked for/);
  expect({ asked, made }).toEqual({ asked: [], made: 0 });
});

test('a disk that is full when the file comes is a question, not a reason to ask for the file again', async () => {
  const path = to();
  const { outcome } = await cole(
    ({ path: at, response }) => {
      if (at !== '/file') return false;
      response.writeHead(200, { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename=a.csv' });
      response.end('First Name\nKim\n');
      return true;
    },
    (session) =>
      session.export(query, path, () => {
        symlinkSync('/dev/full', `${path}.part`);
        return Promise.resolve();
      }),
  );
  expect(outcome).toMatchObject({ name: 'NeedsHuman', need: 'CHECK' });
  expect((outcome as Error).message).toContain('The file that came was not kept.');
  expect(existsSync(path)).toBe(false);
});

test('a work folder that cannot be made is said in words, without the path of anybody', async () => {
  const file = to();
  writeFileSync(file, '');
  const { outcome } = await cole(() => false, exporting(join(file, 'x.csv')));
  expect(outcome).toMatchObject({ name: 'NeedsHuman', need: 'CHECK' });
  expect((outcome as Error).message).toContain('a file is in its place');
});

test('a web page under the name of a CSV is refused', async () => {
  const path = to();
  const { outcome } = await cole(({ path: at, response }) => {
    if (at !== '/file') return false;
    response.writeHead(200, { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename=a.csv' });
    response.end('<!DOCTYPE html><p>Please sign in</p>');
    return true;
  }, exporting(path));
  expect(outcome).toMatchObject({ name: 'DataMismatch' });
  expect(existsSync(path)).toBe(false);
});

test('an export the vendor sends by e-mail is a question for a person', async () => {
  const { outcome } = await cole(({ path: at, response }) => {
    if (at !== '/file') return false;
    html(response, '<body><p>Thank you. Your list will be ready soon; we will e-mail you the link.</p></body>');
    return true;
  }, exporting(to()));
  expect(outcome).toMatchObject({ name: 'NeedsHuman', need: 'DATA' });
});

test('nothing is asked for before the 13 fields were chosen', async () => {
  const asked: number[] = [];
  const { outcome } = await cole(
    ({ path: at, response, cookie }) => {
      if (at !== '/home' || cookie('in') !== '1') return false;
      html(
        response,
        `<body><a href=/home>New search</a>${form.replaceAll(/<label><input type=checkbox>.*?<\/label>/g, '')}</body>`,
      );
      return true;
    },
    exporting(to(), asked),
  );
  expect(outcome).toMatchObject({ name: 'VendorChanged', lookedFor: 'field selection' });
  expect(asked).toEqual([]);
});
