import { defaultCampaignSettings, type Settings } from '../settings.ts';
import { addVariable, addWorkspace, type Campaign, type Lead, type Workspace, type World } from './world.ts';

const given = ['Avery', 'Bellamy', 'Corin', 'Darcy', 'Ellis', 'Frankie', 'Greer', 'Harper', 'Indigo', 'Jules'];
const family = ['Ashdown', 'Brackwater', 'Coppersmith', 'Dunmore', 'Elderfield', 'Fairweather', 'Goldhurst'];

/** The world as it begins. */
export function makeWorld(settings: Settings): World {
  const world: World = {
    workspaces: new Map(),
    next: { workspace: 1, lead: 24_001, list: 311, campaign: 41, variable: 101 },
    ended: new AbortController(),
  };
  for (const { id, name, token, allowPersonalDomains, customVariables = [] } of settings.workspaces) {
    const workspace = addWorkspace(world, { id, name, token, allowPersonalDomains, now: settings.now() });
    for (const variable of customVariables) addVariable(world, workspace, variable, settings.now());
  }
  const seeds = [...world.workspaces.values()].flatMap((workspace) =>
    (settings.campaigns[workspace.id] ?? []).map((seed) => ({ workspace, seed })),
  );
  const taken = seeds.flatMap(({ seed }) => seed.id ?? []);
  for (const { workspace, seed } of seeds) {
    while (taken.includes(world.next.campaign)) world.next.campaign += 1;
    const campaign: Campaign = {
      id: seed.id ?? world.next.campaign++,
      name: seed.name,
      status: seed.status ?? 'active',
      settings: { ...defaultCampaignSettings, ...seed.settings },
      tags: seed.tags ?? [],
      members: new Map(),
      waiting: [],
      createdAt: settings.now(),
      updatedAt: settings.now(),
    };
    workspace.campaigns.set(campaign.id, campaign);
    seedPeople(world, workspace, campaign, { count: seed.leads ?? 0, now: settings.now() });
  }
  return world;
}

/** Fills a campaign with invented people who were written to long ago. */
function seedPeople(
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
