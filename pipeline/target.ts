import type { Client, Tier } from './vocabulary.ts';

/** Cleaned leads a month per tier (docs/sop.md#targets). */
const targets: Readonly<Record<Tier, number>> = { 100: 15_000, 200: 30_000 };

/** Cleaned leads a month: the client's own number, else its tier's. */
export function targetOf(client: Pick<Client, 'target' | 'tier'>): number {
  return client.target ?? targets[client.tier];
}
