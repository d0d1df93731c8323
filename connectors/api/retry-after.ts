/**
 * What a `Retry-After` asks for: seconds, or a moment (RFC 9110).
 * @returns milliseconds; undefined where it asks for nothing that can be read
 */
export function retryAfter(header: string | null, clock: () => number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - clock();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
