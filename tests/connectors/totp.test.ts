import { expect, test } from '@jest/globals';
import { Secret } from 'otpauth';
import { checkTotp, totp } from '../../connectors/auth/totp.ts';

/** Appendix B of RFC 6238: the same letters, repeated to the length of the hash. */
const secretOf = (bytes: number) => Secret.fromLatin1('1234567890'.repeat(7).slice(0, bytes)).base32;

test('an otpauth:// address brings its own algorithm, digits and period', () => {
  const address = (algorithm: string, bytes: number, period: number) =>
    `otpauth://totp/Cole%20X:ops?secret=${secretOf(bytes)}&algorithm=${algorithm}&digits=8&period=${period}`;
  expect(totp(address('SHA256', 32, 30), 59_000)).toBe('46119246');
  expect(totp(address('SHA512', 64, 30), 59_000)).toBe('90693936');
  // Twice the period at twice the time counts the same.
  expect(totp(address('SHA256', 32, 60), 118_000)).toBe('46119246');
});

test('a secret may be typed as it is printed', () => {
  const secret = secretOf(20);
  const printed = (secret.toLowerCase().match(/.{4}/g) ?? []).join(' ');
  expect(totp(printed, 59_000)).toBe('287082');
  expect(totp(`${secret.slice(0, 16)}-${secret.slice(16)}====`, 59_000)).toBe('287082');
});

test.each([
  ['letters that base32 has not', 'JBSWY3DPEHPK3PX1', 'A–Z and the digits 2–7'],
  ['nothing', ' ', 'A–Z and the digits 2–7'],
  ['half of it', 'JBSWY3DP', 'too short'],
  ['an address without a secret', 'otpauth://totp/Cole:ops?issuer=Cole', 'cannot be read'],
  ['an address with a bad one', 'otpauth://totp/Cole:ops?secret=0189', 'cannot be read'],
  ['a generator that counts', 'otpauth://hotp/Cole:ops?secret=JBSWY3DPEHPK3PXP&counter=1', 'by time'],
])('%s is refused, and the error does not repeat it', (_what, given, words) => {
  const attempt = () => checkTotp(given);
  expect(attempt).toThrow(words);
  const secret = given.replace(/.*secret=/, '').trim();
  if (secret !== '') expect(attempt).not.toThrow(secret);
});
