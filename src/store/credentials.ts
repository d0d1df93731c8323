import { may, must, type Db } from './db.ts';
import type { Cipher } from './secrets.ts';
import type { Vendor } from '../../pipeline/vendors.ts';

export const sites = ['cole', 'clay', 'bison', 'zoominfo'] as const satisfies readonly Vendor[];
export type Site = (typeof sites)[number];

/** A vendor login, opened. Only connectors see one, and only at the sign-in page. */
export type Credential = {
  readonly username: string;
  readonly secret: string;
  /** Base32 secret of an authenticator app: codes answer themselves. */
  readonly totp: string | null;
  /** Slack id of the person who owns the login. */
  readonly owner: string | null;
};

export type CredentialStore = ReturnType<typeof makeCredentialStore>;

export function makeCredentialStore(db: Db, cipher: Cipher) {
  return {
    async get(site: Site, state = ''): Promise<Credential | null> {
      const row = may(
        await db
          .from('site_credentials')
          .select('username,secret_encrypted,totp_encrypted,owner')
          .match({ site, state })
          .maybeSingle(),
      );
      if (!row) return null;
      return {
        username: row.username,
        secret: cipher.open(row.secret_encrypted),
        totp: row.totp_encrypted ? cipher.open(row.totp_encrypted) : null,
        owner: row.owner,
      };
    },

    /** Sets the login anew; a saved session of the old one is dropped. */
    async set(site: Site, state: string, login: Omit<Credential, 'totp'> & { totp?: string | null }): Promise<void> {
      may(
        await db.from('site_credentials').upsert({
          site,
          state,
          username: login.username,
          secret_encrypted: cipher.seal(login.secret),
          totp_encrypted: login.totp ? cipher.seal(login.totp) : null,
          mfa_type: login.totp ? 'totp' : 'none',
          owner: login.owner,
          session_encrypted: null,
          session_saved_at: null,
          updated_at: new Date().toISOString(),
        }),
      );
    },

    async list() {
      return must(
        await db
          .from('site_credentials')
          .select('site,state,username,mfa_type,owner,last_verified_at')
          .order('site')
          .order('state'),
      );
    },

    /** Every login of a site, opened, by what it is for: a state, a workspace, or `''` for all. */
    async ofSite(site: Site): Promise<{ state: string; username: string; secret: string }[]> {
      const rows = must(
        await db.from('site_credentials').select('state,username,secret_encrypted').eq('site', site).order('state'),
      );
      return rows.map(({ state, username, secret_encrypted: sealed }) => ({
        state,
        username,
        secret: cipher.open(sealed),
      }));
    },

    /** Ends that somebody owns logins: nobody does then, and admins for all are asked. @returns the logins, as said */
    async disown(slackId: string): Promise<string[]> {
      const rows = must(
        await db.from('site_credentials').update({ owner: null }).eq('owner', slackId).select('site,state'),
      );
      return rows.map(({ site, state }) => (state === '' ? site : `${site} ${state}`));
    },

    ...makeSavedSessions(db, cipher),
  };
}

/** Cookies of signed-in sessions, sealed. */
function makeSavedSessions(db: Db, cipher: Cipher) {
  return {
    async session(site: Site, state: string): Promise<string | null> {
      const row = may(
        await db.from('site_credentials').select('session_encrypted').match({ site, state }).maybeSingle(),
      );
      return row?.session_encrypted ? cipher.open(row.session_encrypted) : null;
    },

    /** Cookies of a sign-in that worked. */
    async saveSession(site: Site, state: string, session: string): Promise<void> {
      const now = new Date().toISOString();
      may(
        await db
          .from('site_credentials')
          .update({ session_encrypted: cipher.seal(session), session_saved_at: now, last_verified_at: now })
          .match({ site, state }),
      );
    },

    async forgetSession(site: Site, state: string): Promise<void> {
      may(
        await db
          .from('site_credentials')
          .update({ session_encrypted: null, session_saved_at: null })
          .match({ site, state }),
      );
    },
  };
}
