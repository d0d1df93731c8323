import type { Turn } from '../../connectors/browser/login.ts';

/** So many runs work at once. Who comes back from a wait goes before who has not begun. */
export type Places = { take(backAgain?: boolean): Promise<void>; free(): void };

export function makePlaces(count: number): Places {
  let left = count;
  const back: (() => void)[] = [];
  const fresh: (() => void)[] = [];
  return {
    take(backAgain = false) {
      if (left > 0) {
        left -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => (backAgain ? back : fresh).push(resolve));
    },
    free() {
      const next = back.shift() ?? fresh.shift();
      if (next) next();
      else left += 1;
    },
  };
}

/** One run's place among those that work. It is given back while every step under way waits for a login. */
export type Place = {
  readonly turn: Turn;
  take(): Promise<void>;
  /** Works on a step, once the run has a place. */
  inStep<T>(work: () => Promise<T>): Promise<T>;
  leave(): void;
};

/**
 * @param signal the run is to stop: its waits end
 * @param stands says where in a login's queue the run stands
 */
export function makePlace(places: Places, signal: AbortSignal, stands: Turn['stands']): Place {
  let holds = false;
  let steps = 0;
  let waits = 0;
  let taking: Promise<void> | undefined;
  const giveBack = () => {
    if (!holds || waits === 0 || waits < steps) return;
    holds = false;
    places.free();
  };
  const hold = async () => {
    if (holds) return;
    taking ??= places.take(true).then(() => {
      holds = true;
      taking = undefined;
    });
    await taking;
  };
  return {
    turn: {
      signal,
      stands,
      waits() {
        waits += 1;
        giveBack();
      },
      goesOn() {
        waits -= 1;
        return hold();
      },
      leaves() {
        waits -= 1;
      },
    },
    async take() {
      await places.take();
      holds = true;
    },
    async inStep(work) {
      steps += 1;
      try {
        await hold();
        return await work();
      } finally {
        steps -= 1;
        // Runs after the branch's next step, if there is one, has begun: a run between two steps does not count as
        // waiting.
        setImmediate(giveBack);
      }
    },
    leave() {
      if (holds) places.free();
      holds = false;
    },
  };
}
