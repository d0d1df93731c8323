import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { InvalidInput } from '../../../pipeline/errors.ts';
import type { Suppressions } from '../../../pipeline/ports/uploads.ts';
import { inBatches } from '../../../pipeline/in-batches.ts';
import { may, must, type Db } from '../db.ts';
import { suppressionKeyId } from '../purpose-keys.ts';

/** Hashes a statement takes at once. */
const hashesAtOnce = 2_000;

const Among = z.object({ hashes: z.array(z.string()), other_key: z.boolean() });

/**
 * People who must not be written to. What is kept of them is a keyed hash of their e-mail: who has the rows and not the key
 * can neither read it nor try addresses on it.
 */
export function makeSuppressions(db: Db, ownKey: () => Promise<Buffer>): Suppressions {
  // A key of its own, so that a hash says nothing about what else there is a key for, and outlives CREDENTIALS_KEY.
  const hasher = async () => {
    const key = await ownKey();
    return {
      keyId: suppressionKeyId(key),
      hashOf: (email: string) => createHmac('sha256', key).update(email.trim().toLowerCase()).digest('hex'),
    };
  };
  return {
    async learn(emails, source, client) {
      const { keyId, hashOf } = await hasher();
      const hashes = [...new Set(emails.map(hashOf))];
      let fresh = 0;
      for (const some of inBatches(hashes, hashesAtOnce)) {
        const rows = must(
          await db
            .from('suppressions')
            .upsert(
              some.map((hash) => ({ hash, key_id: keyId, source, client })),
              { onConflict: 'hash', ignoreDuplicates: true },
            )
            .select('key_id'),
        );
        fresh += rows.length;
      }
      return fresh;
    },

    async among(emails) {
      const { keyId, hashOf } = await hasher();
      const found = new Set<string>();
      for (const some of inBatches(emails, hashesAtOnce)) {
        const byHash = new Map(some.map((email) => [hashOf(email), email]));
        const answer = may(await db.rpc('suppressed_among', { p_hashes: [...byHash.keys()], p_key: keyId }));
        const { hashes, other_key: otherKey } = Among.parse(answer);
        if (otherKey) {
          throw new InvalidInput(
            'The list of people who must not be written to was made with another key than the one kept for it. Nothing more was done.',
            {
              todo: 'Look into the table sealed_keys: its row "suppressions" is not the one of this list. A restore of both brings it back.',
            },
          );
        }
        for (const hash of hashes) {
          const email = byHash.get(hash);
          if (email !== undefined) found.add(email);
        }
      }
      return found;
    },
  };
}
