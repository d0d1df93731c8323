import { pino } from 'pino';
import { sweep } from '../../src/retention/index.ts';
import type { Store } from '../../src/store/index.ts';

/** The retention's sweep as it runs at this time, with the settings' own days: 90 for people, 30 for traces. */
export const sweepAt = (store: Store, now: string) =>
  sweep({ store, clock: { now: () => new Date(now) }, log: pino({ level: 'silent' }), days: 90, traceDays: 30 });
