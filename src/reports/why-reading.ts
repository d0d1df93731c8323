import type { IntentConfig } from '../../pipeline/intent/config.ts';
import type { Store } from '../store/index.ts';
import type { ScheduleReading } from './schedule.ts';

/** What an answer to "why did nothing happen" rests on. */
export type WhyReading = Omit<ScheduleReading, 'store'> & {
  readonly store: Pick<
    Store,
    'calendar' | 'pauses' | 'clients' | 'credentials' | 'runs' | 'approvals' | 'leases' | 'credits'
  >;
  readonly intentConfig: IntentConfig;
};
