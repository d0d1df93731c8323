import { NeedsHuman, Retryable, SessionExpired } from '../../pipeline/errors.ts';
import { look, readLines, type Survey } from '../browser/survey.ts';
import type { Surface } from '../browser/surface.ts';
import { recognise } from './recognise.ts';
import { wordsOf } from './selectors.ts';
import { vendorName } from '../../pipeline/vendors.ts';

/** An answer of the server this recent explains what is missing on the page, milliseconds. */
const recentMs = 20_000;

/**
 * Called before something is said to be missing: throws the better error where there is one.
 * @throws SessionExpired · NeedsHuman CAPTCHA · Retryable
 */
export async function explain(surface: Surface, home: (survey: Survey) => boolean): Promise<void> {
  if (surface.page.isClosed()) throw new Retryable('NETWORK', `${vendorName(surface.vendor)}: the page was closed`);
  if (surface.page.url().startsWith('chrome-error:'))
    throw new Retryable('NETWORK', `${vendorName(surface.vendor)} cannot be reached`);
  const survey = await look(surface);
  const place = await recognise(surface, survey, home);
  if (place === 'password' || place === 'user name' || place === 'code') {
    throw new SessionExpired(`${vendorName(surface.vendor)} asks to sign in again`);
  }
  const text = [...survey.alerts, survey.modal?.text ?? '', ...surface.dialogs.spoken.slice(-1)].join('\n');
  const whole = (await readLines(surface)).join('\n');
  if (wordsOf.sessionOver.test(text) || (whole.length < 600 && wordsOf.sessionOver.test(whole))) {
    throw new SessionExpired(`${vendorName(surface.vendor)} says that the session is over`);
  }
  if (place === 'captcha') {
    throw new NeedsHuman('CAPTCHA', `${vendorName(surface.vendor)} shows a challenge only a person may solve`, {
      todo: 'Sign in by hand once, solve it, then press "Try again".',
    });
  }
  const trouble = surface.traffic.trouble();
  if (trouble && performance.now() - trouble.at < recentMs) {
    throw new Retryable(
      trouble.status === 429 ? 'RATE_LIMITED' : '5XX',
      `${vendorName(surface.vendor)} answered ${trouble.status}`,
      {
        ...(trouble.retryAfterMs === undefined ? {} : { retryAfterMs: trouble.retryAfterMs }),
      },
    );
  }
  if (place === 'down' || (wordsOf.down.test(text) && text.length < 500)) {
    throw new Retryable('5XX', `${vendorName(surface.vendor)} says that it is not available`);
  }
}
