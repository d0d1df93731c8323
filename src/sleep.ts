import { setTimeout } from 'node:timers/promises';

/** Resolves after the time, or at once when the signal is given. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return setTimeout(milliseconds, undefined, signal && { signal }).catch(() => undefined);
}
