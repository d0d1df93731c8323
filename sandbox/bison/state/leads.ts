import type { Behavior, Lead, LeadStatus, Workspace, World } from './world.ts';

/** A row of a CSV after mapping. Blank cells are left out: nothing was passed for them. */
export type Incoming = {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title?: string;
  readonly company?: string;
  readonly notes?: string;
  readonly variables: Readonly<Record<string, string>>;
};

/**
 * Creates the lead, or treats the one that has this e-mail as `behavior` says: put replaces every field and clears those
 * not passed, patch changes only what is passed, skip leaves it alone. A status (unsubscribed, bounced) is never reset.
 */
export function saveLead(
  world: World,
  workspace: Workspace,
  incoming: Incoming,
  { behavior, now }: { readonly behavior: Behavior; readonly now: number },
): { readonly lead: Lead; readonly leftAlone: boolean } {
  const { email, firstName, lastName, title = null, company = null, notes = null, variables } = incoming;
  const known = workspace.byEmail.get(email);
  if (!known) {
    const lead = addLead(world, workspace, email, now);
    Object.assign(lead, { firstName, lastName, title, company, notes, variables: { ...variables } });
    return { lead, leftAlone: false };
  }
  if (behavior === 'skip') return { lead: known, leftAlone: true };
  const patching = behavior === 'patch';
  known.firstName = firstName;
  known.lastName = lastName;
  known.title = title ?? (patching ? known.title : null);
  known.company = company ?? (patching ? known.company : null);
  known.notes = notes ?? (patching ? known.notes : null);
  known.variables = patching ? { ...known.variables, ...variables } : { ...variables };
  known.updatedAt = now;
  return { lead: known, leftAlone: false };
}

function addLead(world: World, workspace: Workspace, email: string, now: number): Lead {
  const lead: Lead = {
    id: world.next.lead++,
    email,
    firstName: '',
    lastName: '',
    title: null,
    company: null,
    notes: null,
    status: 'unverified',
    variables: {},
    campaigns: new Map(),
    seeded: false,
    createdAt: now,
    updatedAt: now,
  };
  workspace.leads.set(lead.id, lead);
  workspace.byEmail.set(email, lead);
  return lead;
}

/** A person who unsubscribed, or whose mail bounced, is so in every campaign. */
export function setStatus(lead: Lead, status: Extract<LeadStatus, 'bounced' | 'unsubscribed'>, now: number): void {
  lead.status = status;
  lead.updatedAt = now;
  for (const campaign of lead.campaigns.keys()) lead.campaigns.set(campaign, status);
}

/** The faults `unsubscribe` and `bounce`: everywhere the person stands; where nobody knows them, they are made known. */
export function happensTo(
  world: World,
  workspaces: readonly Workspace[],
  emails: readonly string[],
  { status, now }: { readonly status: 'bounced' | 'unsubscribed'; readonly now: number },
): void {
  for (const email of emails.map((each) => each.trim().toLowerCase())) {
    const known = workspaces.flatMap((workspace) => workspace.byEmail.get(email) ?? []);
    const leads = known.length > 0 ? known : workspaces.map((workspace) => addLead(world, workspace, email, now));
    for (const lead of leads) setStatus(lead, status, now);
  }
}

/** Gone from the workspace, its lists and its campaigns. */
export function removeLead(workspace: Workspace, lead: Lead): void {
  workspace.leads.delete(lead.id);
  workspace.byEmail.delete(lead.email);
  for (const list of workspace.lists.values()) list.members.delete(lead);
  for (const campaign of workspace.campaigns.values()) {
    campaign.members.delete(lead.id);
    campaign.waiting = campaign.waiting.map(({ since, leads }) => ({
      since,
      leads: leads.filter((other) => other !== lead),
    }));
  }
}
