import { afterAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { makeCole } from '../../connectors/cole/index.ts';
import { asksWhether } from '../../connectors/browser/dialogs.ts';
import { press } from '../../connectors/browser/controls/press.ts';
import { evidenceOf } from '../../connectors/browser/evidence.ts';
import { ladder } from '../../connectors/browser/ladder.ts';
import { settle } from '../../connectors/browser/settle.ts';
import { expecting, leaveFor } from '../../connectors/browser/surface.ts';
import { asksToAgree } from '../../connectors/browser/terms.ts';
import { go, html, servePages, type Pages } from '../fixtures/pages/server.ts';
import { makeSessionDeps, startBrowser } from './session-deps.ts';
import { noted, showPage } from './page.ts';

const browser = startBrowser();
const opened: Pages[] = [];
afterAll(async () => {
  await browser.close();
  for (const pages of opened) await pages.close();
});

const button = ladder('the button', 'Do it');
const asking = (question: string) => `<button onclick="window.noted = ${question}">Do it</button>`;

test('a question nobody expects is answered with no, and its words are in no log', async () => {
  const lines: string[] = [];
  const surface = await showPage(
    browser,
    asking(`confirm('Delete Kim Miller, kim@homes.example?')`),
    pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
  );
  await press(surface, button);
  expect(await noted(surface)).toBe(false);
  expect(lines.join()).toContain('"dialog":"confirm"');
  expect(lines.join()).not.toMatch(/kim/i);
  expect(surface.dialogs.spoken).toHaveLength(1);
});

const add = asksWhether(/\badd\b/i, 812);
test.each([
  ['Add 812 contacts to the campaign?', true],
  ['Add these contacts?', true],
  ['Add 9,999 contacts to the campaign?', false],
  ['Show us how you like it?', false],
  ['Add 812 contacts and delete the old ones?', false],
  ['Add 812 contacts? By continuing you agree to the updated Terms of Service.', false],
])('while 812 people are being added, "%s" is answered with %s', async (question, yes) => {
  const surface = await showPage(browser, asking(`confirm('${question}')`));
  const pressed = expecting(surface, add, () => press(surface, button));
  if (question.includes('Terms')) await expect(pressed).rejects.toMatchObject({ name: 'NeedsHuman', need: 'CHECK' });
  else await pressed;
  expect(await noted(surface)).toBe(yes);
});

test('what is expected of one act is expected of no later one', async () => {
  const surface = await showPage(browser, asking(`confirm('Add these contacts?')`));
  await expecting(surface, add, () => Promise.resolve());
  await press(surface, button);
  expect(await noted(surface)).toBe(false);
});

test('a page with unsaved work is left where we mean to leave it, and not because a link was pressed', async () => {
  const pages = await servePages(({ path, response }) =>
    html(
      response,
      path === '/'
        ? `<body><input><a href=/other>Do it</a><script>addEventListener('beforeunload', (event) => event.preventDefault())</script></body>`
        : '<body>other</body>',
    ),
  );
  opened.push(pages);
  const surface = await showPage(browser, '');
  await surface.page.goto(pages.url);
  await surface.page.fill('input', 'unsaved');
  await press(surface, button);
  expect(surface.page.url()).toBe(`${pages.url}/`);
  await leaveFor(surface, `${pages.url}/other`);
  expect(surface.page.url()).toBe(`${pages.url}/other`);
});

const box = (inside: string) =>
  `<div role=dialog aria-modal=true style="position:fixed;inset:20px;background:#fff">${inside}</div>`;
const pressing = (label: string) =>
  `<button onclick="window.noted = '${label}'; this.closest('[role=dialog]').remove()">${label}</button>`;

test.each([
  [
    'new terms of service',
    `<h2>We have updated our Terms of Service</h2><p>Please read them to continue.</p>${pressing('Accept')}${pressing('Close')}`,
  ],
  [
    'a licence',
    `<h2>Software licence</h2><p>I have read and accept the licence agreement</p><input type=checkbox> ${pressing('Continue')}`,
  ],
  [
    'data processing',
    `<h2>What’s new</h2><p>You need to agree to our Data Processing Addendum.</p>${pressing('I agree')}`,
  ],
  [
    'a changed policy',
    `<h2>Welcome back</h2><p>Our privacy policy has changed. By continuing you accept it.</p>${pressing('Got it')}`,
  ],
  [
    'terms in a cookie banner',
    `<h2>Cookies and Terms</h2><p>By clicking accept you agree to our cookies and to the Terms of Use.</p>${pressing('Accept')}`,
  ],
])('a notice of %s is pressed away by nobody: a person is asked', async (_, inside) => {
  const surface = await showPage(browser, box(inside));
  await expect(settle(surface)).rejects.toMatchObject({ name: 'NeedsHuman', need: 'CHECK' });
  expect(await noted(surface)).toBeUndefined();
});

test('a cookie banner is refused or closed where it can be', async () => {
  const words = '<h2>Cookies</h2><p>We use cookies, see our privacy policy.</p>';
  const both = await showPage(browser, box(`${words}${pressing('Accept all')}${pressing('Reject all')}`));
  await settle(both);
  expect(await noted(both)).toBe('Reject all');
  const closing = await showPage(browser, box(`${words}${pressing('Accept all')}${pressing('Close')}`));
  await settle(closing);
  expect(await noted(closing)).toBe('Close');
});

test('small print is no notice: in a footer, below a form of our own, beside a button', () => {
  for (const text of ['Terms of Use | Privacy | 1-800-555-0100', 'Import contacts\nTerms apply', 'What’s new\nGot it'])
    expect(asksToAgree(text)).toBe(false);
});

test('terms between the sign-in and the inside stop the run, with a picture and the lane open', async () => {
  const agreed: string[] = [];
  const pages = await servePages(({ path, method, response }) => {
    if (path === '/agree') agreed.push(method);
    if (method === 'POST') return go(response, '/terms');
    if (path === '/terms')
      return html(
        response,
        '<body><h1>Updated Terms of Service</h1><p>Please review and accept the updated terms to continue.</p><form action=/agree><button>I agree</button><button>Continue</button></form></body>',
      );
    return html(
      response,
      '<body><form method=post><label>Email <input name=u></label><label>Password <input type=password name=p></label><button>Sign in</button></form></body>',
    );
  });
  opened.push(pages);
  const sessions = makeSessionDeps(browser, { patience: { thing: 1_000, page: 5_000, file: 5_000 } });
  const cole = makeCole({
    ...sessions,
    url: pages.url,
    credentials: () => Promise.resolve({ username: 'kim', secret: 'blue-heron-41' }),
  });
  const outcome = await cole.at('TX', () => Promise.resolve('inside')).catch((error: unknown) => error);
  expect(outcome).toMatchObject({ name: 'NeedsHuman', need: 'CHECK', facts: { login: 'cole:TX' } });
  expect((outcome as Error).message).toContain('Nothing was agreed to');
  expect(evidenceOf(outcome).map(({ kind }) => kind)).toContain('screenshot');
  expect(agreed).toEqual([]);
  expect(sessions.closed.size).toBe(0);
});
