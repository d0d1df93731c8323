import type { Session } from './sessions.ts';

/** One login in two browsers at once, as far as a server can tell. */
export type Violation = {
  readonly login: string;
  readonly kind: 'two sessions at the same time' | 'two sessions in turns' | 'one session in two windows';
  readonly at: string;
};

export type Watch = {
  readonly violations: readonly Violation[];
  /** A request begins; call what it returns when it has ended. */
  enter(session: Session): () => void;
  /** A page of the session was opened in this browser window. */
  window(session: Session, window: string): void;
  leave(session: Session): void;
  reset(): void;
};

/**
 * A second session that takes over from the first is no offence (whoever crashed signs in again); going back and forth
 * is, and so are two requests under way together. Windows are told apart by what they keep to themselves, so that two
 * browsers sharing one saved cookie are noticed too.
 */
export function makeWatch(): Watch {
  const violations: Violation[] = [];
  const underway = new Map<string, Session[]>();
  const turns = new Map<string, string[]>();

  const blame = (session: Session, kind: Violation['kind']) =>
    violations.push({ login: session.login.username, kind, at: new Date().toISOString() });

  return {
    violations,
    enter(session) {
      const login = session.login.username;
      const others = underway.get(login) ?? [];
      if (others.some(({ id }) => id !== session.id)) blame(session, 'two sessions at the same time');
      underway.set(login, [...others, session]);
      if (returns(turns, login, session.id)) blame(session, 'two sessions in turns');
      return () => {
        const now = underway.get(login) ?? [];
        underway.set(login, now.toSpliced(now.indexOf(session), 1));
      };
    },
    window(session, window) {
      const past = session.windows;
      if (past.at(-1) === window) return;
      if (past.includes(window)) blame(session, 'one session in two windows');
      session.windows = [...past.filter((other) => other !== window), window];
    },
    leave: ({ id, login }) =>
      void turns.set(
        login.username,
        (turns.get(login.username) ?? []).filter((other) => other !== id),
      ),
    reset() {
      violations.length = 0;
      underway.clear();
      turns.clear();
    },
  };
}

/** Notes who uses the login now; true when that is somebody another had taken over from. */
function returns(turns: Map<string, string[]>, login: string, id: string): boolean {
  const past = turns.get(login) ?? [];
  if (past.at(-1) === id) return false;
  turns.set(login, [...past.filter((other) => other !== id), id]);
  return past.includes(id);
}
