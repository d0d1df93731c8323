import { Retryable } from '../../pipeline/errors.ts';
import { sleep } from '../sleep.ts';

export type Retries = { readonly times: number; readonly firstMs: number };

/** Tries the work of a step again where its error says that this may help. */
export type Retrying = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Who is stopped tries nothing again; what was done meanwhile is kept all the same. */
export function makeRetrying(parts: {
  readonly retries: Retries;
  readonly signal: AbortSignal;
  readonly onRetry: (step: string, error: Error) => void;
}): Retrying {
  const { retries, signal } = parts;
  return async (name, work) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Retryable) || error.exhausted || tries >= retries.times) throw error;
        if (!signal.aborted) {
          parts.onRetry(name, error);
          const wait = retries.firstMs * 2 ** tries * (1 + Math.random());
          await sleep(wait + (error.retryAfterMs ?? 0), signal);
        }
        if (signal.aborted) throw error;
      }
    }
  };
}
