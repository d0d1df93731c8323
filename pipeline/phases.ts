import type { WorkflowName } from './kinds.ts';

/** What a run is at, as its card says it; each phase once, whatever comes back to it. */
type Phases = {
  readonly 'pull-leads': 'Raw pull' | 'Refinement' | 'Totals and gap';
  readonly upload: 'Check' | 'Upload' | 'Compare';
  readonly evergreen: 'Evergreen' | 'Campaign' | 'Attach' | 'Verify' | 'Rename';
  readonly 'evergreen-undo': 'Undo';
  readonly weekly: 'Uploads' | 'Evergreen';
  readonly monthly: 'Pulls';
  readonly check: 'Logins';
  readonly intent: 'Signals' | 'Companies' | 'Contacts' | 'Enrichment' | 'Leads' | 'Delivery';
  readonly 'intent-send': 'Delivery';
};

export type Phase = Phases[WorkflowName];
