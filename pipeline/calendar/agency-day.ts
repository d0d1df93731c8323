import { formatInTimeZone } from 'date-fns-tz';
import type { Day } from '../vocabulary.ts';

/** The agency's zone: months, due times and "today" are Chicago's (docs/sop.md#calendar). */
const agencyZone = 'America/Chicago';

export function agencyDay(at: Date): Day {
  return formatInTimeZone(at, agencyZone, 'yyyy-MM-dd') as Day; // the format is a Day's
}
