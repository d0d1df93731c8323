import { ownerCard } from '../../blocks/run-card.ts';
import type { Message } from '../../blocks/kit.ts';
import type { Run } from '../../pipeline/run.ts';
import type { Store } from '../store/index.ts';

export type OwnerCard = { readonly purpose: string; readonly owner: string; readonly message: Message };

/**
 * What the owners of vendor logins are told, each in a message of their own: a login that was refused, or asks for
 * something only they have. Locked once somebody took care of it.
 *
 * @param otherwise who is told where a login has no owner
 */
export async function ownerCards(
  store: Pick<Store, 'approvals' | 'credentials'>,
  run: Run,
  clientName: string | null,
  otherwise: string | null,
): Promise<readonly OwnerCard[]> {
  const asked = (await store.approvals.ofRun(run.id)).filter(
    (row) => row.kind === 'human' && typeof row.payload.login === 'string',
  );
  if (asked.length === 0) return [];
  const logins = await store.credentials.list();
  return asked.flatMap((row): OwnerCard[] => {
    const [site, state = ''] = String(row.payload.login).split(':');
    const owner = logins.find((login) => login.site === site && login.state === state)?.owner ?? otherwise;
    if (owner === null) return [];
    const decision = row.state === 'pending' ? null : { by: row.decidedBy, at: row.decidedAt };
    return [{ purpose: `owner: ${row.round}`, owner, message: ownerCard(run, clientName, row, decision) }];
  });
}
