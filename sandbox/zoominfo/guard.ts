import { randomBytes } from 'node:crypto';

/** Tokens as the vendor makes them: three parts, good for `minutes` of the machine's clock. */
export type Tokens = { issue(): string; isGood(header: string | undefined): boolean; expireAll(): void };

export function makeTokens(minutes: number): Tokens {
  const good = new Map<string, number>();
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    issue() {
      const until = Date.now() + minutes * 60_000;
      const payload = { iss: 'zoominfo-stand-in', exp: Math.floor(until / 1000) };
      const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.${randomBytes(24).toString('base64url')}`;
      good.set(token, until);
      return token;
    },
    isGood: (header) => (good.get(header?.replace(/^Bearer /, '') ?? '') ?? 0) > Date.now(),
    expireAll: () => good.clear(),
  };
}

/** At most `limit` calls in any second of the machine's clock; refused ones do not count. */
export function makeRate(limit: number): () => boolean {
  let recent: number[] = [];
  return () => {
    const now = Date.now();
    recent = recent.filter((at) => now - at < 1000);
    if (recent.length >= limit) return false;
    recent.push(now);
    return true;
  };
}
