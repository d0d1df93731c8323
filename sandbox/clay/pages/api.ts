/** The pages' only way to the server. A session that has ended sends the person to sign in, and back. */
export class Refused extends Error {}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(path, init).catch(() => {
    throw new Refused('You appear to be offline. Please try again.');
  });
  if (response.status === 401) {
    location.assign(`/login?expired=1&next=${encodeURIComponent(location.pathname)}`);
    // The page is going away: nothing after this may happen.
    return new Promise(() => undefined);
  }
  if (response.ok) return response;
  const said = (await response.json().catch(() => ({}))) as { error?: string };
  throw new Refused(said.error ?? 'Something went wrong. Please try again.');
}

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

// The server's answers have the shapes of `shapes.ts`; both are built from this folder, so the casts hold.
export const get = async <T>(path: string): Promise<T> => (await (await ask(path)).json()) as T;
export const send = async <T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body: unknown = {},
): Promise<T> => (await (await ask(path, json(method, body))).json()) as T;
export const upload = async <T>(path: string, file: File): Promise<T> =>
  (await (await ask(path, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: file })).json()) as T;
