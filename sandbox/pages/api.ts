/** The pages' only way to their server. A session that has ended sends the person to sign in, and back. */
export class Refused extends Error {}

const lost = (): never => {
  throw new Refused('The connection was lost. Please reload the page and try again.');
};

/** The server's answers have the shapes of the stand-in's `shapes.ts`; both are built from one folder, so the casts of it hold. */
async function ask(path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(path, init).catch(lost);
  if (response.status === 401) {
    location.assign(`/login?expired=1&next=${encodeURIComponent(location.pathname)}`);
    // The page is going away: nothing after this may happen.
    return new Promise(() => undefined);
  }
  if (response.ok) return response.json().catch(lost);
  const said = (await response.json().catch(() => ({}))) as { error?: string };
  throw new Refused(said.error ?? 'Something went wrong. Please try again.');
}

export const get = async <T>(path: string): Promise<T> => (await ask(path)) as T;

export async function send<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body: unknown = {},
): Promise<T> {
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await ask(path, init)) as T;
}

/** A file by itself, or among the fields of a form. */
export const upload = async <T>(path: string, body: File | FormData): Promise<T> =>
  (await ask(path, { method: 'POST', body })) as T;
