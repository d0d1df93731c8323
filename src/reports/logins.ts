import type { Store } from '../store/index.ts';

/** Which vendor logins are stored; never their secrets. */
export async function loginsLines(store: Pick<Store, 'credentials'>): Promise<string[]> {
  const logins = await store.credentials.list();
  if (logins.length === 0) return ['No logins are stored.'];
  return logins.map(
    (login) =>
      `${login.site}${login.state ? ` ${login.state}` : ''}: ${login.username}, ${login.mfa_type === 'totp' ? 'with code generator' : 'no code generator'}, ` +
      (login.last_verified_at ? `last signed in ${login.last_verified_at.slice(0, 16)}` : 'never used'),
  );
}
