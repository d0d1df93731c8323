import express from 'express';
import { control, serve, type StandIn } from '../kit.ts';

export type ClockStandIn = StandIn & {
  /** Business time, epoch milliseconds. */
  now(): number;
  /** Moves the clock to a moment; it goes on from there. */
  set(moment: string): void;
  /** Waits until a follower has taken over the time it was last set to: by its second question, the first was answered. */
  followed(): Promise<void>;
};

/**
 * A clock with an address: `GET /` answers `{"now": "<ISO>"}`. It starts at a given moment and runs at the machine's
 * pace; `POST /_control/fault {"now": "<ISO>"}` moves it.
 */
export async function startClock({ start, port = 0 }: { start: string; port?: number }): Promise<ClockStandIn> {
  let offset = 0;
  const set = (moment: string) => {
    const at = Date.parse(moment);
    if (Number.isNaN(at)) throw new Error(`"${moment}" is no moment`);
    offset = at - Date.now();
  };
  set(start);
  const now = () => Date.now() + offset;
  let waiting: { questions: number; done: () => void }[] = [];
  const asked = () => {
    for (const one of waiting) one.questions += 1;
    for (const { done } of waiting.filter(({ questions }) => questions > 1)) done();
    waiting = waiting.filter(({ questions }) => questions < 2);
  };
  const followed = () => new Promise<void>((done) => void waiting.push({ questions: 0, done }));
  const app = express();
  app.get('/', (_request, response) => {
    asked();
    response.json({ now: new Date(now()).toISOString() });
  });
  control(app, {
    stats: () => ({ now: new Date(now()).toISOString() }),
    fault: (fault) => {
      if (typeof fault.now === 'string') set(fault.now);
    },
    reset: () => set(start),
  });
  const standIn = await serve('clock', app, port);
  return { name: standIn.name, url: standIn.url, close: () => standIn.close(), now, set, followed };
}
