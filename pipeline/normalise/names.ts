import nameCase from 'namecase';
import { tidy, withoutEnds } from './text.ts';

/** No name is longer; what is comes from a damaged row, and what reads names takes time with its length. */
const longest = 1_000;

/** `III`, `IV`: kept upper wherever they stand; `VI` and `XI` alone are names, and `namecase` knows them at the end. */
const ordinal = /^(?:I{2,3}|IV|VI{2,3}|IX)$/;

/** `McDONALD`, `O'NEIL` after a small particle: capitals behind a prefix that was cased. */
const halfCased = /^(?:Mc|Mac|[OD]')\p{Lu}{3,}$/u;

/** What `namecase` 1.1.2 gets wrong in American names. */
const repairs: readonly (readonly [RegExp, string])[] = [
  [/\bMC (?=\p{Lu})/gu, 'Mc '],
  // Two letters without a vowel are read as initials (JD); Ty, Sy and Ly are names.
  [/\b([B-DF-HJ-NP-TV-XZ])Y\b/g, '$1y'],
  [/^XI$/, 'Xi'],
  [/^VI$/, 'Vi'],
];

/** It drops the space after St, Dr, Jr, Y …: where words were lost, each word is cased alone. */
function caseAll(name: string): string {
  const words = name.split(' ');
  const whole = nameCase(name);
  const cased = whole.split(' ').length === words.length ? whole : words.map((word) => nameCase(word)).join(' ');
  return repairs.reduce((text, [wrong, right]) => text.replace(wrong, right), cased);
}

/** Small words that a surname may begin with, where somebody wrote it so. */
const particle = /^(?:van|von|vom|zu|de[lnr]?|della|d[aiou]s?|la|le|ter|ten|bin|ben|al|el|y)\s/;

/** Somebody typed this one with care: only words that shout, and a small first letter, are touched. */
function caseMixed(name: string): string {
  const words = name.split(' ').map((word) => {
    const shouts = word.length > 2 && word === word.toUpperCase() && !ordinal.test(word);
    return shouts || halfCased.test(word) ? caseAll(word) : word;
  });
  const text = words.join(' ');
  return particle.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

function caseName(name: string): string {
  return nameCase.checkName(name) ? caseAll(name) : caseMixed(name);
}

/** Between two people: `&`, `+`, `/`, `and`, `or`, a comma. Captured, so that `split` keeps it. */
const between = /\s*(&amp;|[&+/;,]|\s(?:and|or)\s)\s*/i;

const separatorText = (separator: string): string => {
  const mark = separator.trim().toLowerCase();
  if (mark === '/') return '/';
  if (mark === ',' || mark === ';') return `${mark} `;
  return ` ${mark === '&amp;' ? '&' : mark} `;
};

/**
 * A first or a last name in sensible case, couples kept: `JOHN AND MARY` → `John and Mary`, `VAN DER BERG` →
 * `Van der Berg` (American use capitalises the first letter of a surname; `Le` and `Di` are also whole surnames).
 */
export function properName(text: string): string {
  const name = tidy(text.slice(0, longest).replace(/[’‘`´]/g, "'"))
    .split(between)
    .map((piece, index) => (index % 2 === 0 ? caseName(piece) : separatorText(piece)))
    .join('');
  return withoutEnds(name, ' &+/;,');
}

/**
 * The name a letter opens with: the first of a couple, without a title or a trailing initial.
 * `JOHN & JANE` → `John`, `Mr. John Q.` → `John`, `Mary Ann` stays, `J & Mary` → `J`.
 */
export function greetingName(firstName: string): string {
  const first = properName(firstName).split(between).at(0) ?? '';
  const plain = first.replace(/^(?:mr|mrs|ms|miss|dr)\.?\s+(?=\S)/i, '');
  const words = plain.split(' ');
  while (words.length > 1 && /^\p{L}\.?$/u.test(words.at(-1) ?? '')) words.pop();
  return words.join(' ');
}
