import type { CampaignSettings } from '../settings.ts';
import type { Campaign, InCampaign } from './world.ts';

/** The API takes these for false when they are not sent; the pages always send all. */
export const switches = ['plain_text', 'open_tracking', 'reputation_building', 'can_unsubscribe'] as const;
export type Switch = (typeof switches)[number];

export type Change = { readonly name?: string } & Partial<CampaignSettings>;

/**
 * Changes what was sent, keeps the rest, except the switches when `forgetful`.
 * @returns the switches that were on and are off now because nobody sent them.
 */
export function change(
  campaign: Campaign,
  { name, ...sent }: Change,
  { now, forgetful }: { readonly now: number; readonly forgetful: boolean },
): readonly Switch[] {
  const lost = forgetful ? switches.filter((each) => sent[each] === undefined && campaign.settings[each]) : [];
  const assumed = forgetful ? Object.fromEntries(switches.map((each) => [each, false])) : {};
  campaign.settings = { ...campaign.settings, ...assumed, ...sent };
  campaign.name = name ?? campaign.name;
  campaign.updatedAt = now;
  return lost;
}

/** How many of a campaign's people stand where. */
export function standing({ id, members }: Campaign): Readonly<Record<InCampaign, number>> {
  const people: Record<InCampaign, number> = { in_sequence: 0, sequence_finished: 0, bounced: 0, unsubscribed: 0 };
  for (const lead of members.values()) people[lead.campaigns.get(id) ?? 'in_sequence'] += 1;
  return people;
}
