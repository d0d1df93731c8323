import type { Month } from '../../pipeline/vocabulary.ts';
import type { NewRun } from '../../src/store/runs/row.ts';

/** A pull of lakeside's March 2027 that somebody asked for just now, but for what the test says. */
export const newRun = (more: Partial<NewRun> = {}): NewRun => ({
  workflow: 'pull-leads',
  client: 'lakeside',
  month: '2027-03' as Month, // a real month, written here
  key: 'k',
  trigger: 'manual',
  requestedBy: null,
  channel: null,
  dryRun: false,
  args: {},
  askedAt: new Date(),
  ...more,
});
