import type { Dialog, Page } from 'playwright';
import { asksToAgree } from './terms.ts';
import type { Log } from './log.ts';

/** What an act says beforehand of the browser's own message boxes. */
export type Expected =
  /** A `confirm` that asks whether the act at hand is meant. */
  | { readonly type: 'confirm'; readonly means: (text: string) => boolean }
  /** A `prompt` for a text that we have. */
  | { readonly type: 'prompt'; readonly answer: string }
  /** The page's "Leave without saving?": we mean to leave. */
  | { readonly type: 'beforeunload' };

export type Dialogs = {
  /** Texts of `alert`, `confirm` and `prompt`, as they came. For reading, not for a log. */
  readonly spoken: readonly string[];
  /** Whether a box wanted somebody to agree to terms. */
  askedToAgree(): boolean;
  /** From now on, until `over` is called, such a box is answered with yes. `asked`: whether one came. */
  expect(expected: Expected): { asked(): boolean; over(): void };
};

/**
 * A `confirm` that says what we are about to do.
 * @param rows where it names numbers, this must be one of them
 */
export function asksWhether(words: RegExp, rows?: number): Expected {
  const ours = (text: string) => {
    const numbers: readonly string[] = text.replaceAll(/(\d),(?=\d{3}\b)/g, '$1').match(/\d+/g) ?? [];
    return rows === undefined || numbers.length === 0 || numbers.includes(String(rows));
  };
  return { type: 'confirm', means: (text) => words.test(text) && ours(text) };
}

/** None of our acts takes anything away or buys anything: a box that says so is about something else. */
const neverMeant =
  /\b(delete|remove|erase|overwrite|replace|discard|reset|unsubscribe|cancel|upgrade|purchase|buy|pay|subscribe)\b/i;

/** Answers a page's message boxes: with no, unless the act at hand said that it expects this one. */
export function watchDialogs(page: Page, log: Log | undefined): Dialogs {
  const spoken: string[] = [];
  const expectations = new Set<{ readonly expected: Expected; asked: boolean }>();
  let agreeing = false;
  const isExpected = (dialog: Dialog) =>
    [...expectations].find(({ expected }) => {
      if (expected.type !== dialog.type()) return false;
      if (expected.type !== 'confirm') return true;
      return expected.means(dialog.message()) && !neverMeant.test(dialog.message());
    });
  page.on('dialog', (dialog) => {
    const type = dialog.type();
    if (type !== 'beforeunload') spoken.push(dialog.message());
    const terms = type !== 'alert' && asksToAgree(dialog.message());
    agreeing ||= terms;
    const found = terms ? undefined : isExpected(dialog);
    if (found) found.asked = true;
    // Its words may name people: only its kind is noted. An alert asks nothing, and has one button.
    log?.info({ dialog: type, terms, expected: found !== undefined }, 'a message box of the page was answered');
    const yes = type === 'alert' || found !== undefined;
    const answer = yes
      ? dialog.accept(found?.expected.type === 'prompt' ? found.expected.answer : undefined)
      : dialog.dismiss();
    answer.catch(() => undefined); // The page went away under it.
  });
  return {
    spoken,
    askedToAgree: () => agreeing,
    expect(expected) {
      const expectation = { expected, asked: false };
      expectations.add(expectation);
      return { asked: () => expectation.asked, over: () => expectations.delete(expectation) };
    },
  };
}
