import { ownerCard } from '../../blocks/run-card.ts';
import type { Message } from '../../blocks/kit.ts';
import { payloadOf } from '../../pipeline/questions.ts';
import type { Run } from '../../pipeline/run.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import type { Store } from '../store/index.ts';

export type OwnerCard = { readonly purpose: `owner: ${string}`; readonly owner: string; readonly message: Message };

type Reading = Pick<Store, 'approvals' | 'credentials' | 'messages' | 'clients'>;

/**
 * What the owners of vendor logins are told, each in a message of their own: a login that was refused, or asks for
 * something only they have. Locked once somebody took care of it. Of an owner who is away the backup is told, and for whom.
 *
 * @param otherwise who is told where a login has no owner
 * @param day of the agency
 */
export async function ownerCards(
  store: Reading,
  run: Run,
  clientName: string | null,
  otherwise: string | null,
  day: Day,
): Promise<readonly OwnerCard[]> {
  const asked = (await store.approvals.ofRun(run.id)).filter((row) => payloadOf('human', row)?.login !== undefined);
  if (asked.length === 0) return [];
  const logins = await store.credentials.list();
  const cards: OwnerCard[] = [];
  for (const row of asked) {
    const [site, state = ''] = payloadOf('human', row)?.login?.split(':') ?? [];
    const owner = logins.find((login) => login.site === site && login.state === state)?.owner ?? otherwise;
    if (owner === null) continue;
    const decision = row.state === 'pending' ? null : { by: row.decidedBy, at: row.decidedAt };
    const acting = await store.clients.actingFor(owner, day);
    const purpose = `owner: ${row.round}` as const;
    const instead = `${purpose}, ${acting} for them` as const;
    // Who was told first (before the absence began, or before it ended) sees how it went on as well.
    const told = async (one: string) => (await store.messages.find(run.id, one)) !== null;
    if (acting === owner || (await told(purpose)))
      cards.push({ purpose, owner, message: ownerCard(run, clientName, row, decision) });
    if (acting !== owner) {
      const message = ownerCard(run, clientName, row, decision, owner);
      cards.push({ purpose: instead, owner: acting, message });
    }
  }
  return cards;
}
