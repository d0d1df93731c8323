import type { CampaignId } from '../ports/bison.ts';
import type { LedgerCampaign } from '../ports/uploads.ts';
import type { Client } from '../vocabulary.ts';

export type WantedCampaign = {
  readonly id: CampaignId | null;
  /** The clients' YAML names it since the last choice: where it cannot be found, no other one is taken without asking. */
  readonly named: boolean;
};

/**
 * Which campaign is a client's: what the ledger has, unless the clients' YAML names another one than when that was
 * chosen. So a full campaign is left by naming the next one in the YAML, while an id that has stood there all the time
 * does not undo a choice made since.
 */
export function wantedCampaign(
  { campaignId }: Pick<Client, 'campaignId'>,
  ledger: Pick<LedgerCampaign, 'campaignId' | 'configuredId'> | null,
): WantedCampaign {
  const configured = campaignId as CampaignId | null; // as a person took it from Bison
  const named = configured !== null && configured !== ledger?.configuredId && configured !== ledger?.campaignId;
  return { id: named ? configured : (ledger?.campaignId ?? null), named };
}
