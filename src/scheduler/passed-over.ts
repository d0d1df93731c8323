import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import { workflowOf } from '../../pipeline/kinds.ts';
import type { SchedulerParts } from './parts.ts';

/**
 * Closes a due time that is paused, and notes that it was passed over; false where nothing holds it back. What was due within a
 * pause is passed over however late somebody looks, and so is what would be started now that it is paused.
 *
 * @param startable false where it is too late to be started anyway: then only a pause counts that held when it was due
 */
export async function passedOver(
  { calendar, pauses }: Pick<SchedulerParts, 'calendar' | 'pauses'>,
  due: DueTime,
  now: Date,
  { lateSeconds, startable }: { readonly lateSeconds: number; readonly startable: boolean },
): Promise<boolean> {
  const scope = { workflow: workflowOf[due.kind], client: null };
  const then = await pauses.holding(scope, due.at);
  const heldThen = then !== null && then.since <= due.at;
  const pause = heldThen ? then : startable ? await pauses.holding(scope, now) : null;
  if (!pause) return false;
  await pauses.passOver(pause.id, due, null);
  await calendar.close(due, { state: 'paused', runId: null, lateSeconds });
  return true;
}
