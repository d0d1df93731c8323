import type { NewRun } from '../../src/store/runs/row.ts';
import { month } from './branded.ts';

/** A pull of lakeside's March 2027 that somebody asked for just now, but for what the test says. */
export const newRun = (more: Partial<NewRun> = {}): NewRun => ({
  workflow: 'pull-leads',
  client: 'lakeside',
  month: month('2027-03'),
  key: 'k',
  trigger: 'manual',
  requestedBy: null,
  channel: null,
  dryRun: false,
  args: {},
  askedAt: new Date(),
  ...more,
});
