import { formatInTimeZone } from 'date-fns-tz';
import type { Day } from '../vocabulary.ts';
import { agencyZone } from './hours.ts';

export function agencyDay(at: Date): Day {
  return formatInTimeZone(at, agencyZone, 'yyyy-MM-dd') as Day; // the format is a Day's
}
