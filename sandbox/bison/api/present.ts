import { standing } from '../state/campaigns.ts';
import { uuidOf, type Campaign, type Lead, type LeadList, type Variable, type Workspace } from '../state/world.ts';

/*
 * The API's objects: field for field what the public reference and people who probed live instances list (2026).
 * Moments are stored to the second, as `2027-01-04T15:00:07.000000Z`.
 */

export const moment = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, '.000000Z');

const times = ({ createdAt, updatedAt = createdAt }: { createdAt: number; updatedAt?: number }) => ({
  created_at: moment(createdAt),
  updated_at: moment(updatedAt),
});

/** `reputation_building` is not among the fields: nobody can read it back. */
export function campaignJson(campaign: Campaign): unknown {
  const { id, name, status, settings, members, tags } = campaign;
  const { reputation_building: _hidden, ...readable } = settings;
  const people = standing(campaign);
  const contacted = people.sequence_finished;
  return {
    id,
    uuid: uuidOf('campaign', id),
    sequence_id: 700 + id,
    name,
    type: 'outbound',
    status,
    completion_percentage: members.size === 0 ? 0 : Math.floor((100 * contacted) / members.size),
    emails_sent: contacted,
    opened: 0,
    unique_opens: 0,
    replied: 0,
    unique_replies: 0,
    bounced: people.bounced,
    unsubscribed: people.unsubscribed,
    interested: 0,
    total_leads: members.size,
    total_leads_contacted: contacted,
    ...readable,
    daily_max_sends_per_receiving_domain: 0,
    ...times(campaign),
    tags: tags.map((tag, index) => ({ id: 10 * id + index, name: tag, default: false })),
  };
}

export function listJson(list: LeadList): unknown {
  return {
    id: list.id,
    name: list.name,
    status: list.status,
    leads_processed: list.processed,
    leads_succeeded: list.accepted,
    leads_failed: list.failed,
    error_messages: list.errors,
    ...times(list),
  };
}

export function leadJson(lead: Lead): unknown {
  return {
    id: lead.id,
    uuid: uuidOf('lead', lead.id),
    first_name: lead.firstName,
    last_name: lead.lastName,
    email: lead.email,
    title: lead.title,
    company: lead.company,
    notes: lead.notes,
    status: lead.status,
    custom_variables: Object.entries(lead.variables).map(([name, value]) => ({ name, value })),
    tags: [],
    lead_campaign_data: [...lead.campaigns].map(([id, status]) => ({
      campaign_id: id,
      status,
      emails_sent: status === 'sequence_finished' ? 1 : 0,
      replies: 0,
      opens: 0,
      interested: false,
    })),
    overall_stats: { emails_sent: 0, opens: 0, replies: 0, unique_replies: 0, unique_opens: 0 },
    ...times(lead),
  };
}

export const variableJson = ({ id, name, createdAt }: Variable): unknown => ({ id, name, ...times({ createdAt }) });

export function workspaceJson({ id, name, createdAt }: Workspace): unknown {
  return { id, name, personal_team: false, main: false, parent_id: null, ...times({ createdAt }) };
}
