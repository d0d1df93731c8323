import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Short-lived links to kept files. The app serves them itself, in every mode: the bucket stays private, a link says
 * nothing about the file but its key, and following one changes nothing.
 */
export type Links = {
  /** An address that works for the configured minutes. */
  sign(key: string, now?: Date): string;
  /** The key, when the signature is ours and its time is not up. */
  verify(path: string, query: URLSearchParams, now?: Date): string | null;
};

export function makeLinks(parts: {
  readonly secret: Buffer;
  readonly publicUrl: string;
  readonly minutes: number;
}): Links {
  const signature = (key: string, until: number) =>
    createHmac('sha256', parts.secret).update(`file\n${key}\n${until}`).digest('base64url');
  return {
    sign(key, now = new Date()) {
      const until = Math.floor(now.getTime() / 1000) + parts.minutes * 60;
      const encoded = Buffer.from(key).toString('base64url');
      return `${parts.publicUrl}/files/${encoded}?until=${until}&sig=${signature(key, until)}`;
    },
    verify(path, query, now = new Date()) {
      const encoded = /^\/files\/([\w-]+)$/.exec(path)?.[1];
      const until = Number(query.get('until'));
      if (!encoded || !Number.isInteger(until) || until * 1000 < now.getTime()) return null;
      const key = Buffer.from(encoded, 'base64url').toString();
      const wanted = Buffer.from(signature(key, until));
      const given = Buffer.from(query.get('sig') ?? '');
      return wanted.length === given.length && timingSafeEqual(wanted, given) ? key : null;
    },
  };
}
