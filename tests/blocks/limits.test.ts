import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { announcement } from '../../blocks/announcements.ts';
import { gapReport } from '../../blocks/gap-report.ts';
import { home } from '../../blocks/home.ts';
import { nextDue } from '../../pipeline/calendar/due-times.ts';
import type { HomeFacts } from '../../blocks/home-facts.ts';
import { limits } from '../../blocks/kit.ts';
import { checkCard, type ShownCheck } from '../../blocks/check/card.ts';
import { detailsModal, loginModal, pickZipsModal, rejectModal } from '../../blocks/modals.ts';
import { runCard } from '../../blocks/run-card.ts';
import { runStatuses, type Month } from '../../pipeline/vocabulary.ts';
import { checkBlocks, checkView } from '../../sandbox/slack/blocks/check.ts';
import { sampleIntentHome } from '../support/intent-samples.ts';
import { sampleFacts, sampleGapView, sampleRun, sampleSuggestion } from '../support/samples.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../sandbox/tests/fixtures/block-kit.schema.json', import.meta.url), 'utf8'),
) as object;
const schemaAccepts = new Ajv({ strict: false, validateFormats: false }).compile(schema);
const now = new Date('2027-01-15T15:04:00Z');

/** Slack takes it, says the stand-in; the schema made from Slack's own types agrees. */
function expectAccepted(message: { text: string; blocks: readonly object[] }) {
  expect(checkBlocks(message.blocks, 'message')).toEqual([]);
  expect(schemaAccepts({ blocks: message.blocks, text: message.text }) || schemaAccepts.errors).toBe(true);
  expect(message.blocks.length).toBeLessThanOrEqual(limits.messageBlocks);
  // All text of a message together: beyond this Slack answers msg_blocks_too_long (bolt-js#2509).
  expect(JSON.stringify(message.blocks.map(textsOf)).length).toBeLessThan(13_200);
}

function textsOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value).map(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? inner : textsOf(inner),
  );
}

const firstWords = (message: { blocks: readonly object[] }) => JSON.stringify(message.blocks[0]);

describe('the run card', () => {
  test.each(runStatuses)('fits and begins with the outcome when the run is %s', (status) => {
    const run = sampleRun({
      status,
      error: status === 'failed' ? 'Cole X Dates: "export button" was not found on the page' : null,
      errorType: status === 'failed' ? 'SELECTOR_MISS' : null,
      progress: {
        phase: 'Refinement',
        detail: 'Debounce is checking e-mails',
        done: 12_340,
        of: 31_004,
        unit: 'rows',
        finished: [{ phase: 'Raw pull', outcome: '38,820 records in 6 exports' }],
      },
    });
    const card = runCard(run, 'Lakeside Insurance', now);
    expectAccepted(card);
    expect(card.text).toContain('Lakeside Insurance · March 2027');
    expect(firstWords(card)).toContain('Lakeside Insurance · March 2027');
  });

  test('only a live run can be canceled, only one that ended badly retried', () => {
    const buttons = (status: (typeof runStatuses)[number]) =>
      JSON.stringify(runCard(sampleRun({ status }), 'Lakeside', now).blocks).match(/run_cancel|run_retry/g) ?? [];
    expect(buttons('running')).toEqual(['run_cancel']);
    expect(buttons('waiting')).toEqual(['run_cancel']);
    expect(buttons('failed')).toEqual(['run_retry']);
    expect(buttons('success')).toEqual([]);
  });

  test('a run that needs a person says what to do and offers it', () => {
    const run = sampleRun({
      status: 'waiting',
      error: 'cole:TX: sign-in refused: "Wrong password"',
      errorType: 'AUTH',
    });
    const card = runCard(run, 'Lakeside Insurance', now, [
      { id: 'a1', kind: 'human', payload: { need: 'AUTH', todo: 'Sign in by hand, then store it.', login: 'cole:TX' } },
    ]);
    expectAccepted(card);
    expect(JSON.stringify(card.blocks)).toContain('login_update');
  });
});

describe('the gap report', () => {
  test.each([0, 1, 6, 30, 300])('fits with %i suggestions', (count) => {
    expectAccepted(gapReport(sampleGapView(count)));
  });

  test('fits after three hundred decisions over many rounds, at ten times the size', () => {
    const rounds = Array.from({ length: 12 }, (_, index) => ({
      round: index + 1,
      approved: 25,
      predicted: { low: 18_800, middle: 21_400, high: 24_200 },
      got: 21_022,
      exports: 20,
      records: 61_000,
    }));
    const suggestions = Array.from({ length: 300 }, (_, index) =>
      sampleSuggestion(index, {
        state: index % 7 === 0 ? 'rejected' : 'approved',
        decidedBy: 'U02APPROVER',
        decidedAt: now,
        reason: index % 7 === 0 ? 'x'.repeat(500) : null,
        result: { got: 300 + index },
      }),
    );
    const open = Array.from({ length: 40 }, (_, index) => sampleSuggestion(400 + index, { round: 'gap 13' }));
    expectAccepted(
      gapReport(sampleGapView(0, { facts: sampleFacts({ rounds }), suggestions: [...suggestions, ...open] })),
    );
  });

  test('a decided suggestion has lost its buttons and says who, when and what came of it', () => {
    const approved = sampleSuggestion(1, {
      state: 'approved',
      decidedBy: 'U02APPROVER',
      decidedAt: now,
      result: { got: 298 },
    });
    const text = JSON.stringify(gapReport(sampleGapView(0, { suggestions: [approved], over: true })).blocks);
    expect(text).not.toContain('suggestion_approve');
    expect(text).toContain('<@U02APPROVER>');
    expect(text).toContain('got *298*');
  });

  test('names the difference when the books do not balance', () => {
    const text = JSON.stringify(gapReport(sampleGapView(1, { facts: sampleFacts({ raw: 38_823 }) })).blocks);
    expect(text).toContain('off by 3');
  });
});

