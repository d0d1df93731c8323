import { hash } from '../kit.ts';
import { disposableHost, roleNames, workHost } from './email.ts';

/**
 * DeBounce's answer about an address (docs/vendors.md#debounce). Which result goes with codes 2–4 and 8 is an
 * inference.
 */
export type EmailVerdict = {
  readonly result: 'Safe to Send' | 'Invalid' | 'Risky' | 'Unknown';
  readonly code: '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8';
  readonly reason: string;
  readonly role: boolean;
  readonly freeEmail: boolean;
};

const endings = {
  '1': ['Invalid', 'Syntax'],
  '2': ['Invalid', 'Spam Trap'],
  '3': ['Invalid', 'Disposable'],
  '4': ['Risky', 'Accept-All'],
  '5': ['Safe to Send', 'Deliverable'],
  '6': ['Invalid', 'Bounce'],
  '7': ['Unknown', 'Unknown'],
  '8': ['Risky', 'Role'],
} as const satisfies Record<EmailVerdict['code'], readonly [EmailVerdict['result'], string]>;

/**
 * The truth about an address, which only DeBounce may tell: the same for the same seed and address, in any case and
 * with any blanks around it. About 68 % of the well-formed addresses of these households are Safe to Send.
 */
export function verdictOf(email: string, seed: string): EmailVerdict {
  const address = email.trim().toLowerCase();
  const [local = '', host = ''] = address.split('@');
  const role = roleNames.some((name) => name === local);
  const code = wellFormed(address) ? codeOf(role, host, hash(seed, 'debounce', address) / 2 ** 32) : '1';
  const [result, reason] = endings[code];
  return { result, code, reason, role, freeEmail: /^(mail|home)\.example\./.test(host) };
}

export function wellFormed(address: string): boolean {
  return /^[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@([a-z0-9-]+\.)+[a-z]{2,}$/.test(address);
}

function codeOf(role: boolean, host: string, lot: number): EmailVerdict['code'] {
  if (role) return '8';
  if (host === disposableHost) return '3';
  if (host === workHost) return lot < 0.8 ? '4' : lot < 0.92 ? '5' : '6';
  if (lot < 0.745) return '5';
  if (lot < 0.875) return '6';
  if (lot < 0.92) return '4';
  return lot < 0.995 ? '7' : '2';
}
