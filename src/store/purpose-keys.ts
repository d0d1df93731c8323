import { createHash, createHmac, randomBytes } from 'node:crypto';
import { InvalidInput } from '../../pipeline/errors.ts';
import { may, type Db } from './db.ts';
import type { KeyRing, Keys } from './key-ring.ts';
import type { Cipher } from './secrets.ts';

/** What the app has keys of its own for, besides sealing: signing links, and hashing who must not be written to. */
type Purpose = 'links' | 'suppressions';

/**
 * The key of a purpose, 32 bytes, the same for every process and for as long as the database lives; made when it is first
 * asked for. It lies in the database, sealed.
 *
 * @throws InvalidInput where CREDENTIALS_KEY is not the key it was sealed with
 */
export type PurposeKeys = (purpose: Purpose) => Promise<Buffer>;

export function makePurposeKeys(db: Db, cipher: Cipher, keys: Keys): PurposeKeys {
  const known = new Map<Purpose, Buffer>();
  const read = async (purpose: Purpose) => {
    const row = may(await db.from('sealed_keys').select('sealed').eq('purpose', purpose).maybeSingle());
    return row ? Buffer.from(cipher.open(row.sealed), 'base64url') : null;
  };
  const make = async (purpose: Purpose) => {
    const key = purpose === 'suppressions' ? await firstSuppressionKey(db, keys()) : randomBytes(32);
    const sealed = cipher.seal(key.toString('base64url'));
    // Where two processes make the key at once, both use the one that was written first.
    may(await db.from('sealed_keys').upsert({ purpose, sealed }, { onConflict: 'purpose', ignoreDuplicates: true }));
    return (await read(purpose)) ?? key;
  };
  return async (purpose) => {
    const key = known.get(purpose) ?? (await read(purpose)) ?? (await make(purpose));
    known.set(purpose, key);
    return key;
  };
}

/** A fingerprint that names the key in the rows made with it, and reveals nothing of the key. */
export const suppressionKeyId = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

/**
 * Before there were keys for each purpose, the list was hashed with a key made from CREDENTIALS_KEY. That key is kept
 * for it, so that existing hashes go on matching.
 */
async function firstSuppressionKey(db: Db, { current, previous }: KeyRing): Promise<Buffer> {
  const [newest, ...older] = [current, ...previous].map((key) =>
    createHmac('sha256', key).update('leadops: suppressions').digest(),
  );
  const rows = may(await db.from('suppressions').select('key_id').limit(1)) ?? [];
  const [row] = rows;
  const fitting = [newest, ...older].find((key) => key && (!row || suppressionKeyId(key) === row.key_id));
  if (fitting) return fitting;
  throw new InvalidInput(
    'The list of people who must not be written to was made with another key: CREDENTIALS_KEY has changed. Nothing more was done.',
    { todo: 'Start with the key it was made with, or give that one as CREDENTIALS_KEY_PREVIOUS; then retry.' },
  );
}
