import type { Character } from './character.ts';
import { between, padded, pick, weighted, type Random } from './draw.ts';
import { emailAt } from './email.ts';
import { areaCodes, firstNames, lastNames, suffixes } from './words.ts';

/** Who lives there, spelled as the file spells it. Nobody here exists. */
export type Person = {
  /** `JOHN`, `John & Jane`, rarely `''`. */
  readonly firstName: string;
  /** `O'NEIL`, `Van der Berg`, `Smith III`, sometimes `''`. */
  readonly lastName: string;
  /** `''` where Cole has none; some are no e-mail. */
  readonly email: string;
  /** As written; 555-01XX or no phone at all. */
  readonly phone: string;
  readonly doNotCall: boolean;
  readonly cellPhone: string;
  readonly cellDoNotCall: boolean;
  /** MM/DD/YYYY or `''`. */
  readonly dateOfBirth: string;
};

/** Whoever is drawn, `mark` behind each of the names. Another record that repeats this household draws the same numbers again. */
export function personAt(character: Character, random: Random, mark: string): Person {
  const first = pick(random, firstNames) + mark;
  const last = pick(random, lastNames) + mark;
  const spelling = weighted(random, [
    [asIs, 55],
    [upper, 37],
    [lower, 8],
  ]);
  return {
    email: emailAt(character, first, last, random),
    firstName:
      random() < 0.002 ? '' : padding(random, spelling(couple(random, first, pick(random, firstNames) + mark))),
    lastName:
      random() < 0.015 ? '' : padding(random, spelling(random() < 0.03 ? `${last} ${pick(random, suffixes)}` : last)),
    phone: random() < 0.55 ? phoneNumber(character, random) : '',
    doNotCall: random() < character.doNotCall,
    cellPhone: random() < 0.78 ? phoneNumber(character, random) : '',
    cellDoNotCall: random() < character.doNotCall * 0.6,
    dateOfBirth: random() < 0.7 ? birthday(random) : '',
  };
}

const asIs = (text: string) => text;
const upper = (text: string) => text.toUpperCase();
const lower = (text: string) => text.toLowerCase();

function couple(random: Random, first: string, second: string): string {
  if (random() >= 0.12) return first;
  return `${first} ${weighted(random, [
    ['&', 8],
    ['and', 2],
  ])} ${second}`;
}

/** Typed by hand once: a space before or after. */
function padding(random: Random, text: string): string {
  return weighted(random, [
    [text, 94],
    [`${text} `, 4],
    [` ${text}`, 2],
  ]);
}

function birthday(random: Random): string {
  return `${padded(between(random, 1, 12), 2)}/${padded(between(random, 1, 28), 2)}/${between(random, 1935, 2002)}`;
}

function phoneNumber({ place }: Character, random: Random): string {
  const area = pick(random, areaCodes[place.state] ?? ['800']);
  const line = `01${padded(between(random, 0, 99), 2)}`;
  return weighted(random, [
    [`(${area}) 555-${line}`, 40],
    [`${area}-555-${line}`, 30],
    [`${area}555${line}`, 18],
    [`${area}.555.${line}`, 5],
    [`+1 ${area} 555 ${line}`, 4],
    [`555-${line}`, 1],
    ['0000000000', 1],
    ['N/A', 1],
  ]);
}
