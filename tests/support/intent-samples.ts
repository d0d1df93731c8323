import type { IntentHome } from '../../blocks/intent/home.ts';
import { readIntentConfig } from '../../pipeline/intent/config.ts';
import type { IntentFacts } from '../../pipeline/intent/facts.ts';
import type { Batch, Budget } from '../../pipeline/ports/intent.ts';
import type { Run } from '../../pipeline/run.ts';
import { day } from './branded.ts';
import { sampleRun } from './samples.ts';

/** Intent runs as they look in use; invented numbers, companies and addresses. */
const intentConfig = readIntentConfig({ owners: ['kim@northwind.example', 'lee@northwind.example'] });

export function sampleIntentRun(change: Partial<Run> = {}): Run {
  return sampleRun({
    workflow: 'intent',
    client: null,
    month: null,
    key: 'intent',
    status: 'success',
    config: intentConfig,
    summary: { outcome: '7 leads in HADES-20270118-001. Mailed to 2 recipients.', intent: sampleIntentFacts() },
    batchId: 'HADES-20270118-001',
    creditsUsed: 21,
    leadsExported: 7,
    finishedAt: new Date('2027-01-18T12:01:10Z'),
    ...change,
  });
}

function sampleIntentFacts(change: Partial<IntentFacts> = {}): IntentFacts {
  return {
    funnel: { total: 41, signals: 41, losses: { stale: 26, duplicates: 3, exportedBefore: 4, noContact: 1 } },
    last: 'leads',
    estimate: { unknownIds: 8, contacts: 8, companies: 8, total: 24 },
    budget: { cap: 500, left: 442 },
    labels: [
      ['High', 3],
      ['Medium', 4],
    ],
    leads: 7,
    batch: 'HADES-20270118-001',
    warnings: [],
    ...change,
  };
}

export function sampleBudget(change: Partial<Budget> = {}): Budget {
  return {
    week: day('2027-01-18'), // a Monday
    cap: 500,
    spent: 58,
    unsettled: 0,
    held: 0,
    left: 442,
    raised: null,
    ...change,
  };
}

export function sampleBatch(change: Partial<Batch> = {}): Batch {
  return {
    id: 'HADES-20270118-001',
    runId: sampleRun().id,
    day: day('2027-01-18'),
    leads: 7,
    fileKey: 'intent/HADES-20270118-001.csv',
    recipients: {
      'callers@northwind.example': { outcome: 'accepted', reply: '250 OK' },
      'sales@northwind.example': { outcome: 'accepted', reply: '250 OK' },
    },
    deliveredBy: 'email',
    ...change,
  };
}

export function sampleIntentHome(runs: number): IntentHome {
  return {
    setUp: true,
    next: new Date('2027-01-19T12:00:00Z'),
    runs: Array.from({ length: runs }, () => sampleIntentRun()),
    budget: sampleBudget({ raised: { by: 'U02APPROVER', reason: 'x'.repeat(300), at: new Date() } }),
    config: intentConfig,
    estimated: 24,
    mayRun: true,
    mayRaise: true,
  };
}
