import { createHash } from 'node:crypto';
import { tidy } from './text.ts';

/** Words that are written in several ways, and the one way the key has. Abbreviations of USPS Publication 28. */
const spellings: ReadonlyMap<string, string> = new Map(
  [
    'st: street str saint · ave: avenue av · rd: road · dr: drive · ln: lane · blvd: boulevard · ct: court',
    'cir: circle · pl: place · ter: terrace terr · pkwy: parkway · hwy: highway · sq: square · trl: trail',
    'xing: crossing · cv: cove · pt: point · plz: plaza · hts: heights · mt: mount · mtn: mountain · ft: fort',
    'rdg: ridge · vly: valley · crk: creek · expy: expressway · fwy: freeway · tpke: turnpike · jct: junction',
    'lndg: landing · mdws: meadows · n: north · s: south · e: east · w: west',
    'ne: northeast · nw: northwest · se: southeast · sw: southwest',
  ]
    .flatMap((line) => line.split(' · '))
    .map((entry) => entry.split(': '))
    .flatMap(([short = '', words = '']) => words.split(' ').map((word) => [word, short] as const)),
);

/** Words before a unit's number. The number alone tells two flats apart. */
const unitWords: ReadonlySet<string> = new Set(['apt', 'apartment', 'unit', 'ste', 'suite', 'no', 'num', 'number']);

/**
 * An address reduced to what makes two spellings of it equal. For comparing, not for showing:
 * `97 Clinton Avenue, Apt. 99` and `97 CLINTON AVE # 99` are both `97 clinton ave 99`.
 */
export function normaliseAddress(address: string): string {
  return tidy(address)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[.'’\u0300-\u036f]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word, index) => index === 0 || !unitWords.has(word))
    .map((word) => spellings.get(word) ?? word)
    .join(' ');
}

/** SHA-256 of e-mail and normalised address, in hex: the same household, without saying which. */
export function householdKey(email: string, address: string): string {
  return createHash('sha256')
    .update(`${email}\n${normaliseAddress(address)}`)
    .digest('hex');
}
