import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Short-lived links to kept files, each made for one person. The app serves them itself, in every mode: the bucket
 * stays private, a link contains nothing of the file but its key, and following one changes nothing.
 */
export type Links = {
  /** An address that works for the configured minutes, for as long as the person (a Slack id) has the role. */
  sign(key: string, user: string, now?: Date): string;
  /** Whose link to which file it is, when the signature is ours and its time is not up. */
  verify(path: string, query: URLSearchParams, now?: Date): { readonly key: string; readonly user: string } | null;
};

export function makeLinks(parts: {
  readonly secret: Buffer;
  readonly publicUrl: string;
  readonly minutes: number;
}): Links {
  const signature = (key: string, user: string, until: number) =>
    createHmac('sha256', parts.secret)
      .update(JSON.stringify(['file', key, user, until]))
      .digest('base64url');
  return {
    sign(key, user, now = new Date()) {
      const until = Math.floor(now.getTime() / 1000) + parts.minutes * 60;
      const encoded = Buffer.from(key).toString('base64url');
      const query = new URLSearchParams({ for: user, until: String(until), sig: signature(key, user, until) });
      return `${parts.publicUrl}/files/${encoded}?${query.toString()}`;
    },
    verify(path, query, now = new Date()) {
      const encoded = /^\/files\/([\w-]+)$/.exec(path)?.[1];
      const user = query.get('for') ?? '';
      const until = Number(query.get('until'));
      if (!encoded || user === '' || !Number.isInteger(until) || until * 1000 < now.getTime()) return null;
      const key = Buffer.from(encoded, 'base64url').toString();
      const wanted = Buffer.from(signature(key, user, until));
      const given = Buffer.from(query.get('sig') ?? '');
      return wanted.length === given.length && timingSafeEqual(wanted, given) ? { key, user } : null;
    },
  };
}
