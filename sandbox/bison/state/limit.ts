/** How many seconds a token has to wait, 0 when it may go on: so many calls in any stretch of `perMs`. */
export function makeLimiter({ calls, perMs }: { readonly calls: number; readonly perMs: number }) {
  const made = new Map<string, number[]>();
  return (token: string): number => {
    const now = Date.now();
    const recent = (made.get(token) ?? []).filter((at) => at > now - perMs);
    made.set(token, recent);
    if (recent.length < calls) {
      recent.push(now);
      return 0;
    }
    return Math.max(1, Math.ceil(((recent[0] ?? now) + perMs - now) / 1_000));
  };
}
