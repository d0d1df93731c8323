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
/** A word with a capital that stands alone may be a name, too: a vendor's own are known below. */
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
    .replace(capitals, (words) => (words.split(/\s+/).every(isKnown) ? words : cut));
  if (people !== 'none') {
    const unknown = people === 'in it' ? anyWord : capital;
    clean = clean.replace(unknown, (word) => (isKnown(word) || isOurName(word) ? word : cut));
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
const isOurName = (inside: string) => /^[a-z]+(?:[A-Z][a-z]*)+$/.test(inside) || inside.split(/[\s_]+/).every(isKnown);

const withoutNeighbours = (_whole: string, before = '', space = '', gap = '', after = '') => {
  const [first, last] = [before, after].map((word) => (word === '' || isKnown(word) ? word : cut));
  return `${first}${space}${cut}${gap}${last}`;
};

/** Words that vendors write with a capital and that are nobody's name: fields, their own things, what HTTP says. */
const known = new Set(
  (
    'a an and any are as at be been belongs between born but by call called can cannot could did do does exists failed for ' +
    'from has have if in into is it its lives may more must never no not of on only or please said she he should so than that ' +
    'the their them then there these they this to too try under until was we were which who will with would you your yours ' +
    'about after already answered appears before below check checked contains could created criteria deleted different ' +
    'does empty every given greater higher imported insufficient internal less lower match matches method nobody none nothing ' +
    'one only other over page process processed received rejected removed result results retry seconds some somebody ' +
    'something spaces template than until used valid validation value when while without words integer string boolean ' +
    'numeric unable unavailable yes null true false json html http https www api sql csv xlsx mailbox relay recipient sender ' +
    'domain host greylisted blocked spam policy user users quota busy later come back too many connections connection ' +
    'workspaces campaigns sequence sequences tag tags variable person people company companies topics zoom info ' +
    'intent plan contract enrichment loading wait timed lost formula debounce validate spent allowed contacts dates homeowner homeowners county counties ' +
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
    'october november december monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun ' +
    'active activated aborted array attempt attempts authenticator bounced bulk busy cancelled canceled changed character ' +
    'characters chosen closed column complete completed confirm confirmed contact contains corrupt corrupted daily damaged ' +
    'delimiter disabled distinct do doing done down duplicated duplicates each enabled encoding end ended enter equal every ' +
    'exceeds exist expected fail failing fails finished following free get got greater had header headers hour hours how ' +
    'however id ids import imported importing imports inactive incomplete incorrect indexed ip item items its kilobytes ' +
    'known later least letters line lines locked long lower maintenance malformed mapped mapping megabytes minute minutes ' +
    'mismatch monthly more most need needed needs next nonexistent non numbers off opened or order other our out own parse ' +
    'parsed part partial paused pending permitted phones please plus present previous primary prohibited property provided ' +
    'quoted re reach reached read reason regex remaining repeated reserved resource rest resume running same saved seems ' +
    'select selected send sending sent set short signed size skipped so some soon special started starts stop stopped ' +
    'string strings submitted such support supported supports sync synced syncing system take takes temporary text there ' +
    'through time times today tomorrow total trial twice two unexpected unique unsubscribed unsupported update updated ' +
    'upgrade uploaded uploading used uses uuid variables verification verify via wait waiting was wrongly yet zero large big small high low few heavy slow fast old open expiring ' +
    'another anything applied apply belong blank both cause caused change charge charged close comma commas create digit ' +
    'digits due during early even exact exactly extra fill find fix follow form further give go goes good happened help ' +
    'here if ignore ignored just keep kept last leave left letters like load loaded look made main make mark marked mean ' +
    'nor note noted once opt opted outside owner perform put range ready receive require requires row save saying see ' +
    'separate separated separator similar since single something special specify specified still store stored sure than that ' +
    'those thus under unless us user want went what when where whether why within work works write written'
  ).split(' '),
);
const isKnown = (word: string) => known.has(word.toLowerCase().replace(/[^\p{L}]/gu, '')) || !/\p{L}/u.test(word);

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
