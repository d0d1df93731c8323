import { overdue, overdueSettled } from '../../blocks/overdue.ts';
import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import type { CliConfig } from '../config.ts';
import { commandFor } from '../reports/passed-over.ts';
import { holderWords } from '../runs/holder.ts';
import type { Store } from '../store/index.ts';
import type { WatcherParts } from './index.ts';

export const purposeOf = ({ kind, day }: Pick<DueTime, 'kind' | 'day'>): string => `overdue: ${kind} ${day}`;

/**
 * What the watcher says in Slack: one message for each due time, which says in the end what became of it.
 *
 * @param place a channel or a person
 * @param nudge an outbox of this process looks at once
 */
export function overdueMessages(
  { messages }: Pick<Store, 'messages'>,
  config: Pick<CliConfig, 'LEADOPS_ADMINS' | 'CATCH_UP_HOURS'>,
  place: string | null,
  nudge: () => void = () => undefined,
): WatcherParts['say'] {
  return {
    async overdue(due, lastTick) {
      if (place === null) return;
      const message = overdue({
        due,
        admin: config.LEADOPS_ADMINS[0] ?? null,
        lastTick,
        claimedBy: due.claimedBy === null ? null : holderWords(due.claimedBy),
        command: commandFor({ ...due, client: null }),
        graceHours: config.CATCH_UP_HOURS,
      });
      await messages.want({ runId: null, purpose: purposeOf(due), channel: place, ...message });
      nudge();
    },
    async closed(row) {
      const before = row.state === 'due' ? null : await messages.find(null, purposeOf(row));
      if (!before || row.state === 'due') return;
      const message = overdueSettled(row, row.state, (row.lateSeconds ?? 0) * 1_000);
      await messages.want({ runId: null, purpose: purposeOf(row), channel: before.channel, ...message });
      nudge();
    },
  };
}
