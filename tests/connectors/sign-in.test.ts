import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { totp } from '../../connectors/auth/totp.ts';
import { evidenceOf } from '../../connectors/browser/evidence.ts';
import type { Turn } from '../../connectors/browser/login.ts';
import { makeCole } from '../../connectors/cole/index.ts';
import { NeedsHuman, Retryable, VendorChanged } from '../../pipeline/errors.ts';
import { makeSignInPage, startSignInPage, type SignInPage } from '../fixtures/pages/sign-in-page.ts';
import type { Pages } from '../fixtures/pages/server.ts';
import { makeSessionDeps, startBrowser, type TestSessionDeps } from './session-deps.ts';

const browser = startBrowser();
const password = 'correct horse battery';
let signInPage: SignInPage;
let pages: Pages;

beforeAll(async () => {
  signInPage = makeSignInPage();
  pages = await startSignInPage(signInPage);
});
afterAll(async () => {
  await browser.close();
  await pages.close();
});

/** Signs in and reports; each call is a new login without a saved session unless the sessions is kept. */
async function signIn(
  mode: SignInPage['mode'],
  sessions: TestSessionDeps = makeSessionDeps(browser),
  totpSecret?: string,
) {
  Object.assign(signInPage, { mode, asked: [], codes: [] });
  const cole = makeCole({
    ...sessions,
    url: pages.url,
    credentials: () => Promise.resolve({ username: 'kim@agency.example', secret: password, totp: totpSecret }),
  });
  const outcome = await cole.at('TX', () => Promise.resolve('inside')).catch((error: unknown) => error);
  return { outcome, sessions };
}

/** Its pieces of work are one run's: each finds the session open that the last one left. */
function ofOneRun(sessions: TestSessionDeps): TestSessionDeps {
  const nothing = () => undefined;
  const turn: Turn = {
    signal: new AbortController().signal,
    waits: nothing,
    stands: nothing,
    leaves: nothing,
    goesOn: () => Promise.resolve(),
  };
  const { lanes } = sessions;
  const run: TestSessionDeps['lanes']['run'] = (vendor, login, own, work, signal) =>
    lanes.run(vendor, login, own, work, signal, turn);
  return { ...sessions, lanes: { run, close: () => lanes.close() } };
}

function noSecretIn(sessions: TestSessionDeps, outcome: unknown): void {
  const told = [
    ...sessions.lines,
    ...sessions.saved.map(({ bytes }) => bytes.toString('latin1')),
    outcome instanceof Error ? `${outcome.message} ${outcome.stack ?? ''} ${JSON.stringify(outcome)}` : '',
  ].join('\n');
  expect(told).not.toContain(password);
}

test('a good credential gets in, and the session is kept for the next session', async () => {
  const { outcome, sessions } = await signIn('accept');
  expect(outcome).toBe('inside');
  const again = await signIn('accept', sessions);
  expect(again.outcome).toBe('inside');
  expect(signInPage.asked).toEqual([]);
});

test('a fresh sign-in types the password though a session is saved and another is open, and its own session takes the place', async () => {
  const sessions = ofOneRun(makeSessionDeps(browser));
  await signIn('accept', sessions);
  await signIn('refuse', sessions);
  expect(signInPage.asked).toEqual([]);
  const before = sessions.sessions.get('cole:TX');
  const { outcome } = await signIn('accept', { ...sessions, fresh: true });
  expect(outcome).toBe('inside');
  expect(signInPage.asked).toEqual([{ user: 'kim@agency.example', password }]);
  expect(sessions.sessions.get('cole:TX')).not.toBe(before);
  expect((await signIn('refuse', sessions)).outcome).toBe('inside');
});

test('a fresh sign-in that is refused leaves the saved session as it was, and work goes on with it', async () => {
  const sessions = makeSessionDeps(browser);
  await signIn('accept', sessions);
  const before = sessions.sessions.get('cole:TX');
  const { outcome } = await signIn('refuse', { ...sessions, fresh: true });
  expect(outcome).toMatchObject({ need: 'AUTH' });
  expect(sessions.sessions.get('cole:TX')).toBe(before);
  expect((await signIn('refuse', sessions)).outcome).toBe('inside');
  expect(signInPage.asked).toEqual([]);
});

test('a form that answers late and moves on by itself counts as let in', async () => {
  const { outcome } = await signIn('later');
  expect(outcome).toBe('inside');
  expect(signInPage.asked).toHaveLength(1);
});

test('from a home page for everybody the way to the sign-in page is found', async () => {
  const { outcome } = await signIn('public home');
  expect(outcome).toBe('inside');
});

