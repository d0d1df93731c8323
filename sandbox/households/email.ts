import type { Character } from './character.ts';
import { between, pick, weighted, type Random } from './draw.ts';

/** Only names reserved for examples (RFC 2606); the first labels tell the stand-in DeBounce what kind of host it is. */
export const workHost = 'work.example.org';
export const disposableHost = 'throwaway.example.net';
const hosts = [
  ['example.com', 40],
  ['mail.example.com', 18],
  ['example.org', 16],
  ['example.net', 14],
  ['home.example.net', 12],
] as const;

export const roleNames = ['info', 'office', 'admin', 'contact', 'sales', 'billing'] as const;

/** A household's e-mail as the file has it: well-formed, malformed, or `''`. */
export function emailAt({ noEmail, workMail }: Character, first: string, last: string, random: Random): string {
  if (random() < noEmail) return '';
  const [given, family] = [plain(first), plain(last)];
  const number = between(random, 10, 99_999);
  const local = weighted(random, [
    [`${given}.${family}${number}`, 4],
    [`${given.slice(0, 1)}${family}${number}`, 3],
    [`${given}_${family}${number}`, 2],
    [`${family}${number}`, 1],
    [`${given}.${family}+home${number}`, 0.2],
  ]);
  const kind = random();
  const address =
    kind < 0.02
      ? `${pick(random, roleNames)}@${family}${number}.example.com`
      : kind < 0.028
        ? `${local}@${disposableHost}`
        : kind < 0.028 + workMail
          ? `${local}@${workHost}`
          : `${local}@${weighted(random, hosts)}`;
  if (random() < 0.022) return malformed(address, random);
  return weighted(random, [
    [address, 86],
    [address.toUpperCase(), 11],
    [`${address} `, 2],
    [` ${address}`, 1],
  ]);
}

function malformed(address: string, random: Random): string {
  const [local = '', host = ''] = address.split('@');
  return pick(random, [
    local,
    `${local}@`,
    `${local}@@${host}`,
    `${local} ${host}`,
    `${local}(at)${host}`,
    `${local}@${host.replaceAll('.', ',')}`,
    `.${local}@.${host}`,
    '@',
    'none',
    'N/A',
  ]);
}

/** Letters of the alphabet only: `Muñoz` → `munoz`, `O'Neil` → `oneil`. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}
