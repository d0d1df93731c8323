import { Secret, TOTP, URI } from 'otpauth';
import { InvalidInput } from '../../pipeline/errors.ts';

/** Bytes of the shortest secret in use (Google's; RFC 4226 asks for 16): what is shorter was copied in part. */
const leastBytes = 10;

/**
 * The digits an authenticator app shows (RFC 6238). A bare secret stands for what nearly all vendors use: SHA-1, six digits,
 * 30 seconds. An address says it itself.
 *
 * @param secret base32, as vendors print it below their QR code (spaces, dashes and case do not matter), or the code's
 *   address: `otpauth://totp/…`
 * @param now milliseconds since 1970
 * @throws InvalidInput where it is neither; what was given is not in it
 */
export function totp(secret: string, now: number): string {
  return generatorOf(secret).generate({ timestamp: now });
}

/** Whether digits can be made of it and it is all there. @throws InvalidInput saying what is wrong with it */
export function checkTotp(secret: string): void {
  const { bytes } = generatorOf(secret).secret;
  if (bytes.length < leastBytes) {
    throw new InvalidInput(
      `The code generator’s secret is too short: ${bytes.length} bytes, and none has fewer than ${leastBytes}.`,
    );
  }
}

function generatorOf(secret: string): TOTP {
  return /^\s*otpauth:/i.test(secret) ? fromAddress(secret.trim()) : fromBase32(secret);
}

function fromAddress(address: string): TOTP {
  let generator;
  try {
    generator = URI.parse(address);
  } catch {
    throw new InvalidInput(
      'The code generator’s address cannot be read. It begins with otpauth://totp/ and names a secret.',
    );
  }
  if (generator instanceof TOTP) return generator;
  throw new InvalidInput(
    'That is the address of a generator that counts (otpauth://hotp/). LeadOps needs one by time.',
  );
}

function fromBase32(text: string): TOTP {
  const letters = text.toUpperCase().replace(/[\s=-]/g, '');
  if (!/^[A-Z2-7]+$/.test(letters)) {
    throw new InvalidInput('A code generator’s secret holds the letters A–Z and the digits 2–7 only.');
  }
  return new TOTP({ secret: Secret.fromBase32(letters) });
}
