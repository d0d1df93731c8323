import type { DueHandler } from './parts.ts';

/**
 * Nothing is started that nobody would see: without a channel or a person to show it to, a due time is closed as `off`.
 *
 * @param place a channel or a person; null: nobody
 */
export function whereSeen(place: string | null | undefined, handler: DueHandler): DueHandler {
  if (place) return handler;
  return { ...handler, start: () => Promise.resolve({ state: 'off', runId: null }) };
}
