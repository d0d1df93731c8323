import { plain } from '../browser/words.ts';

/** What Cole's words mean: its record counts, and what its summary says of the query. */

const thing =
  '(?:records?|results?|leads?|households?|matches|contacts|prospects|listings|homeowners?|homes|properties|people|persons|individuals|entries|consumers?|names|hits)';
const number = '(\\d{1,3}(?:[.,’\\u202f\\u00a0]\\d{3})+|\\d+)';
const kind = '(?:total |matching |available |unique |emailing |e-?mail )*';
const matching = 'match(?:ing|es|ed)?(?: (?:your|the|these|all))?(?: \\w+){0,2}';

/** Numbers that are no result: limits, page sizes, what is left of an allowance, what is ticked. */
const notBefore =
  /\b(limit\w*|max(imum)?|up to|fewer than|less than|more than|at most|exceed\w*|per|under|only|every|first|top|show|allow\w*|least|minimum|of the|over)\s*(of\s*|is\s*|to\s*|\(?\s*)?$/i;
const notAfter =
  /^\s*(?:\+)?\s*(per|a page|on this page|left|remaining|remain|available(?=.*\b(credits?|downloads?|exports?|month|plan|balance|quota|allowance)\b)|allowed|maximum|max|limit|selected|at a time|or (more|fewer|less)|each|included|used|credits?|downloaded|exported)\b/i;

type Reading = { readonly count: number; readonly rank: number };

/** `12,345 records`, `Records found: 12,345`, `1–50 of 12,345 results`, `No records found`; null where no count is said. */
export function readRecordCount(lines: readonly string[]): number | null {
  const readings = joined(lines).flatMap(readingsOf);
  const best = Math.min(...readings.map(({ rank }) => rank));
  const counts = readings.filter(({ rank }) => rank === best).map(({ count }) => count);
  return counts.length > 0 ? Math.max(...counts) : null;
}

/** A number painted apart from its word (`12,345` above `records`) belongs to it. */
function joined(lines: readonly string[]): readonly string[] {
  const bare = new RegExp(`^${number}$`);
  const label = new RegExp(
    `^${kind}(${thing}|total|count)( found| matched| available| count| ${matching}| in (this )?search)?:?$|^(total|count|found|number of ${thing}):?$`,
    'i',
  );
  const pairs = lines.flatMap((line, index) => {
    const next = lines[index + 1];
    if (next === undefined) return [];
    return (bare.test(line.trim()) && label.test(next.trim())) || (label.test(line.trim()) && bare.test(next.trim()))
      ? [`${line} ${next}`]
      : [];
  });
  return [...lines, ...pairs];
}

function readingsOf(line: string): readonly Reading[] {
  if (line.length > 400) return [];
  const readings: Reading[] = [];
  const add = (rank: number, text: string | undefined, before: string, after: string) => {
    if (text === undefined || notBefore.test(before) || notAfter.test(after)) return;
    readings.push({ count: Number(text.replace(/\D/g, '')), rank });
  };
  for (const match of line.matchAll(
    new RegExp(
      `${number}\\+?\\s+${kind}${thing}\\b(\\s+(?:were )?(?:found|match\\w*|in (?:this|your|the) (?:search|list|query)|meet|returned))?`,
      'gi',
    ),
  )) {
    const before = line.slice(0, match.index);
    // "Matched 7,001 of 120,000 records": the whole is the vendor's, not the search's.
    const part = new RegExp(`\\b(?:match\\w*|found|returned) ${number} (?:out )?of (?:about |the |all )?$`, 'i').exec(
      before,
    );
    if (part) {
      add(0, part[1], '', '');
      continue;
    }
    const whole = /\bof( about)?\s*$/i.test(before) && !/\b(max\w*|limit\w*|total of)\s+of\s*$/i.test(before);
    add(
      match[2] !== undefined || whole ? 0 : 1,
      match[1],
      whole ? '' : before,
      line.slice(match.index + match[0].length),
    );
  }
  for (const match of line.matchAll(
    new RegExp(
      `\\b(?:${thing}(?: (?:found|matched|count|returned|available|${matching}))|(?:total|number of|matching)(?: number of)?(?: available)?(?: ${thing})?(?: found)?|(?:we )?found|count|${thing})\\s*[:=–-]?\\s*\\(?${number}\\b`,
      'gi',
    ),
  )) {
    const rank = /found|total|number|match|count/i.test(match[0]) ? 0 : 2;
    add(rank, match[1], line.slice(0, match.index), line.slice(match.index + match[0].length));
  }
  const span = new RegExp(
    `^(?:(?:now )?(?:showing|displaying|viewing) )?\\d[\\d,.]* ?(?:-|–|—|to) ?\\d[\\d,.]* of (?:about )?${number}$`,
    'i',
  );
  if (readings.length === 0) add(1, span.exec(line.trim().replace(/\s+/g, ' '))?.[1], '', '');
  if (readings.length === 0 && saysNone(line)) readings.push({ count: 0, rank: 1 });
  return readings;
}

function saysNone(line: string): boolean {
  return new RegExp(
    `\\b(no ${thing}|nothing|none)\\b.*\\b(found|match\\w*|returned|available|meet)\\b|\\b(returned|found|matched) (no|zero)\\b|^(no|zero) ${thing}$|did not match any|\\bno matching ${thing}`,
    'i',
  ).test(line);
}

/** How many records the page says are ticked; null where it does not say. */
export function readSelected(lines: readonly string[]): number | null {
  for (const line of lines) {
    if (line.length > 200) continue;
    const match = new RegExp(
      `${number}\\s*(?:of\\s+[\\d,]+\\s*)?(?:${thing}\\s*)?(?:are |were |is )?(?:now )?(?:selected|checked|tagged)\\b|\\b(?:selected|checked)(?: ${thing})?\\s*:\\s*${number}|\\ball ${number} (?:${thing} )?(?:[\\w ]{0,30} )?(?:are )?selected`,
      'i',
    ).exec(line);
    const text = match?.[1] ?? match?.[2] ?? match?.[3];
    if (text !== undefined) return Number(text.replace(/\D/g, ''));
  }
  return null;
}

/**
 * What the page says about the ZIPs of the search it ran: the ZIPs themselves (`whole`: in one place, all of them), or how
 * many. Null where it says nothing.
 */
export type SaidZips = { readonly zips: ReadonlySet<string>; readonly whole: boolean } | { readonly count: number };

export function readZips(lines: readonly string[]): SaidZips | null {
  const zips = new Set<string>();
  let places = 0;
  let cut = false;
  let count: number | null = null;
  for (const line of lines) {
    const words = plain(line);
    if (!/\b(zips?|postal codes?)\b/.test(words)) continue;
    if (/\b(enter|paste|upload|example|separate|up to|max\w*|limit|format|invalid)\b/.test(words)) continue;
    const found = line.match(new RegExp(`(?<![$#])\\b\\d{5}\\b(?!\\s*${thing})`, 'gi')) ?? [];
    if (found.length > 0) places += 1;
    if (found.length > 0 && /…|\.\.\.|\bmore\b|\+\s*\d/.test(line)) cut = true;
    for (const zip of found) zips.add(zip);
    const said =
      /(?<!\d,)\b(\d{1,4})\s+(?:unique |valid )?(?:zips?|postal)(?: ?codes?)?\b(?! \d)/i.exec(line) ??
      /\b(?:zips?|postal)(?: ?codes?)?\s*[:(]\s*(\d{1,4})\)?\s*(?:$|selected|entered|zips?)/i.exec(line);
    if (said?.[1] !== undefined) count ??= Number(said[1]);
  }
  if (zips.size > 0) return { zips, whole: places === 1 && !cut };
  return count === null ? null : { count };
}

/** The page says what it wants instead of searching. */
export const refusedWords =
  /\b(invalid|not valid|not recogni[sz]ed|unknown zip|please (select|enter|choose|pick|provide|fix|correct)|is required|are required|required field|must (select|enter|choose|pick)|at least one|cannot be (blank|empty)|only digits|wrong format|comma.separated)\b/i;
export const tooManyWords =
  /\b(fewer than|less than|no more than|cannot exceed|exceeds?|over the limit|too many|limit(ed)? (of|to|is)|maximum( of)?|max\.?)\b.*\d/i;
export const exportRefusedWords =
  /\b(export|download|request|file)\b.*\b(failed|refused|denied|not allowed|could not|cannot|can.t|error)\b|\bexceeds?\b|too many records/i;
export const mailedWords =
  /\b(e-?mail(ed)? (you|to you|the (file|list|link))|sent to your e-?mail|receive an e-?mail|check your (e-?mail|inbox))\b/i;
