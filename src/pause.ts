import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves after the time, or at once when the signal is given. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, signal && { signal }).catch(() => undefined);
}
