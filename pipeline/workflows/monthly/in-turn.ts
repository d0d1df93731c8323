import type { Client } from '../../vocabulary.ts';

/**
 * The order in which the month's pulls are started. A state's login serves one pull at a time, so that pulls of different
 * states go first: each time the client whose busiest state has the fewest pulls before it. Among equals the order that was
 * given stays.
 */
export function inTurnOfStates<One extends Pick<Client, 'states'>>(clients: readonly One[]): One[] {
  const before = new Map<string, number>();
  const waits = ({ states }: One) => Math.max(0, ...states.map((state) => before.get(state) ?? 0));
  const left = [...clients];
  const order: One[] = [];
  while (left.length > 0) {
    const least = Math.min(...left.map(waits));
    const [next] = left.splice(
      left.findIndex((one) => waits(one) === least),
      1,
    );
    if (!next) break;
    for (const state of next.states) before.set(state, (before.get(state) ?? 0) + 1);
    order.push(next);
  }
  return order;
}
