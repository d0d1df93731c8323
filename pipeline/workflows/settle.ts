import { count } from '../counting.ts';
import type { Phase } from '../phases.ts';
import type { Using } from '../ports/using.ts';
import { isLive, type Run } from '../run.ts';
import type { RunContext } from '../workflow.ts';
import type { Client } from '../vocabulary.ts';

export type SettlePorts = Using<{ children: 'all'; settings: 'sync' }>;

/** A child that takes longer is named in the message, and goes on. */
const patienceMs = 12 * 3_600_000;

/** A child that is over, or that parked itself on a question to a person. */
export const isSettled = (run: Run): boolean => run.status === 'waiting' || !isLive(run);

/**
 * A run that started others sleeps until every one of them is settled. Each of them wakes it at its end; the time between
 * two looks is for what wakes nobody.
 *
 * @param of whom it waits for, and the step (`name`) that remembers it
 * @param settled whether the parent waits for this one no longer
 */
export async function settle<Ports extends SettlePorts>(
  { ports, until, progress }: Pick<RunContext<Client | null, Ports>, 'ports' | 'until' | 'progress'>,
  of: { readonly phase: Phase; readonly name: string; readonly ids: readonly string[] },
  settled: (context: { readonly ports: Ports }, run: Run) => Promise<boolean> = (_context, run) =>
    Promise.resolve(isSettled(run)),
): Promise<void> {
  const { phase, name, ids } = of;
  if (ids.length === 0) return;
  progress({ phase, detail: count(ids.length, 'client run') });
  await until(
    name,
    async () => {
      for (const child of await ports.children.all(ids)) if (!(await settled({ ports }, child))) return undefined;
      return true;
    },
    { everyMs: ports.settings.sync.everyMs, atMostMs: patienceMs },
  );
}
