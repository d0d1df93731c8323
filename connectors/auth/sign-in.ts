import { NeedsHuman, Retryable, VendorChanged } from '../../pipeline/errors.ts';
import { textIn } from '../browser/controls/fill.ts';
import { click, pressIn } from '../browser/controls/press.ts';
import { tick } from '../browser/controls/tick.ts';
import { reach } from '../browser/find.ts';
import { dismissInterruption } from '../browser/interruptions.ts';
import type { Ladder } from '../browser/ladder.ts';
import type { Seen } from '../browser/seen.ts';
import { settle } from '../browser/settle.ts';
import { elementOf, isGone, readLines, type Survey } from '../browser/survey.ts';
import { pause, type Surface } from '../browser/surface.ts';
import { asksToAgree, leaveToPerson } from '../browser/terms.ts';
import type { Credentials, SignIn } from './credentials.ts';
import { codeFields, recognise, type Place } from './recognise.ts';
import { photographed, refusal, refusingWords } from './refusal.ts';
import * as on from './selectors.ts';
import { totp } from './totp.ts';
import { give, refuseForeignPage } from './trust.ts';
import { vendorName } from '../../pipeline/vendors.ts';

/** Asked once for name and password, a second time with a fresh look at the credential: then a person is needed. */
const passwordTries = 2;
/** A page that is at rest and shows no message for this long is taken to have none. */
const silenceMs = 2_500;

/**
 * Signs in, from whichever page the address led to, until the vendor's own pages are there.
 * @throws NeedsHuman AUTH with the page's own words · NeedsHuman MFA · NeedsHuman CAPTCHA · VendorChanged · Retryable
 */
export async function signIn(surface: Surface, how: SignIn): Promise<void> {
  let credentials = await how.credentials();
  let passwords = 0;
  let names = 0;
  let codes = 0;
  let notices = 0;
  let greeting: readonly string[] = [];
  for (let step = 0; step < 16; step += 1) {
    const { place, survey } = await awaitPlace(surface, how);
    switch (place) {
      case 'signed in':
        return;
      case 'captcha':
        throw await challengeShown(how, credentials);
      case 'code':
        if (codes > 0 && (await answered(surface, how, 'code', greeting)) === null) break;
        codes += 1;
        if (codes > 2) throw await refusal(surface, how, credentials, 'MFA', 'the code was not accepted');
        greeting = await readLines(surface);
        await answerCode(surface, how, survey, credentials);
        break;
      case 'new password':
        throw await refusal(surface, how, credentials, 'AUTH', 'a new password is asked for');
      case 'user name': {
        const words = names > 0 ? await answered(surface, how, 'user name', greeting) : '';
        if (words === null) break;
        if (names > 0) throw await refusal(surface, how, credentials, 'AUTH', words);
        names += 1;
        greeting = await readLines(surface);
        await giveName(surface, how, survey, credentials);
        await submit(surface, survey, on.submitButton);
        break;
      }
      case 'password': {
        const words = passwords > 0 ? await answered(surface, how, 'password', greeting) : '';
        if (words === null) break;
        if (passwords > 0) {
          if (passwords >= passwordTries || on.wordsOf.final.test(words))
            throw await refusal(surface, how, credentials, 'AUTH', words);
          credentials = await how.credentials();
        }
        passwords += 1;
        names = 0;
        if (passwords === 1) greeting = await readLines(surface);
        await givePassword(surface, how, survey, credentials);
        break;
      }
      case 'down':
        throw new Retryable('5XX', `${vendorName(surface.vendor)} says that it is not available`);
      case 'elsewhere':
        notices += 1;
        await findSignIn(surface, survey, how, credentials, passwords > 0, notices <= 3);
    }
  }
  throw new VendorChanged(surface.vendor, 'page after the sign-in');
}

/** The place the page comes to; a blank or passing page is given time to become one. */
async function awaitPlace(surface: Surface, how: SignIn): Promise<{ readonly place: Place; readonly survey: Survey }> {
  const end = performance.now() + surface.patience.thing;
  for (;;) {
    const survey = await settle(surface);
    const trouble = surface.traffic.trouble();
    if (trouble && performance.now() - trouble.at < 3_000 && survey.seen.length < 3) {
      throw new Retryable(
        trouble.status === 429 ? 'RATE_LIMITED' : '5XX',
        `${vendorName(surface.vendor)} answered ${trouble.status}`,
        {
          ...(trouble.retryAfterMs === undefined ? {} : { retryAfterMs: trouble.retryAfterMs }),
        },
      );
    }
    const place = await recognise(surface, survey, how.home);
    if (place !== 'elsewhere') return { place, survey };
    if (await dismissInterruption(surface, survey)) continue;
    if (pressIn(survey, on.signInWay) ?? pressIn(survey, on.passwordWay)) return { place, survey };
    if (performance.now() > end) return { place, survey };
    await pause(80);
  }
}

/** The first of the two pages of a sign-in that asks for the name alone. */
async function giveName(surface: Surface, how: SignIn, survey: Survey, credentials: Credentials): Promise<void> {
  const field = nameField(survey);
  if (!field) throw new VendorChanged(surface.vendor, on.userField.what);
  await refuseForeignPage(surface, how, 'user name', [field], submitIn(survey, on.submitButton));
  await give(surface, how, 'user name', field, credentials.username);
}

function nameField(survey: Survey): Seen | undefined {
  return (
    textIn(survey, on.userField)?.seen ??
    survey.seen.find(({ kind, type: build }) => kind === 'text' && /^(text|email)$/.test(build))
  );
}

