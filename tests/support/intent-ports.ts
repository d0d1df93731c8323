import type { IntentPorts } from '../../pipeline/workflows/intent/intent.ts';
import { refuse } from './run-context.ts';

/** The ports of intent polling, none of which may be asked: a test puts in those that it expects to be. */
export const untouched = {
  zoominfo: { searchIntent: refuse, searchContacts: refuse, enrichContacts: refuse, enrichCompanies: refuse },
  intentBook: { known: refuse, details: refuse, exportsSince: refuse, contacts: refuse },
  intentBatches: {
    number: refuse,
    store: refuse,
    get: refuse,
    origin: refuse,
    laterRun: refuse,
    ofRun: refuse,
    leadsBefore: refuse,
    top: refuse,
    noteRecipients: refuse,
    delivered: refuse,
  },
  credits: {
    week: refuse,
    budget: refuse,
    reserve: refuse,
    draw: refuse,
    cancel: refuse,
    settle: refuse,
    unsettle: refuse,
    find: refuse,
  },
  suppressions: { among: refuse },
  notices: { intentFacts: refuse, alert: refuse, budgetAlert: refuse, file: refuse, filePosted: refuse },
  files: { temporary: refuse, keep: refuse, remove: refuse, read: refuse },
  csv: { write: refuse },
  mail: { send: refuse },
} satisfies Omit<IntentPorts, 'settings'>;
