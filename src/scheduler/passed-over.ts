import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import { workflowOf } from '../../pipeline/kinds.ts';
import type { SchedulerParts } from './parts.ts';

/** Closes a due time that is paused, and notes that it was passed over; false where nothing holds it back. */
export async function passedOver(
  { calendar, pauses }: Pick<SchedulerParts, 'calendar' | 'pauses'>,
  due: DueTime,
  now: Date,
  lateSeconds: number,
): Promise<boolean> {
  const pause = await pauses.holding({ workflow: workflowOf[due.kind], client: null }, now);
  if (!pause) return false;
  await pauses.passOver(pause.id, due, null);
  await calendar.close(due, { state: 'paused', runId: null, lateSeconds });
  return true;
}
