import type { GapView, SuggestionView } from '../../blocks/gap-report.ts';
import type { GapFacts } from '../../pipeline/gap-report.ts';
import type { Run } from '../../pipeline/run.ts';
import { month } from './branded.ts';

/** Runs, reports and suggestions as they look in use; invented numbers. */
export function sampleRun(change: Partial<Run> = {}): Run {
  return {
    id: '7c1f0f4e-58c1-4a5e-9d0d-2f9a6d1b0c33',
    workflow: 'pull-leads',
    client: 'lakeside',
    month: month('2027-03'),
    key: 'pull:lakeside:2027-03',
    trigger: 'manual',
    status: 'running',
    requestedBy: 'U01OPERATOR',
    channel: 'C01LAKESIDE',
    dryRun: false,
    args: {},
    config: {},
    attempt: 1,
    progress: {},
    summary: {},
    batchId: null,
    creditsUsed: 0,
    leadsExported: 0,
    error: null,
    errorType: null,
    cancelRequestedBy: null,
    parent: null,
    wakeAt: null,
    awayTries: 0,
    askedAt: new Date('2027-01-15T14:58:00Z'),
    createdAt: new Date('2027-01-15T14:58:00Z'),
    startedAt: new Date('2027-01-15T14:58:01Z'),
    finishedAt: null,
    ...change,
  };
}

export function sampleFacts(change: Partial<GapFacts> = {}): GapFacts {
  return {
    month: '2027-03',
    round: 1,
    target: 15_000,
    cleaned: 12_910,
    reserve: 0,
    unverified: 0,
    gap: 2_090,
    books: {
      cleaned: 12_910,
      duplicate: 1_304,
      high_net_worth: 901,
      'quarantined: unreadable': 41,
      'rejected: Invalid': 3_950,
      'rejected: Risky': 1_511,
      'rejected: Unknown': 702,
      'rejected: email': 6_200,
      'rejected: head_household': 9_950,
      'rejected: home_value': 320,
      'rejected: home_value_missing': 641,
      'rejected: name': 390,
    },
    raw: 38_820,
    difference: 0,
    coversGap: true,
    predicted: { low: 1_880, middle: 2_140, high: 2_420 },
    cost: { exports: 2, validations: 4_300 },
    nothingLeft: false,
    closed: false,
    rounds: [],
    ...change,
  };
}

export function sampleSuggestion(index: number, change: Partial<SuggestionView> = {}): SuggestionView {
  const zip = String(75001 + index);
  return {
    id: `5f0c${String(index).padStart(4, '0')}-1111-4222-8333-944445555666`,
    round: 'gap 1',
    payload: {
      id: `zip:${zip}`,
      kind: 'add',
      level: 2,
      zip,
      state: 'TX',
      homes: 11_200 + index,
      preApproved: index === 0,
      secondary: false,
      low: 240,
      middle: 312,
      high: 395,
      miles: 3.4 + index / 10,
      basis: { of: 'cleaned leads per home', rate: 0.0278, sample: 29 },
      cost: { exports: 1, validations: 620 },
    },
    marked: true,
    state: 'pending',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    result: null,
    expiresAt: new Date('2027-01-22T15:10:00Z'),
    ...change,
  };
}

export function sampleGapView(count: number, change: Partial<GapView> = {}): GapView {
  return {
    runId: sampleRun().id,
    clientName: 'Lakeside Insurance',
    facts: sampleFacts(),
    suggestions: Array.from({ length: count }, (_, index) => sampleSuggestion(index)),
    working: false,
    over: false,
    ...change,
  };
}
