import type { Hold } from './hold.ts';
import type { Login, Turn } from './login.ts';

/** Something of a piece of work that may stay open for the next one. */
export type Left = { close(): Promise<void> };

/** What a piece of work finds of the one before it, and may leave for the one after. */
export type Stay<L extends Left> = {
  /** What the same run's last work at this login left open a moment ago. Whoever finds it closes it, or leaves it again. */
  readonly found: L | undefined;
  /**
   * Leaves it open, with the login held, for the run's next work; it is closed when none comes, or another asks for the
   * login. False where it may not stay: then it is the work's to close.
   */
  leave(left: L): boolean;
};

export type StayTimes = {
  /** Milliseconds a session stays open with nobody at work in it. */
  readonly idle: number;
  /** Milliseconds after which a login is given back between two pieces of work: other processes may wait for it. */
  readonly held: number;
};

/** A run's next step begins some milliseconds after the last. Other processes wait for the second, and for one piece of work more. */
const usualStays: StayTimes = { idle: 2_000, held: 45_000 };

type Open = { readonly held: Hold; readonly left: Left };

/**
 * Sessions that stay open for a moment between two pieces of one run's work, with their logins held: opening one anew
 * costs a page load or two.
 */
export function makeLeftOpen(times: StayTimes = usualStays) {
  const all = new Map<Login, Open & { readonly turn: Turn; readonly forget: () => void }>();
  const closing = new Map<Login, Promise<void>>();

  function closeOne(login: Login, { held, left }: Open): Promise<void> {
    const done = (async () => {
      await left.close(); // The login is free only when its browser context is gone.
      await held.end();
    })().finally(() => closing.delete(login));
    closing.set(login, done);
    return done;
  }
  function remove(login: Login) {
    const open = all.get(login);
    all.delete(login);
    open?.forget();
    return open;
  }

  return {
    /** False where it may not stay open; it is the caller's then. */
    leave(login: Login, turn: Turn | undefined, open: Open): boolean {
      if (!turn || performance.now() - open.held.since > times.held) return false;
      const over = AbortSignal.any([open.held.signal, turn.signal]);
      if (over.aborted) return false;
      const close = () => {
        if (remove(login)) void closeOne(login, open);
      };
      const timer = setTimeout(close, times.idle);
      over.addEventListener('abort', close);
      const forget = () => {
        clearTimeout(timer);
        over.removeEventListener('abort', close);
      };
      all.set(login, { ...open, turn, forget });
      return true;
    },
    /** What this run left open at the login. What another run left there is closed first. */
    async take(login: Login, turn: Turn | undefined): Promise<Open | undefined> {
      const open = remove(login);
      if (open && open.turn === turn) return open;
      if (open) await closeOne(login, open);
      await closing.get(login);
      return undefined;
    },
    async close(): Promise<void> {
      for (const login of [...all.keys()]) {
        const open = remove(login);
        if (open) void closeOne(login, open);
      }
      await Promise.all(closing.values());
    },
  };
}
