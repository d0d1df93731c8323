import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { InvalidInput } from '../../pipeline/errors.ts';
import type { Keys } from './key-ring.ts';

export type Cipher = {
  seal(text: string): string;
  /** @throws InvalidInput where none of the keys opens it */
  open(sealed: string): string;
  /** Whether the current key alone opens it. */
  isCurrent(sealed: string): boolean;
};

/**
 * AES-256-GCM: seals with the current key, opens with whichever of the ring's sealed it. A sealed text is
 * `v1.<nonce>.<tag>.<data>`, base64url.
 */
export function makeCipher(keys: Keys): Cipher {
  return {
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keys().current, nonce);
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return ['v1', ...[nonce, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
    },
    open(sealed) {
      const { current, previous } = keys();
      for (const key of [current, ...previous]) {
        const text = openedWith(key, sealed);
        if (text !== null) return text;
      }
      throw new InvalidInput(
        'What is stored under CREDENTIALS_KEY (or credentials.key of the data folder) cannot be opened: this is not the key it was sealed with. Nothing was changed.',
        {
          todo:
            'Start with the key it was sealed with, or give that one as CREDENTIALS_KEY_PREVIOUS and run "leadops keys rotate". ' +
            'Where it is lost, set the logins again with "leadops credentials set".',
        },
      );
    },
    isCurrent: (sealed) => openedWith(keys().current, sealed) !== null,
  };
}

/** The text, or null where this key is not the one it was sealed with. */
function openedWith(key: Buffer, sealed: string): string | null {
  const [version, nonce, tag, data] = sealed.split('.');
  // Not a sealed text of ours, or a damaged one: no key opens it.
  if (version !== 'v1' || !nonce || !tag || data === undefined) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 });
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(data, 'base64url')), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
