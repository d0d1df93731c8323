import { quotable, type PeopleIn } from '../../pipeline/scrub.ts';

/**
 * Comparing words on a page with words we know, as generously as a person would: case, punctuation, underscores and a
 * plural `s` never matter.
 */

/** A string is compared whole and generously; a regular expression is looked for in the plain and in the shown text. */
export type Pattern = string | RegExp;

/** The plain words of texts seen before: a page is read many times over, and most of it says the same each time. */
const known = new Map<string, string>();
const mostKnown = 5_000;
/** Names of controls are short; longer texts are rare, and would be kept for nothing. */
const longestKnown = 200;

/** `ZIP_Codes: *` → `zip codes`; `E-mail` → `email`; `Save & run 12,345 rows` → `save and run 12345 rows`. */
export function plain(text: string): string {
  if (text.length > longestKnown) return plainly(text);
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const words = plainly(text);
  known.set(text, words);
  return words;
}

function plainly(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replace(/\((required|optional)\)/gi, ' ')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}$%+<>≤≥]+/gu, ' ')
    .replace(/\be mail/g, 'email')
    .replace(/\bzipcode/g, 'zip code')
    .trim();
}

/** Plain words without their plural and without spaces: the same for `Zip codes`, `ZIP Code` and `zipcode`. */
export function squash(text: string): string {
  return plain(text)
    .split(' ')
    .map((word) => word.replace(/(?<=\p{L}{2})s$/u, ''))
    .join('');
}

export function says(text: string, pattern: Pattern): boolean {
  if (text === '') return false;
  if (typeof pattern === 'string') {
    // `Type of list: Consumer` is a thing called "Type of list" that shows its value.
    return [text, text.split(':')[0] ?? ''].some((part) => squash(part) === squash(pattern)) && squash(pattern) !== '';
  }
  return pattern.test(plain(text)) || pattern.test(text.trim());
}

export function saysOneOf(text: string, patterns: readonly Pattern[]): boolean {
  return patterns.some((pattern) => says(text, pattern));
}

/** Something to pick from a list: what it may be called, best first, and what to type where the list has a search box. */
export type Option = { readonly what: string; readonly says: readonly Pattern[]; readonly type: readonly string[] };

export function option(what: string, ...patterns: readonly Pattern[]): Option {
  return { what, says: [what, ...patterns], type: [what] };
}

/** Of things with texts, those the earliest matching pattern of the option names. */
export function pick<T>(things: readonly T[], wanted: Option, texts: (thing: T) => readonly string[]): readonly T[] {
  for (const pattern of wanted.says) {
    const found = things.filter((thing) => texts(thing).some((text) => says(text, pattern)));
    if (found.length > 0) return found;
  }
  return [];
}

/** A page's own words, fit for a log or a card: see `quotable`. */
export function withoutSecrets(text: string, secrets: readonly string[] = [], people?: PeopleIn): string {
  return quotable(text, 500, secrets, people);
}
