import { NeedsHuman } from '../../pipeline/errors.ts';
import { readLines } from '../browser/survey.ts';
import type { Surface } from '../browser/surface.ts';
import { withoutSecrets } from '../browser/words.ts';
import type { Credentials, SignIn } from './credentials.ts';
import { wordsOf } from './selectors.ts';

/** What the page says against us now and did not say before (`greeting`). */
export async function refusingWords(surface: Surface, greeting: readonly string[]): Promise<string> {
  const lines = await readLines(surface);
  const said = lines.filter(
    (line) =>
      line.length < 300 && wordsOf.refused.test(line) && !greeting.includes(line) && !/^(forgot|reset)\b/i.test(line),
  );
  const spoken = surface.dialogs.spoken.slice(-1).filter((text) => wordsOf.refused.test(text));
  return [...said, ...spoken].slice(0, 2).join(' ');
}

/** The error of a refused sign-in: the page's own words without a secret, and a screenshot. */
export async function refusal(
  surface: Surface,
  how: SignIn,
  credentials: Credentials,
  need: 'AUTH' | 'MFA',
  words: string,
): Promise<NeedsHuman> {
  const secrets = [credentials.secret, credentials.username];
  const said = withoutSecrets(words, secrets, 'none');
  surface.log.warn({ login: how.login, need }, 'sign-in refused');
  return new NeedsHuman(need, `${how.login}: sign-in refused${said === '' ? ' without a reason' : `: "${said}"`}`, {
    todo:
      need === 'AUTH'
        ? 'Sign in by hand to find the one that works, then enter it with "Update the login …" (or "leadops credentials set" and "Try again").'
        : 'Look at the secret of its code generator ("leadops credentials set … --totp" stores it anew) and at this machine’s clock, then press "Try again".',
    facts: { login: how.login, ...(await photographed(how, secrets)) },
  });
}

export async function photographed(how: SignIn, secrets: readonly string[]): Promise<{ readonly screenshot?: string }> {
  const screenshot = (await how.photograph(secrets)).find(({ kind }) => kind === 'screenshot');
  return screenshot ? { screenshot: screenshot.key } : {};
}
