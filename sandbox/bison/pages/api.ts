/** The pages' only way to the server. A session that has ended sends the person to sign in, and back. */
export class Refused extends Error {}

const lost = (): never => {
  throw new Refused('The connection was lost. Please reload the page and try again.');
};

/** The server's answers have the shapes of `shapes.ts`; both are built from this folder, so the casts of it hold. */
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

export async function send<T>(method: 'POST' | 'PUT', path: string, body: unknown = {}): Promise<T> {
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await ask(path, init)) as T;
}

export async function upload<T>(path: string, file: File): Promise<T> {
  const form = new FormData();
  form.append('file', file.name);
  form.append('csv', file);
  return (await ask(path, { method: 'POST', body: form })) as T;
}
