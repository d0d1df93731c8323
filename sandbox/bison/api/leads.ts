import { removeLead, setStatus } from '../state/leads.ts';
import type { Lead } from '../state/world.ts';
import { done, ok, type Answer, type Call, type Route } from './call.ts';
import { paged } from './paging.ts';
import { leadJson } from './present.ts';
import { invalid, recordNotFound } from './refusal.ts';

const statuses = [
  'verifying',
  'verified',
  'risky',
  'unknown',
  'unverified',
  'inactive',
  'bounced',
  'unsubscribed',
] as const;
const campaignStates = ['in_sequence', 'sequence_finished', 'sequence_stopped', 'never_contacted', 'replied'] as const;

/** `filters[name]`, `filters[name][]` and `filters.name` are the same filter. */
function filter(query: URLSearchParams, name: string): readonly string[] {
  return [...query]
    .filter(([key]) => key.replaceAll(/[[\]]+/g, '.').replaceAll(/(\.\d*)+$/g, '') === `filters.${name}`)
    .map(([, value]) => value);
}

/**
 * The leads the filters let through; parameters that are not filters (`email`, `workspace_id`, …) are accepted and
 * ignored, as on the real thing.
 */
export function filtered(leads: Iterable<Lead>, query: URLSearchParams, campaign?: number): readonly Lead[] {
  const wanted = filter(query, 'verification_statuses');
  const [state] = filter(query, 'lead_campaign_status');
  if (wanted.some((each) => !statuses.some((status) => status === each))) {
    throw invalid({ 'filters.verification_statuses': ['The selected filters.verification_statuses is invalid.'] });
  }
  if (state !== undefined && !campaignStates.some((each) => each === state)) {
    throw invalid({ 'filters.lead_campaign_status': ['The selected filters.lead_campaign_status is invalid.'] });
  }
  const inState = ({ campaigns }: Lead) =>
    campaign === undefined ? [...campaigns.values()].some((each) => each === state) : campaigns.get(campaign) === state;
  return [...leads].filter(
    (lead) => (wanted.length === 0 || wanted.includes(lead.status)) && (state === undefined || inState(lead)),
  );
}

function search(call: Call): Answer {
  const { workspace, query } = call;
  const words = (query.get('search') ?? '').trim().toLowerCase();
  const leads = filtered(workspace.leads.values(), query);
  const found = words === '' ? leads : leads.filter((lead) => textOf(lead).includes(words));
  return ok(paged(found, leadJson, call));
}

const textOf = ({ email, firstName, lastName }: Lead) => `${email} ${firstName} ${lastName}`.toLowerCase();

/** By id or by e-mail. */
function leadAt({ workspace, at }: Call): Lead {
  const [said = ''] = at;
  const lead = workspace.leads.get(Number(said)) ?? workspace.byEmail.get(said.toLowerCase());
  if (!lead) throw recordNotFound('lead', said);
  return lead;
}

function unsubscribe(call: Call): Answer {
  const lead = leadAt(call);
  setStatus(lead, 'unsubscribed', call.service.settings.now());
  return ok({ data: leadJson(lead) });
}

function remove(call: Call): Answer {
  const lead = leadAt(call);
  removeLead(call.workspace, lead);
  return done(`${lead.email} has been deleted.`);
}

export const leadRoutes: readonly Route[] = [
  { on: 'GET /leads', answer: search },
  { on: 'GET /leads/:lead', answer: (call) => ok({ data: leadJson(leadAt(call)) }) },
  { on: 'PATCH /leads/:lead/unsubscribe', answer: unsubscribe },
  { on: 'DELETE /leads/:lead', answer: remove },
];
