import { z } from 'zod';
import { agencyDay } from '../pipeline/calendar/agency-day.ts';
import type { Day } from '../pipeline/vocabulary.ts';

/**
 * Business time: months, due times, expiries. Leases, tokens and signatures use the machine's (or the database's) own
 * clock and never this one.
 */
export type Clock = { now(): Date };

export const machineClock: Clock = { now: () => new Date() };

/**
 * A moment of the machine's clock (when a run wakes, since when it waits) as people read it: by the business clock, which in
 * the demo and in tests is another.
 */
export const asBusinessTime = (clock: Clock, at: Date): Date =>
  new Date(at.getTime() + clock.now().getTime() - Date.now());

export const today = (clock: Clock): Day => agencyDay(clock.now());

const Answer = z.object({ now: z.iso.datetime({ offset: true }) });

/**
 * A clock that follows a server's `GET / → {"now": "<ISO>"}`: the offset to the machine's clock is fetched now and
 * every `everyMs`; between two answers and while the server is away it runs on by itself.
 */
export async function followClock(url: string, everyMs = 500): Promise<Clock & { stop(): void }> {
  let offset = 0;
  const ask = async () => {
    const answer = Answer.parse(await (await fetch(url, { signal: AbortSignal.timeout(2_000) })).json());
    offset = new Date(answer.now).getTime() - Date.now();
  };
  await ask();
  const timer = setInterval(() => void ask().catch(() => undefined), everyMs);
  timer.unref();
  return { now: () => new Date(Date.now() + offset), stop: () => clearInterval(timer) };
}
