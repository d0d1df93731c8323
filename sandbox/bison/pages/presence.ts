/**
 * The browser's own name, kept where a saved sign-in (cookies, local storage) does not take it along: two browsers that
 * share a session are still two.
 */
async function browserName(): Promise<string> {
  const fresh = crypto.randomUUID();
  if (!('caches' in window)) return fresh;
  const cache = await caches.open('window');
  const known = await cache.match('/name');
  if (known) return known.text();
  await cache.put('/name', new Response(fresh));
  return fresh;
}

/** Keeps a stream open for as long as this page is. */
export async function bePresent(): Promise<void> {
  new EventSource(`/presence?browser=${await browserName()}`);
}
