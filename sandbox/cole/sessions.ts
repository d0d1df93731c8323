import { randomBytes } from 'node:crypto';
import { defaultFields } from './columns.ts';
import { noFilters, type Filters, type ListType } from './query.ts';
import type { ColeLogin } from './settings.ts';

/** A search being put together, page by page; an account has one at a time in each session. */
export type Draft = {
  state: string | null;
  listType: ListType | null;
  zips: readonly string[];
  fields: readonly string[];
  filters: Filters;
  /** Set by a search; anything changed takes it away. */
  result: { readonly count: Promise<number>; readonly ready: Promise<unknown> } | null;
};

export type Session = {
  readonly id: string;
  readonly login: ColeLogin;
  draft: Draft;
  lastSeen: number;
  /** Browser windows that showed pages of this session, the one in use last. */
  windows: string[];
};

export function newDraft(): Draft {
  return { state: null, listType: null, zips: [], fields: defaultFields, filters: noFilters, result: null };
}

export type Sessions = {
  open(login: ColeLogin): Session;
  /** The live session, touched; undefined once it has ended. */
  find(id: string | undefined): Session | undefined;
  close(session: Session): void;
  clear(): void;
};

export function makeSessions(idleMinutes: number): Sessions {
  const sessions = new Map<string, Session>();
  return {
    open(login) {
      const id = randomBytes(18).toString('base64url');
      const session = { id, login, draft: newDraft(), lastSeen: Date.now(), windows: [] };
      sessions.set(id, session);
      return session;
    },
    find(id) {
      const session = sessions.get(id ?? '');
      if (!session) return undefined;
      if (Date.now() - session.lastSeen > idleMinutes * 60_000) {
        sessions.delete(session.id);
        return undefined;
      }
      session.lastSeen = Date.now();
      return session;
    },
    close: (session) => void sessions.delete(session.id),
    clear: () => sessions.clear(),
  };
}
