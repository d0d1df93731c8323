import { isKnownWord } from './known-words.ts';

/**
 * Cuts what may be a person or a secret out of a text, by its form. Two measures: our own words may hold only what a
 * template put in by mistake; a vendor's words, which are quoted so that somebody can act on them, may hold anything.
 * A name that stands alone has no form: neither measure knows it, which is why a foreign error's message is never kept
 * (pipeline/error-words.ts).
 */
export const cut = '•••';

const address = /[^\s@"'“”<>(),;:=|[\]{}]{1,80}(?:@|%40)[^\s@"'“”<>(),;|[\]{}]{0,120}[^\s@"'“”<>(),;|[\]{}.]/gi;
const tokens: readonly RegExp[] = [
  /\bx(?:ox[a-z]|app)-[\w-]+/gi,
  /\b(?:bearer|basic)\s+[\w.~+/=-]{6,}/gi,
  /\beyJ[\w-]{6,}(?:\.[\w-]+)*/g,
  /\b(?:sb_secret|sb_publishable|sk|pk|ghp|gho)_[\w-]{6,}/g,
  /\b[0-9a-f]{32,}\b/gi,
  /\b(?=\w*\d)(?=\w*[a-z])\w{36,}\b/gi,
];
const assigned =
  /\b(password|passwd|pwd|secret|token|api[_-]?key|authorization|cookie|otp)\b(\s*[=:]\s*)(?!•)[^\s,;)]+/gi;
const link = /\b(https?|wss?|smtps?|postgres(?:ql)?|rediss?):\/\/[^\s"'“”<>]+/gi;
const digits = /(?<![\w.-])\+?\(?\d[\d\s().-]{5,40}\d(?![\w-])/g;

/** Longer texts are cut: no message that is meant for a person is as long. */
const longest = 8_000;

/** Our own words, without addresses, telephone numbers, tokens, and what stands behind a link's path. */
export function scrubbed(text: string): string {
  let clean = text.slice(0, longest).replace(link, bareLink);
  for (const token of tokens) clean = clean.replace(token, cut);
  return clean
    .replace(assigned, `$1$2${cut}`)
    .replace(address, cut)
    .replace(digits, (run) => (isPhone(run) ? cut : run));
}

const streets =
  'st|street|ave|avenue|rd|road|dr|drive|ln|lane|blvd|boulevard|ct|court|way|pl|place|cir|circle|ter|terrace|trl|trail|hwy|pkwy';
const street = new RegExp(String.raw`\b\d{1,6}\s+(?:[\p{L}.'’-]+\s+){1,4}(?:${streets})\b\.?`, 'giu');
const day = /\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b/g;
const longNumber = /\b\d{6,}\b/g;
const inQuotes = /(["“„«]|(?<![\p{L}\p{N}])['‘])([^"“”„«»'‘’\n]{1,200})(["”»]|['’](?![\p{L}\p{N}]))/gu;
const capitals = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}'’-]*(?:[ \t]+\p{Lu}[\p{L}.'’-]*)+/gu;
/** A word with a capital that stands alone may be a name, too: a vendor's own are known (./known-words.ts). */
const capital = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}'’-]{2,}(?![\p{L}\p{N}])/gu;
const anyWord = /(?<![\p{L}\p{N}_])\p{L}[\p{L}'’-]*(?![\p{L}\p{N}_])/gu;
/** Words beside something that was cut: who writes an e-mail writes the name with it, in small letters too. */
const beside =
  /(?:(?<![\p{L}\p{N}])(\p{L}[\p{L}'’-]*)([\s,;:(<\[/|]*))?(?:•••|\[cut\])(?:([\s,;:)>\]/|]*)(\p{L}[\p{L}'’-]*)(?![\p{L}\p{N}]))?/gu;

/**
 * How near people are to a vendor's words. `none`: a sign-in page, a search form: whoever stands before it needs its own
 * sentences. `near`: the vendor holds leads. `in it`: a refusal of a lead's own values, which only known words survive.
 */
export type PeopleIn = 'none' | 'near' | 'in it';

/**
 * A vendor's words on one line of at most `most` characters: as `scrubbed`, and without quoted values, dates, streets,
 * long numbers and words in capitals that may be a name.
 *
 * @param secrets what must not be said whatever its form, as a password that was typed
 */
export function quotable(text: string, most = 300, secrets: readonly string[] = [], people: PeopleIn = 'near'): string {
  let clean = text;
  for (const secret of secrets) if (secret.length > 2) clean = clean.replaceAll(secret, cut);
  clean = scrubbed(clean)
    .replace(inQuotes, (whole, open: string, inside: string, close: string) =>
      isOurName(inside) ? whole : `${open}${cut}${close}`,
    )
    .replace(street, cut)
    .replace(day, cut)
    .replace(longNumber, cut)
    .replace(capitals, (words) => (words.split(/\s+/).every(isKnownWord) ? words : cut));
  if (people !== 'none') {
    const unknown = people === 'in it' ? anyWord : capital;
    clean = clean.replace(unknown, (word) => (isKnownWord(word) || isOurName(word) ? word : cut));
    // A name of two words is gone after the second time.
    for (let turn = 0; turn < 2; turn += 1) clean = clean.replace(beside, withoutNeighbours);
  }
  clean = clean
    .replace(/(?:•••[\s,;]+)+•••/g, cut)
    .replace(/\s+/g, ' ')
    .trim();
  return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}

/** `signalScoreMin`, `first_name`, `Home Value`: a field, not what is in it. */
const isOurName = (inside: string) =>
  /^[a-z]+(?:[A-Z][a-z]*)+$/.test(inside) || inside.split(/[\s_]+/).every(isKnownWord);

const withoutNeighbours = (_whole: string, before = '', space = '', gap = '', after = '') => {
  const [first, last] = [before, after].map((word) => (word === '' || isKnownWord(word) ? word : cut));
  return `${first}${space}${cut}${gap}${last}`;
};

/** A link as far as its path; what looks like a key in the path goes too. */
function bareLink(text: string): string {
  const parts = /^(\w+:\/\/)(?:[^/?#\s]*@)?([^/?#\s]*)([^?#\s]*)(.*)$/.exec(text);
  if (!parts) return cut;
  const [, scheme = '', host = '', path = '', rest = ''] = parts;
  const bare = path.replace(/\/(?=[^/]*\d)[^/]{16,}|\/[^/]{33,}/g, `/${cut}`);
  return `${scheme}${host}${bare}${rest === '' ? '' : `?${cut}`}`;
}

/** Ten digits or more, or a local number; neither days, nor ZIPs in a row, nor one of our run ids. */
function isPhone(run: string): boolean {
  const rest = run.replace(/\d{4}-\d{2}-\d{2}/g, ' ').trim();
  if (/^\d{5}(?:[\s-]+\d{5})*$/.test(rest)) return false;
  if (/^\(?\d{3}\)?[\s.-]?\d{4}$/.test(rest) && /[\s.-]/.test(rest)) return true;
  return rest.replace(/\D/g, '').length >= 10;
}
