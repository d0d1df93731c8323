import { addLeads, campaignsOf, changeCampaign, synced } from '../service.ts';
import { campaignStatuses } from '../settings.ts';
import { detach, isOver, refusalOf } from '../state/attach.ts';
import { leadLimit } from '../state/import.ts';
import type { Campaign, Lead } from '../state/world.ts';
import { done, ok, recordAt, type Answer, type Call, type Route } from './call.ts';
import { readChange } from './change.ts';
import { filtered } from './leads.ts';
import { paged } from './paging.ts';
import { campaignJson, leadJson } from './present.ts';
import { invalid, unprocessable } from './refusal.ts';

const campaignAt = (call: Call): Campaign => synced(call.service, recordAt(call, 'campaign', call.workspace.campaigns));

function list(call: Call): Answer {
  const words = (call.query.get('search') ?? '').trim().toLowerCase();
  const status = call.query.get('status');
  if (status !== null && !campaignStatuses.some((each) => each === status)) {
    throw invalid({ status: ['The selected status is invalid.'] });
  }
  const found = campaignsOf(call.service, call.workspace).filter(
    (campaign) => campaign.name.toLowerCase().includes(words) && (status === null || campaign.status === status),
  );
  return ok(paged(found, campaignJson, call));
}

function update(call: Call): Answer {
  const campaign = campaignAt(call);
  call.service.ledger.patches.push({ workspace: call.workspace.name, campaign: campaign.id, body: call.json });
  changeCampaign(call.service, call.workspace, campaign, { change: readChange(call.json), via: 'api' });
  return ok({ data: campaignJson(campaign) });
}

function setStatus(call: Call, from: Campaign['status'], to: Campaign['status']): Answer {
  const campaign = campaignAt(call);
  if (campaign.status !== from) throw unprocessable(`The campaign is ${campaign.status}.`);
  campaign.status = to;
  return ok({ data: campaignJson(campaign) });
}

/** The whole list; whoever cannot be added is left out without a word, and so may be everybody. */
function attachList(call: Call): Answer {
  const campaign = openCampaign(call);
  const { lead_list_id: id } = call.json;
  if (id === undefined) throw invalid({ lead_list_id: ['The lead list id field is required.'] });
  const found = call.workspace.lists.get(Number(id));
  if (!found) throw invalid({ lead_list_id: ['The selected lead list id is invalid.'] });
  add(call, campaign, { list: found.id, leads: found.members });
  return done('Leads are being added to the campaign. Active campaigns sync every 5 minutes.');
}

/** All of them or, when one cannot be added, nobody. */
function attachLeads(call: Call): Answer {
  const campaign = openCampaign(call);
  const leads = leadsOf(call);
  const parallel = call.json.allow_parallel_sending === true;
  if (leads.some((lead) => refusalOf(call.workspace, campaign, lead, parallel) !== null)) {
    throw unprocessable(
      'No leads were added because they are either in other sequences, have previously bounced, or unsubscribed.',
    );
  }
  add(call, campaign, { list: null, leads });
  return done('Leads are being added to the campaign. Active campaigns sync every 5 minutes.');
}

function openCampaign(call: Call): Campaign {
  const campaign = campaignAt(call);
  if (isOver(campaign)) throw unprocessable(`Leads cannot be added to a campaign that is ${campaign.status}.`);
  return campaign;
}

function add(call: Call, campaign: Campaign, what: { list: number | null; leads: Iterable<Lead> }): void {
  const parallel = call.json.allow_parallel_sending === true;
  const result = addLeads(call.service, call.workspace, campaign, { ...what, via: 'api', parallel });
  if (!result) throw unprocessable(`A campaign is limited to ${leadLimit} leads.`);
}

function leadsOf({ workspace, json }: Call): readonly Lead[] {
  const ids: readonly unknown[] = Array.isArray(json.lead_ids) ? json.lead_ids : [];
  if (ids.length === 0) throw invalid({ lead_ids: ['The lead ids field is required.'] });
  return ids.map((id, index) => {
    const lead = workspace.leads.get(Number(id));
    if (!lead) throw invalid({ [`lead_ids.${index}`]: [`The selected lead_ids.${index} is invalid.`] });
    return lead;
  });
}

function removeLeads(call: Call): Answer {
  const campaign = campaignAt(call);
  const removed = detach(campaign, leadsOf(call));
  call.service.ledger.detaches.push({ workspace: call.workspace.name, campaign: campaign.id, removed });
  return done('Leads were removed from the campaign.');
}

/** `search` is accepted here and ignored; the filters work. */
function campaignLeads(call: Call): Answer {
  const { id, members } = campaignAt(call);
  return ok(paged(filtered(members.values(), call.query, id), leadJson, call));
}

export const campaignRoutes: readonly Route[] = [
  { on: 'GET /campaigns', answer: list },
  { on: 'GET /campaigns/:campaign', answer: (call) => ok({ data: campaignJson(campaignAt(call)) }) },
  { on: 'PATCH /campaigns/:campaign/update', drops: 'dropAfterRename', answer: update },
  { on: 'PATCH /campaigns/:campaign/pause', answer: (call) => setStatus(call, 'active', 'paused') },
  { on: 'PATCH /campaigns/:campaign/resume', answer: (call) => setStatus(call, 'paused', 'active') },
  { on: 'GET /campaigns/:campaign/leads', answer: campaignLeads },
  { on: 'DELETE /campaigns/:campaign/leads', answer: removeLeads },
  { on: 'POST /campaigns/:campaign/leads/attach-lead-list', drops: 'dropAfterAttach', answer: attachList },
  { on: 'POST /campaigns/:campaign/leads/attach-leads', drops: 'dropAfterAttach', answer: attachLeads },
];
