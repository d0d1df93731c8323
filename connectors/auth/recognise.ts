import { reach } from '../browser/find.ts';
import { textIn } from '../browser/controls/fill.ts';
import { pressIn } from '../browser/controls/press.ts';
import { readLines, type Survey } from '../browser/survey.ts';
import type { Surface } from '../browser/surface.ts';
import * as on from './selectors.ts';

/** Where in a sign-in a page stands. `elsewhere`: none of its known places. */
export type Place = 'captcha' | 'code' | 'new password' | 'password' | 'user name' | 'signed in' | 'down' | 'elsewhere';

/**
 * Recognises a page.
 * @param home whether the vendor's own signs of being inside are there
 */
export async function recognise(surface: Surface, survey: Survey, home: (survey: Survey) => boolean): Promise<Place> {
  if (survey.captcha) return 'captcha';
  if (survey.passwords > 1) return 'new password';
  if (survey.passwords === 1) return 'password';
  const text = (await readLines(surface)).join('\n');
  const asksCode = codeFields(survey).length > 0 || pressIn(survey, on.authenticatorWay) !== undefined;
  if (asksCode && on.wordsOf.code.test(text) && !home(survey)) return 'code';
  const out = pressIn(survey, on.signedInSign);
  const way = pressIn(survey, on.signInWay);
  // What is offered to everybody ("Search", "My account") is no sign of being inside where one may still sign in.
  if ((out && out.fit.rung < 2) || (home(survey) && way?.fit.rung !== 0)) return 'signed in';
  if (on.wordsOf.captcha.test(text) && text.length < 4_000) return 'captcha';
  if (asksForUser(survey)) return 'user name';
  if (on.wordsOf.down.test(text) && text.length < 2_000) return 'down';
  return out && !way ? 'signed in' : 'elsewhere';
}

/** The first page of a two-step sign-in: a user name, a button, hardly anything else. */
function asksForUser(survey: Survey): boolean {
  const fields = survey.seen.filter(({ kind }) => kind === 'text' || kind === 'select' || kind === 'combobox');
  return (
    fields.length <= 2 && textIn(survey, on.userField) !== undefined && pressIn(survey, on.submitButton) !== undefined
  );
}

/** One field for a code, or one for each of its digits. */
export function codeFields(survey: Survey) {
  const digits = survey.seen.filter((seen) => seen.kind === 'text' && seen.box.width < 90);
  if (digits.length >= 4 && digits.length <= 8) return digits;
  const named = reach(survey, on.codeField, ['text'])[0];
  const only = survey.seen.filter(({ kind }) => kind === 'text');
  return named ? [named.seen] : only.length === 1 ? only : [];
}
