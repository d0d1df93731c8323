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

/** A text longer than this is no message. */
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

/**
 * A vendor's words on one line of at most `most` characters: as `scrubbed`, and without quoted values, dates, streets,
 * long numbers and words in capitals that may be a name.
 *
 * @param secrets what must not be said whatever its form, as a password that was typed
 */
export function quotable(text: string, most = 300, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) if (secret.length > 2) clean = clean.replaceAll(secret, cut);
  clean = scrubbed(clean)
    .replace(inQuotes, (whole, open: string, inside: string, close: string) =>
      isOurName(inside) ? whole : `${open}${cut}${close}`,
    )
    .replace(street, cut)
    .replace(day, cut)
    .replace(longNumber, cut)
    .replace(capitals, (words) => (words.split(/\s+/).every(isKnownWord) ? words : cut))
    .replace(/\s+/g, ' ')
    .trim();
  return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}

/** `signalScoreMin`, `first_name`, `Home Value`: a field, not what is in it. */
const isOurName = (inside: string) =>
  /^[a-z]+(?:[A-Z][a-z]*)+$/.test(inside) || inside.split(/[\s_]+/).every(isKnownWord);

/** Words that vendors write with a capital and that are nobody's name: fields, their own things, what HTTP says. */
const known = new Set(
  (
    'a an and are as at be by for from has in is it no not of on or please the this to too try was were with you your ' +
    'accepted access account action additional address again allowed already api authorized bad birth bison building ' +
    'campaign cell city clay client code cole column columns connection contact contacts credits csv custom data date day ' +
    'debounce dob duplicate email emails error evergreen exceeded expired export failed field fields file filter first ' +
    'forbidden format found full gateway head home household id import income internal invalid last lead leads limit limited ' +
    'list lists login many max maximum message method mfa min minimum missing mobile month must name new notice number ' +
    'numeric oops page password payment permission phone purchase rate readable record records refused renewal renewals ' +
    'request requests required response row rows safe search send sent server service session sheet sign size slack sorry ' +
    'state status street success table tables taken temporarily timeout title token type unable unauthenticated unauthorized ' +
    'unavailable unknown unprocessable unsupported unverified upload url user username value values variable verified ' +
    'window workbook workspace wrong year zip zipcode zoominfo january february march april may june july august september ' +
    'october november december monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun'
  ).split(' '),
);
/** Nobody's name: a word that vendors write with a capital, or none. */
export const isKnownWord = (word: string) =>
  known.has(word.toLowerCase().replace(/[^\p{L}]/gu, '')) || !/\p{L}/u.test(word);

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
