import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidInput, Unexpected } from '../../pipeline/errors.ts';

export type Cipher = { seal(text: string): string; open(sealed: string): string };

/** AES-256-GCM under one key; a sealed text is `v1.<nonce>.<tag>.<data>`, base64url. */
export function makeCipher(key: Buffer): Cipher {
  return {
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return ['v1', ...[nonce, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
    },
    open(sealed) {
      const [version, nonce, tag, data] = sealed.split('.');
      if (version !== 'v1' || !nonce || !tag || data === undefined)
        throw new Unexpected('This is not a sealed text of ours.');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'));
        decipher.setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(data, 'base64url')), decipher.final()]).toString('utf8');
      } catch {
        throw new InvalidInput('A stored login cannot be opened: CREDENTIALS_KEY is not the key it was stored with.', {
          todo: 'Start with the old key, or set the login again with "leadops credentials set".',
        });
      }
    },
  };
}

/** The key from the settings, else the one of the data folder, made at the first start (mode 0600). */
export function credentialsKey(config: { CREDENTIALS_KEY?: string | undefined; DATA_DIR: string }): Buffer {
  if (config.CREDENTIALS_KEY) return Buffer.from(config.CREDENTIALS_KEY, 'hex');
  const file = join(config.DATA_DIR, 'credentials.key');
  if (!existsSync(file)) {
    mkdirSync(config.DATA_DIR, { recursive: true, mode: 0o700 });
    try {
      writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // Another process made it in this moment; anything else shows at the reading.
      if (!existsSync(file)) throw error;
    }
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
}
