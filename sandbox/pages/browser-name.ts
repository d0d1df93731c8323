/**
 * The browser's own name, kept where a saved sign-in (cookies, local storage) does not take it along: two browsers that
 * share a session are still two.
 */
export async function browserName(): Promise<string> {
  const fresh = crypto.randomUUID();
  if (!('caches' in window)) return fresh;
  const cache = await caches.open('browser');
  const known = await cache.match('/browser-name');
  if (known) return known.text();
  await cache.put('/browser-name', new Response(fresh));
  return fresh;
}
