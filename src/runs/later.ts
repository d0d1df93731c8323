import { Retryable } from '../../pipeline/errors.ts';
import { explain, inSentences } from './outcome.ts';

/** Milliseconds after which a run that met somebody who was away is tried again: after the first time, the second, … */
export type LaterTries = readonly number[];

export type Later = {
  /** Milliseconds until the run is taken up again. */
  readonly waitMs: number;
  /** Counted from 1. */
  readonly tries: number;
  /** For its card: what is the matter, and how often it will be tried. */
  readonly says: string;
};

/**
 * Whether a run that ended in this error is tried again by itself, and when: a vendor or a network that was away may be back.
 * A vendor that asks for a longer wait gets it.
 *
 * @param before how often in a row it was tried again already; a run that got further since begins anew
 * @returns null: no, it has failed
 */
export function triedLater(error: unknown, before: number, waits: LaterTries): Later | null {
  const wait = waits[before];
  if (!(error instanceof Retryable) || wait === undefined) return null;
  const left = waits.length - before;
  const says = `${inSentences({ message: explain(error).message, todo: '' })} It is tried again by itself, ${left === 1 ? 'once more' : `up to ${left} times`}.`;
  return { waitMs: Math.max(wait, error.retryAfterMs ?? 0), tries: before + 1, says };
}
