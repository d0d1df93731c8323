import { createHmac } from 'node:crypto';

/**
 * The six digits an authenticator app shows (RFC 6238: SHA-1, 30 seconds).
 * @param secret base32, as vendors print it below their QR code; spaces, dashes and case do not matter
 * @param now milliseconds since 1970
 */
export function totp(secret: string, now: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0x0f;
  const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of text.toUpperCase().replace(/[\s=-]/g, '')) {
    const value = alphabet.indexOf(letter);
    if (value < 0) throw new RangeError('a TOTP secret holds the letters A–Z and the digits 2–7 only');
    bits += value.toString(2).padStart(5, '0');
  }
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
