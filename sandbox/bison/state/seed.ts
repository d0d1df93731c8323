import type { Campaign, Lead, Workspace, World } from './world.ts';

const given = ['Avery', 'Bellamy', 'Corin', 'Darcy', 'Ellis', 'Frankie', 'Greer', 'Harper', 'Indigo', 'Jules'];
const family = ['Ashdown', 'Brackwater', 'Coppersmith', 'Dunmore', 'Elderfield', 'Fairweather', 'Goldhurst'];

/** Fills a campaign with invented people who were written to long ago. */
export function seedPeople(
  world: World,
  workspace: Workspace,
  campaign: Campaign,
  { count, now }: { readonly count: number; readonly now: number },
): void {
  for (let number = 0; number < count; number += 1) {
    const lead: Lead = {
      id: world.next.lead++,
      email: `former.${campaign.id}.${number}@past.example.net`,
      firstName: given[number % given.length] ?? '',
      lastName: family[number % family.length] ?? '',
      title: null,
      company: null,
      notes: null,
      status: 'verified',
      variables: {},
      campaigns: new Map([[campaign.id, 'sequence_finished']]),
      seeded: true,
      createdAt: now,
      updatedAt: now,
    };
    workspace.leads.set(lead.id, lead);
    workspace.byEmail.set(lead.email, lead);
    campaign.members.set(lead.id, lead);
  }
}