test("a refused password is tried once more, then a person gets the page's own words without the address or a trace", async () => {
  const { outcome, sessions } = await signIn('refuse');
  expect(outcome).toBeInstanceOf(NeedsHuman);
  expect(outcome).toMatchObject({ need: 'AUTH' });
  expect((outcome as NeedsHuman).message).toContain('that did not work: the password is incorrect for •••');
  expect(signInPage.asked).toHaveLength(2);
  expect(evidenceOf(outcome).map(({ kind }) => kind)).toEqual(['screenshot']);
  expect(sessions.saved.map(({ kind }) => kind)).not.toContain('trace');
  expect(sessions.closed.size).toBe(0);
  noSecretIn(sessions, outcome);
});

test('a form that says nothing at all is a refusal without a reason', async () => {
  const { outcome, sessions } = await signIn('silent');
  expect(outcome).toMatchObject({ need: 'AUTH', message: 'cole:TX: sign-in refused without a reason' });
  noSecretIn(sessions, outcome);
});

test('a refusal in a message box of the browser is heard', async () => {
  const { outcome } = await signIn('alert');
  expect(outcome).toMatchObject({ need: 'AUTH' });
  expect((outcome as NeedsHuman).message).toContain('Invalid user name or password');
});

test('an expired password asks a person at once', async () => {
  const { outcome } = await signIn('new password');
  expect(outcome).toMatchObject({ need: 'AUTH' });
  expect(signInPage.asked).toHaveLength(1);
});

test('a code is asked of a person, with a screenshot', async () => {
  const { outcome, sessions } = await signIn('code');
  expect(outcome).toMatchObject({ need: 'MFA' });
  expect((outcome as NeedsHuman).facts.screenshot).toMatch(/^evidence\//);
  noSecretIn(sessions, outcome);
});

test('a TOTP secret answers by itself', async () => {
  const secret = 'JBSW Y3DP EHPK 3PXP';
  const now = Date.UTC(2027, 0, 15, 15, 0, 0);
  signInPage.good = totp(secret, now);
  const { outcome } = await signIn('code', makeSessionDeps(browser, { clock: () => now }), secret);
  expect(outcome).toBe('inside');
  expect(signInPage.codes).toEqual([signInPage.good]);
  signInPage.good = '123456';
});

test('TOTP codes are those of RFC 6238', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  expect(
    [59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000].map((time) => totp(secret, time * 1000)),
  ).toEqual(['287082', '081804', '050471', '005924', '279037', '353130']);
});

test('a wrong code is refused, not guessed again and again', async () => {
  const { outcome } = await signIn('code', makeSessionDeps(browser, { clock: () => 0 }), 'JBSW Y3DP EHPK 3PXP');
  expect(outcome).toMatchObject({ need: 'MFA' });
  expect(signInPage.codes).toHaveLength(2);
});

test('a challenge is left to a person', async () => {
  const { outcome, sessions } = await signIn('captcha');
  expect(outcome).toMatchObject({ need: 'CAPTCHA' });
  expect(signInPage.asked).toEqual([]);
  expect(sessions.saved.map(({ kind }) => kind)).not.toContain('trace');
});

test('a vendor that is down is tried again later', async () => {
  const { outcome } = await signIn('down');
  expect(outcome).toBeInstanceOf(Retryable);
  expect(outcome).toMatchObject({ kind: '5XX' });
});

test('an address where nobody answers is a matter of the network', async () => {
  const cole = makeCole({
    ...makeSessionDeps(browser),
    url: 'http://127.0.0.1:9',
    credentials: () => Promise.resolve({ username: 'a', secret: password }),
  });
  await expect(cole.at('TX', () => Promise.resolve(1))).rejects.toMatchObject({ name: 'Retryable', kind: 'NETWORK' });
});

test('a page nobody knows after the sign-in closes the lane, which then says why', async () => {
  const { outcome, sessions } = await signIn('other page');
  expect(outcome).toBeInstanceOf(VendorChanged);
  expect(evidenceOf(outcome).map(({ kind }) => kind)).toEqual(['screenshot', 'aria']);
  noSecretIn(sessions, outcome);
  const refused = await signIn('accept', sessions);
  expect(refused.outcome).toMatchObject({ name: 'NeedsHuman', need: 'CHECK' });
  expect((refused.outcome as Error).message).toContain('Cole X Dates is closed');
  sessions.closed.clear();
  expect((await signIn('accept', sessions)).outcome).toBe('inside');
});
