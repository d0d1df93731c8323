import type { BrowserIdentity } from './chromium.ts';

/** A login of a vendor: `cole:TX`, `clay`. */
export type Login = string;

/** A login held by this process, honoured by every other (src/ keeps it in a row). */
export type LeaseHold = {
  /** When the claim that brought it began, by `performance.now()`. */
  readonly since?: number;
  /** Says "still working". @throws Retryable where nobody could be told · any other error where the lease is lost */
  renew(): Promise<void>;
  release(): Promise<void>;
};

export type LoginLease = {
  /** Waits until the login is free, or its holder is dead and its browser ended, and nobody has waited longer. */
  acquire(login: Login, browser: BrowserIdentity, signal: AbortSignal, queue: LoginQueue): Promise<LeaseHold>;
};

type LoginQueue = {
  /** Milliseconds this work has waited so far. */
  readonly waited: () => number;
  /** Somebody else has the login; so many others come before this work. */
  readonly waits: (ahead: number) => void;
};

/** The run whose work asks for a login. While all it does is wait it takes up no place among those that work. */
export type Turn = {
  /** Aborted: whoever only waits leaves the queue. Work that has begun goes on. */
  readonly signal: AbortSignal;
  /** A piece of work waits for a login. */
  waits(): void;
  /** Where in the queue it stands: `ahead` others come first. */
  stands(login: Login, ahead: number): void;
  /** The wait is over: resolves when the run has a place to work. */
  goesOn(): Promise<void>;
  /** The wait is over and nothing was done. */
  leaves(): void;
};
