import express, { type Router } from 'express';
import { addLeads, campaignsOf, changeCampaign, synced } from '../service.ts';
import type { CampaignSettings } from '../settings.ts';
import type { CampaignRow, CampaignView } from '../shapes.ts';
import { isOver } from '../state/attach.ts';
import { standing } from '../state/campaigns.ts';
import { leadLimit } from '../state/import.ts';
import type { Campaign } from '../state/world.ts';
import { personRow } from './contacts.ts';
import { found, pageOf, Said, typed, type makeVisits, type Visit } from './visit.ts';

/** What the Campaigns pages ask for. */
export function campaignRoutes(on: ReturnType<typeof makeVisits>): Router {
  const router = express.Router();
  router.get(
    '/campaigns',
    on((visit) => pageOf(visit, searched(visit), row)),
  );
  router.get(
    '/campaigns/:id',
    on((visit) => view(campaignOf(visit))),
  );
  router.get(
    '/campaigns/:id/contacts',
    on((visit) => pageOf(visit, [...campaignOf(visit).members.values()], personRow)),
  );
  router.put('/campaigns/:id', on(save));
  router.post('/campaigns/:id/status', on(toggle));
  router.post('/campaigns/:id/lists', on(addList));
  return router;
}

const campaignOf = (visit: Visit): Campaign => synced(visit.service, found(visit, visit.workspace.campaigns));

function searched({ service, workspace, request }: Visit): readonly Campaign[] {
  const words = typed(request.query.search).toLowerCase();
  return campaignsOf(service, workspace)
    .filter(({ name }) => name.toLowerCase().includes(words))
    .reverse();
}

function row({ id, name, status, members, createdAt }: Campaign): CampaignRow {
  return { id, name, status, totalLeads: members.size, createdAt };
}

function view(campaign: Campaign): CampaignView {
  const { sequence_finished: contacted, bounced, unsubscribed } = standing(campaign);
  return { ...row(campaign), contacted, bounced, unsubscribed, settings: campaign.settings, tags: campaign.tags };
}

/** The rename dialog and the settings tab both send the whole form, so nothing gets lost. */
function save(visit: Visit): CampaignView {
  const campaign = campaignOf(visit);
  const name = typed(visit.body.name);
  if (name === '') throw new Said('The name field is required.');
  // The pages send this shape.
  const settings = visit.body.settings as CampaignSettings;
  const renamed = campaign.name !== name;
  changeCampaign(visit.service, visit.workspace, campaign, { change: { name, ...settings }, via: 'web' });
  if (renamed) visit.drop('dropAfterRename');
  return view(campaign);
}

function toggle(visit: Visit): CampaignView {
  const campaign = campaignOf(visit);
  if (campaign.status === 'active') campaign.status = 'paused';
  else if (campaign.status === 'paused') campaign.status = 'active';
  else throw new Said(`The campaign is ${campaign.status}.`);
  return view(campaign);
}

/** Says the same whether everybody, some or nobody was added. */
function addList(visit: Visit): { readonly message: string } {
  const campaign = campaignOf(visit);
  if (isOver(campaign)) throw new Said(`Contacts cannot be added to a campaign that is ${campaign.status}.`);
  const list = visit.workspace.lists.get(Number(visit.body.listId));
  if (!list) throw new Said('Please choose a list.');
  const result = addLeads(visit.service, visit.workspace, campaign, { list: list.id, leads: list.members, via: 'web' });
  if (!result) throw new Said(`A campaign is limited to ${leadLimit.toLocaleString('en-US')} leads.`);
  visit.drop('dropAfterAttach');
  return { message: 'Contacts are being added. Active campaigns sync every 5 minutes.' };
}
