import { setImmediate } from 'node:timers/promises';

/**
 * Long work in pieces: a generator that yields wherever it may be put aside for a moment. The work stays a function of
 * its arguments; who runs it decides whether others get a turn there, and the answer is the same either way.
 */
export type InPieces<T> = Generator<void, T, void>;

export type Pace = {
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** How long others wait at most, but for the piece under way. Milliseconds. */
  readonly mostMs: number;
  /** Lets everybody else be served who waits by now. */
  readonly turn: () => Promise<unknown>;
};

/**
 * Shorter than what others may wait, because several runs may each take a share before the event loop gets to the
 * network again.
 */
const machinePace: Pace = { now: () => performance.now(), mostMs: 15, turn: () => setImmediate() };

/**
 * Runs the work and lets others have a turn whenever it has taken its share: Slack wants its answer within three seconds,
 * a login its lease renewed, whatever else this process is at. Throws what the work throws.
 */
export async function inTurns<T>(work: InPieces<T>, pace: Pace = machinePace): Promise<T> {
  let since = pace.now();
  for (;;) {
    const piece = work.next();
    if (piece.done === true) return piece.value;
    if (pace.now() - since < pace.mostMs) continue;
    await pace.turn();
    since = pace.now();
  }
}

/** Runs the work in one go: for what is known to be short, and where nobody waits. */
export function atOnce<T>(work: InPieces<T>): T {
  for (;;) {
    const piece = work.next();
    if (piece.done === true) return piece.value;
  }
}

/** `map`, an item a piece. */
export function* each<Item, Made>(items: Iterable<Item>, make: (item: Item, index: number) => Made): InPieces<Made[]> {
  const made: Made[] = [];
  for (const item of items) {
    made.push(make(item, made.length));
    yield;
  }
  return made;
}