async function givePassword(surface: Surface, how: SignIn, survey: Survey, credentials: Credentials): Promise<void> {
  const field = survey.seen.find(({ type: build, kind }) => kind === 'text' && build === 'password');
  if (!field) throw new VendorChanged(surface.vendor, on.passwordField.what);
  const others = survey.seen.filter((seen) => seen.type !== 'password');
  const asksName = others.some(({ kind, readOnly }) => kind === 'text' && !readOnly);
  const name =
    textIn({ ...survey, seen: others }, on.userField)?.seen ??
    (asksName ? nameField({ ...survey, seen: others.filter(({ kind }) => kind === 'text') }) : undefined);
  if (asksName && !name) throw new VendorChanged(surface.vendor, on.userField.what);
  const fields = name ? [name, field] : [field];
  await refuseForeignPage(surface, how, 'password', fields, submitIn(survey, on.submitButton));
  if (name) await give(surface, how, 'user name', name, credentials.username);
  await give(surface, how, 'password', field, credentials.secret);
  const remember = reach(survey, on.rememberBox, ['checkbox'])[0];
  if (remember) await tick(surface, remember.seen, true, on.rememberBox.what).catch(() => undefined);
  await submit(surface, survey, on.submitButton, field);
}

function submitIn(survey: Survey, button: Ladder): Seen | undefined {
  return pressIn(survey, button, { kinds: ['button', 'clickable', 'link'] })?.seen;
}

/** Presses the button, or Enter where there is none; then waits for the page to say something. */
async function submit(surface: Surface, survey: Survey, button: Ladder, field?: Seen): Promise<void> {
  const begun = surface.traffic.begun();
  const before = (await readLines(surface)).join('\n');
  const found = submitIn(survey, button);
  try {
    if (found) await click(surface, found);
    else if (field) await (await elementOf(surface, field)).press('Enter');
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  const end = performance.now() + silenceMs;
  for (;;) {
    await settle(surface);
    if (surface.traffic.begun() > begun || (await readLines(surface)).join('\n') !== before || performance.now() > end)
      break;
    await pause(60);
  }
  // The answer may be painted a moment after it came: a form that goes on, or one that says why not.
  const painted = performance.now() + silenceMs;
  while (performance.now() < painted && (await readLines(surface)).join('\n') === before) {
    await pause(60);
    await settle(surface);
  }
}

/**
 * Whether the page refused: its words, `''` where it stays silent, `null` where it went on after all. An answer may be
 * painted, or lead elsewhere, a moment after it came.
 */
async function answered(
  surface: Surface,
  how: SignIn,
  place: Place,
  greeting: readonly string[],
): Promise<string | null> {
  const end = performance.now() + silenceMs;
  for (;;) {
    const survey = await settle(surface);
    if ((await recognise(surface, survey, how.home)) !== place) return null;
    const words = await refusingWords(surface, greeting);
    if (words !== '' || performance.now() > end) return words;
    await pause(80);
  }
}

async function answerCode(surface: Surface, how: SignIn, survey: Survey, credentials: Credentials): Promise<void> {
  let fields = codeFields(survey);
  if (fields.length === 0 && credentials.totp !== undefined) {
    const way = pressIn(survey, on.authenticatorWay);
    if (way) await click(surface, way.seen);
    fields = codeFields(await settle(surface));
  }
  await refuseForeignPage(surface, how, 'code', fields, submitIn(await settle(surface), on.verifyButton));
  if (credentials.totp === undefined) throw await codeWanted(how, credentials);
  const code = totp(credentials.totp, how.clock());
  for (const [index, field] of fields.entries()) {
    await give(surface, how, 'code', field, fields.length === 1 ? code : (code[index] ?? ''));
  }
  const now = await settle(surface);
  if (codeFields(now).length > 0) await submit(surface, now, on.verifyButton, codeFields(now)[0]);
}

async function codeWanted(how: SignIn, credentials: Credentials): Promise<NeedsHuman> {
  return new NeedsHuman('MFA', `${how.login}: the vendor asks for a code`, {
    todo: 'Store the secret of its code generator with "leadops credentials set … --totp" (the second line of standard input), then press "Try again".',
    facts: { login: how.login, ...(await photographed(how, [credentials.secret])) },
  });
}

async function challengeShown(how: SignIn, credentials: Credentials): Promise<NeedsHuman> {
  return new NeedsHuman('CAPTCHA', `${how.login}: the vendor shows a challenge only a person may solve`, {
    todo: 'Sign in by hand once, solve it, then press "Try again".',
    facts: { login: how.login, ...(await photographed(how, [credentials.secret])) },
  });
}

/** A page that is neither the form nor the inside: a home page for everybody, a choice of ways, or a notice. */
async function findSignIn(
  surface: Surface,
  survey: Survey,
  how: SignIn,
  credentials: Credentials,
  asked: boolean,
  mayPass: boolean,
): Promise<void> {
  const way = pressIn(survey, on.passwordWay) ?? (asked ? undefined : pressIn(survey, on.signInWay));
  if (way) {
    await click(surface, way.seen);
    return;
  }
  if (asksToAgree((await readLines(surface)).join('\n')))
    throw leaveToPerson(surface.vendor, { login: how.login, ...(await photographed(how, [credentials.secret])) });
  const past = mayPass ? pressIn(survey, on.passOn, { kinds: ['button', 'link'] }) : undefined;
  if (past) {
    await click(surface, past.seen);
    return;
  }
  const words = await refusingWords(surface, []);
  if (asked && words !== '' && on.wordsOf.final.test(words))
    throw await refusal(surface, how, credentials, 'AUTH', words);
  throw new VendorChanged(surface.vendor, asked ? 'page after the sign-in' : 'sign-in page');
}
