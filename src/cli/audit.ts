import { userInfo } from 'node:os';
import { InvalidInput } from '../../pipeline/errors.ts';
import type { Store } from '../store/index.ts';
import type { StoredRun } from '../store/runs/row.ts';

/** Who acts from the command line, as the audit names them: the system's user. */
export function commandLineUser(): string {
  try {
    return `cli:${userInfo().username}`;
  } catch {
    // A container may run under a number that has no name.
    return `cli:${process.getuid?.() ?? 'unknown'}`;
  }
}

/** What a verb that changes something did: what it says, and what the audit keeps. No person of a lead list in it. */
export type Done = {
  readonly says: string | readonly string[];
  /** False: it found nothing to change, and nothing is noted. */
  readonly changed?: boolean;
  readonly subject?: string;
  readonly runId?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
};

/**
 * Does what changes something, and notes it with who did it. What was refused as wrong input changed nothing; what broke off
 * in the middle may have, and is noted as such.
 *
 * @param what the verb as it is typed: `members set`
 */
export async function changing(
  store: Pick<Store, 'runs'>,
  what: string,
  deed: () => Promise<Done>,
): Promise<string | readonly string[]> {
  const who = commandLineUser();
  try {
    const { says, changed = true, ...line } = await deed();
    if (changed) await store.runs.audit({ who, what, ...line });
    return says;
  } catch (error) {
    if (!(error instanceof InvalidInput)) await store.runs.audit({ who, what, facts: { brokeOff: true } });
    throw error;
  }
}

/** Notes a run that a verb started; one that was live already is somebody else's. */
export async function noteStarted(
  store: Pick<Store, 'runs'>,
  what: string,
  { created, run }: { readonly created: boolean; readonly run: StoredRun },
): Promise<void> {
  if (!created) return;
  await store.runs.audit({
    who: commandLineUser(),
    what,
    runId: run.id,
    subject: run.key,
    facts: { dryRun: run.dryRun, trigger: run.trigger },
  });
}
