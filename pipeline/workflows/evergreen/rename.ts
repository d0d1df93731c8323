import { evergreenTitle } from '../../evergreen-title.ts';
import { NeedsHuman } from '../../errors.ts';
import type { Campaign, Renamed } from '../../ports/bison.ts';
import type { Using } from '../../ports/using.ts';
import type { RunContext } from '../../workflow.ts';
import { workspaceOf } from '../../uploads/workspace.ts';
import type { Client, RenewalWindow } from '../../vocabulary.ts';
import { campaignNow } from './campaign.ts';

export type RenamePorts = Using<{ bison: true; evergreen: 'campaign' }>;

/**
 * Names the campaign after a window and keeps all its settings: read, all sent back, read again, compared.
 *
 * @param campaign as it was read before anything was done to it
 * @returns null where it has that title already
 */
export function renameTo(
  context: RunContext<Client, RenamePorts>,
  campaign: Campaign,
  window: RenewalWindow,
): Promise<Renamed | null> {
  return giveTitle(context, campaign, evergreenTitle(window));
}

export async function giveTitle(
  context: RunContext<Client, RenamePorts>,
  campaign: Campaign,
  to: string,
): Promise<Renamed | null> {
  const { ports, client, step, once } = context;
  if (campaign.name === to) return null;
  const workspace = workspaceOf(client);
  const told = await step('what was told of its switches', async () => {
    const ledger = await ports.evergreen.campaign(client.slug);
    // What the ledger knows of another campaign does not apply to this one.
    return ledger?.campaignId === campaign.id ? ledger.told : {};
  });
  const rename = { campaign, to, told };
  return once(
    'rename the campaign',
    async () => {
      const now = await campaignNow(context, campaign);
      if (now.name !== campaign.name) {
        throw new NeedsHuman('CHECK', `Somebody renamed “${campaign.name}” to “${now.name}” meanwhile.`, {
          todo: `Give it its title back (or the new one, “${to}”), then press "Try again".`,
        });
      }
      return (await ports.bison(workspace)).rename(workspace, { ...rename, campaign: now });
    },
    async () => (await ports.bison(workspace)).renamed(workspace, rename),
  );
}
