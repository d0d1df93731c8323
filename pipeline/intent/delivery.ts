import type { Batch, Recipients } from '../ports/intent.ts';
import type { Delivery } from '../ports/mail.ts';

/**
 * Where a batch stands with its recipients:
 * - `delivered`: everybody has it, or somebody said that it arrived;
 * - `maybe`: some mail was handed over and never answered: a person decides whether it is sent again;
 * - `undelivered`: some recipient was refused or put off;
 * - `waiting`: nothing was sent yet.
 */
export type DeliveryState = 'delivered' | 'maybe' | 'undelivered' | 'waiting';

export function deliveryState({ deliveredBy, recipients }: Pick<Batch, 'deliveredBy' | 'recipients'>): DeliveryState {
  if (deliveredBy !== null) return 'delivered';
  const outcomes = Object.values(recipients).map(({ outcome }) => outcome);
  if (outcomes.length === 0) return 'waiting';
  return outcomes.some((outcome) => outcome === 'maybe' || outcome === 'sending') ? 'maybe' : 'undelivered';
}

const each = (addresses: readonly string[]) => [...new Set(addresses.map((address) => address.toLowerCase()))];

/** Those who do not have it yet, as far as is known. */
export function outstanding(to: readonly string[], known: Recipients): readonly string[] {
  return each(to).filter((address) => known[address]?.outcome !== 'accepted');
}

/** Only today's recipients count: somebody who was taken off the list since is ignored. */
export function ofThese(known: Recipients, to: readonly string[]): Recipients {
  return Object.fromEntries(
    each(to).flatMap((address) => (known[address] === undefined ? [] : [[address, known[address]]])),
  );
}

export function withOutcome(to: readonly string[], outcome: 'sending' | 'maybe' | 'temporary', reply = ''): Recipients {
  return Object.fromEntries(to.map((address) => [address, { outcome, reply }]));
}

export function recipientsOf(delivery: Delivery): Recipients {
  return Object.fromEntries(delivery.recipients.map(({ address, outcome, reply }) => [address, { outcome, reply }]));
}

/** Addresses with one of these outcomes. */
export function having(recipients: Recipients, ...outcomes: readonly string[]): readonly string[] {
  return Object.entries(recipients)
    .filter(([, { outcome }]) => outcomes.includes(outcome))
    .map(([address]) => address);
}
