import type { PassedLine } from '../../blocks/pauses.ts';
import { monthOfThe15th, stillUseful } from '../../pipeline/calendar/passed-over.ts';
import type { Store } from '../store/index.ts';
import type { PassedOver } from '../store/pauses.ts';

type Reading = Pick<Store, 'pauses' | 'calendar' | 'clients' | 'runs'>;

/** What a pause passed over, as it stands at that time, with what a shell types for it. */
export async function passedOverBy(
  store: Reading,
  pauseId: number,
  now: Date,
): Promise<(PassedLine & { readonly command: string })[]> {
  const rows = await store.pauses.passedOver(pauseId);
  const taken = await store.runs.some(rows.flatMap(({ runId }) => (runId === null ? [] : [runId])));
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      due: row,
      at: (await store.calendar.find(row))?.at ?? null,
      clientName: row.client === null ? null : ((await store.clients.get(row.client))?.name ?? row.client),
      useful: stillUseful(row, now),
      taken: taken.find(({ id }) => id === row.runId) ?? null,
      command: commandFor(row),
    })),
  );
}

/** What a shell types to do what was due. */
export function commandFor({ kind, day, client }: Pick<PassedOver, 'kind' | 'day' | 'client'>): string {
  switch (kind) {
    case 'monthly':
      return client === null ? '`leadops monthly`' : `\`leadops pull ${client} ${monthOfThe15th(day)}\``;
    case 'monday':
      return `\`leadops weekly --monday ${day}${client === null ? '' : ` --client ${client}`}\``;
    case 'intent':
      return '`leadops intent run`';
    case 'check':
      return '`leadops check`';
  }
}
