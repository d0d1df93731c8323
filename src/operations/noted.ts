import { InvalidInput } from '../../pipeline/errors.ts';
import type { Store } from '../store/index.ts';
import { Refused } from './refused.ts';
import type { Who } from './who.ts';

/** What was done: what is said of it, and what the audit keeps. No person of a lead list in it. */
export type Done = {
  readonly says: string | readonly string[];
  /** False: it found nothing to change, and nothing is noted. */
  readonly changed?: boolean;
  readonly subject?: string;
  readonly runId?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
};

/**
 * Does what changes something, and notes it with who did it. What was refused changed nothing; what broke off in the middle may
 * have, and is noted as such.
 *
 * @param what as the audit names it: `members set`
 */
export async function noted(
  { store }: { readonly store: Pick<Store, 'runs'> },
  who: Who,
  what: string,
  deed: () => Promise<Done>,
): Promise<Done> {
  try {
    const done = await deed();
    const { says: _says, changed = true, ...line } = done;
    if (changed) await store.runs.audit({ who: who.id, what, ...line });
    return done;
  } catch (error) {
    const refused = error instanceof InvalidInput || error instanceof Refused;
    if (!refused) await store.runs.audit({ who: who.id, what, facts: { brokeOff: true } });
    throw error;
  }
}
