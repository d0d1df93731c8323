import { leadLimit } from './import.ts';
import type { Campaign, Lead, Workspace } from './world.ts';

export type AttachResult = {
  readonly added: number;
  /** Leads not added, by reason; the vendor names none of them for a list. */
  readonly refused: {
    readonly alreadyThere: number;
    readonly otherSequence: number;
    readonly bounced: number;
    readonly unsubscribed: number;
  };
};

export const nothingAdded: AttachResult = {
  added: 0,
  refused: { alreadyThere: 0, otherSequence: 0, bounced: 0, unsubscribed: 0 },
};

/** How many leads stand in the campaign or are on their way into it. */
export const held = ({ members, waiting }: Campaign): number =>
  waiting.reduce((sum, { leads }) => sum + leads.length, members.size);

type Why = keyof AttachResult['refused'];

/** Why a lead cannot be added, or null. */
export function refusalOf(workspace: Workspace, campaign: Campaign, lead: Lead, parallel: boolean): Why | null {
  if (lead.campaigns.has(campaign.id)) return 'alreadyThere';
  if (lead.status === 'bounced' || lead.status === 'unsubscribed') return lead.status;
  const elsewhere = [...lead.campaigns].some(([id, state]) => {
    const other = workspace.campaigns.get(id);
    return state === 'in_sequence' && other !== undefined && !isOver(other);
  });
  return elsewhere && !parallel ? 'otherSequence' : null;
}

/** Takes no more leads. */
export const isOver = ({ status }: Campaign): boolean => status === 'completed' || status === 'archived';

/** Null when the campaign would hold more than it can: then nothing is added. */
export function attach(
  workspace: Workspace,
  campaign: Campaign,
  leads: Iterable<Lead>,
  { now, parallel }: { readonly now: number; readonly parallel: boolean },
): AttachResult | null {
  const refused = { ...nothingAdded.refused };
  const added: Lead[] = [];
  for (const lead of leads) {
    const why = refusalOf(workspace, campaign, lead, parallel);
    if (why) refused[why] += 1;
    else added.push(lead);
  }
  if (held(campaign) + added.length > leadLimit) return null;
  for (const lead of added) lead.campaigns.set(campaign.id, 'in_sequence');
  if (campaign.status === 'active' && added.length > 0) campaign.waiting.push({ since: now, leads: added });
  else for (const lead of added) campaign.members.set(lead.id, lead);
  return { added: added.length, refused };
}

/**
 * Lets waiting leads in once the campaign's sync is due. The sync is counted from the first that waits and takes those
 * that joined it meanwhile; it is looked at whenever the campaign is, so a business clock may jump.
 */
export function sync(campaign: Campaign, { now, everyMs }: { readonly now: number; readonly everyMs: number }): void {
  for (let first = campaign.waiting[0]; first && now >= first.since + everyMs; first = campaign.waiting[0]) {
    const due = first.since + everyMs;
    for (const lead of campaign.waiting.filter(({ since }) => since <= due).flatMap(({ leads }) => leads)) {
      campaign.members.set(lead.id, lead);
    }
    campaign.waiting = campaign.waiting.filter(({ since }) => since > due);
    campaign.updatedAt = due;
  }
}

/** @returns how many were taken out; those who were not in it are passed over. */
export function detach(campaign: Campaign, leads: readonly Lead[]): number {
  const here = leads.filter((lead) => lead.campaigns.delete(campaign.id));
  const gone = new Set(here);
  for (const { id } of here) campaign.members.delete(id);
  campaign.waiting = campaign.waiting
    .map(({ since, leads: waiting }) => ({ since, leads: waiting.filter((lead) => !gone.has(lead)) }))
    .filter(({ leads: waiting }) => waiting.length > 0);
  return here.length;
}
