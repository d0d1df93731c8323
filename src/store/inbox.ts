import { z } from 'zod';
import type { Cipher } from './secrets.ts';
import { may, must, type Db } from './db.ts';

const deliveryKinds = ['command', 'action', 'view', 'event'] as const;
type DeliveryKind = (typeof deliveryKinds)[number];

/** Something a person did in Slack, and whose work it is. */
export type InboxRow = {
  readonly id: string;
  readonly kind: DeliveryKind;
  readonly route: string;
  /** What came, as JSON; null where it cannot be opened with the key at hand. */
  readonly payload: string | null;
  readonly tries: number;
};

const Claimed = z.object({
  id: z.string(),
  kind: z.enum(deliveryKinds),
  route: z.string(),
  payload: z.string().nullable(),
  tries: z.number(),
});

export type InboxOutcome = 'done' | 'failed' | 'given up';
export type InboxStore = ReturnType<typeof makeInboxStore>;

/** `slack_inbox`: written before Slack hears that something arrived, kept until it is done. Payloads are sealed. */
export function makeInboxStore(db: Db, cipher: Cipher) {
  const opened = (sealed: string | null) => {
    if (sealed === null) return null;
    try {
      return cipher.open(sealed);
    } catch {
      return null;
    }
  };

  return {
    /** True the first time: the delivery is then `worker`'s for so many seconds. */
    async receive(delivery: Omit<InboxRow, 'tries'>, worker: string, seconds: number): Promise<boolean> {
      return must(
        await db.rpc('receive_delivery', {
          p_id: delivery.id,
          p_kind: delivery.kind,
          p_route: delivery.route,
          p_payload: cipher.seal(delivery.payload ?? ''),
          p_worker: worker,
          p_seconds: seconds,
        }),
      );
    },

    /** Who holds deliveries that are not done. */
    async workers(): Promise<string[]> {
      const rows = must(await db.from('slack_inbox').select('claimed_by').is('done_at', null).limit(1_000));
      return [...new Set(rows.flatMap(({ claimed_by }) => claimed_by ?? []))];
    },

    /** One that nobody works on, because its time ran out or its worker is one of `gone`; null where there is none. */
    async claim(worker: string, seconds: number, gone: readonly string[]): Promise<InboxRow | null> {
      const row = may(await db.rpc('claim_delivery', { p_worker: worker, p_seconds: seconds, p_gone: [...gone] }));
      if (row === null) return null;
      const claimed = Claimed.parse(row);
      return { ...claimed, payload: opened(claimed.payload) };
    },

    /** The worker goes on; false where it is done or another has it. */
    async hold(id: string, worker: string, seconds: number): Promise<boolean> {
      return must(await db.rpc('hold_delivery', { p_id: id, p_worker: worker, p_seconds: seconds }));
    },

    /** Its payload goes in the same moment. */
    async close(id: string, worker: string, outcome: InboxOutcome): Promise<void> {
      may(await db.rpc('close_delivery', { p_id: id, p_worker: worker, p_outcome: outcome }));
    },

    /** Its person was told that nothing was done: nobody takes it up, also where its row arrives later than this. */
    async withdraw(delivery: Pick<InboxRow, 'id' | 'kind' | 'route'>, worker: string): Promise<void> {
      may(
        await db.rpc('withdraw_delivery', {
          p_id: delivery.id,
          p_kind: delivery.kind,
          p_route: delivery.route,
          p_worker: worker,
        }),
      );
    },
  };
}