describe('a sign-in check', () => {
  const logins = (count: number, failed: number) =>
    Array.from({ length: count }, (_, index): ShownCheck => ({
      login: `cole:${index}`,
      name: `Cole X Dates, ${index}`,
      says: 'sign-in refused: '.repeat(index < failed ? 100 : 1),
      todo: 'Sign in by hand. '.repeat(10),
      ...(index < failed
        ? { state: 'failed', type: 'AUTH', mend: 'update the login', told: ['U02APPROVER'] }
        : { state: 'ok', type: null, mend: null, told: [] }),
      again: null,
    }));
  const run = sampleRun({ workflow: 'check', status: 'success', client: null, month: null });

  test.each([
    [0, 0],
    [5, 2],
    [120, 0],
    [120, 120],
  ])('fits with %i logins of which %i failed, and keeps its buttons', (count, failed) => {
    const card = checkCard(run, logins(count, failed), now);
    expectAccepted(card);
    expect(JSON.stringify(card.blocks)).toContain('run_details');
  });
});

describe('modals', () => {
  const picks = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      zip: String(75001 + index),
      state: 'TX',
      miles: index / 7,
      middle: 300,
      preApproved: index < 3,
      place: 'A place with a name that goes on for quite some time',
    }));
  test.each([0, 1, 100, 300, 3_000])('Pick ZIPs holds %i ZIPs', (count) => {
    expect(checkView(pickZipsModal({ runId: sampleRun().id, round: 1, gap: 2_090, picks: picks(count) }))).toEqual([]);
  });
  test('the others fit too', () => {
    const views = [
      rejectModal('id', sampleSuggestion(1).payload),
      loginModal('id', 'cole:TX', 'C01LAKESIDE'),
      detailsModal(
        'Run',
        Array.from({ length: 150 }, () => ({ title: 't'.repeat(80), text: 'x'.repeat(2_900) })),
      ),
    ];
    for (const view of views) expect(checkView(view)).toEqual([]);
  });
});

test('App Home fits at ten times the size', () => {
  const line = { run: sampleRun(), clientName: 'Lakeside Insurance', link: 'https://example.com' };
  const facts: HomeFacts = {
    role: 'approver',
    waiting: Array.from({ length: 40 }, () => ({ ...line, open: 6 })),
    live: Array.from({ length: 40 }, () => line),
    slackAway: { from: new Date(0), to: new Date(1) },
    risks: Array.from({ length: 40 }, () => 'Cole X Dates takes no work until somebody looked.'),
    nextDue: (['monthly', 'monday', 'intent', 'check'] as const).map((kind) => ({
      due: nextDue(kind, now),
      off: null,
      paused: 'p'.repeat(300),
    })),
    pauses: Array.from({ length: 100 }, () => 'x'.repeat(600)),
    months: Array.from({ length: 120 }, () => ({
      clientName: 'Lakeside Insurance',
      title: 'March 2027',
      cleaned: 12_910,
      target: 15_000,
      gap: 2_090,
      reserve: 0,
    })),
    intent: sampleIntentHome(200),
    recentRuns: Array.from({ length: 200 }, () => line),
    failed: 3,
    finished: 40,
    errors: [{ type: 'SELECTOR_MISS', times: 2 }],
  };
  expect(checkView(home(facts, now, now))).toEqual([]);
});

test('the SOP’s messages are the SOP’s, word for word', () => {
  const run = sampleRun();
  const month = '2027-03' as Month;
  expect(announcement({ kind: 'raw pull complete', month, records: 35_204 }, run, 'Lakeside Insurance').text).toBe(
    '✅ Raw Pull Complete\n👤 Client: Lakeside Insurance\n📅 Renewal Month: March 2027\n📊 Records Exported: 35,204\n👤 Pulled by: LeadOps (asked by <@U01OPERATOR>)',
  );
  const scheduled = sampleRun({ requestedBy: null });
  expect(announcement({ kind: 'refinement complete', month, contacts: 12_910 }, scheduled, 'A & B').text).toBe(
    '✅ Data Refinement Complete\n👤 Client: A &amp; B\n📅 Renewal Month: March 2027\n📊 Refined Contacts: 12,910\n👤 Refined by: LeadOps (scheduled)',
  );
});
