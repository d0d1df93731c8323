import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeLead } from '../../pipeline/intent/lead.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import type { CreditStore } from '../../src/store/intent/credits.ts';
import { companyId, contact, details, intentId, personId, scored } from '../intent/samples.ts';
import { newRun } from '../support/new-run.ts';
import { engines, openTestStore, type TestStore } from '../support/store.ts';

// Wednesday of the week that begins on Monday 18 January 2027.
const now = new Date('2027-01-20T17:00:00Z');
const cap = 500;

describe.each(engines)('on %s', (engine) => {
  let it: TestStore;
  let weeks = 0;
  beforeAll(async () => {
    it = await openTestStore(engine);
  });
  afterAll(() => it.close());

  /** Credits of a week of the test's own. */
  function freshWeek(): CreditStore {
    weeks += 1;
    const at = new Date(now.getTime() + weeks * 7 * 86_400_000);
    return it.store.credits({ now: () => at });
  }
  let runs = 0;
  async function run(): Promise<string> {
    runs += 1;
    const { run: started } = await it.store.runs.start(
      newRun({ workflow: 'intent', client: null, month: null, key: `intent ${runs}`, askedAt: now }),
    );
    await it.store.runs.claim(started.id, 'w', 60);
    return started.id;
  }
  const end = (id: string, status: 'success' | 'failed') => it.store.runs.leave(id, 'w', status, {});
  const budgetOf = async (credits: CreditStore) => {
    const { spent, unsettled, held, left } = await credits.budget(cap);
    return { spent, unsettled, held, left };
  };

  test('ten runs at once against a cap of 500 never spend 501', async () => {
    const credits = freshWeek();
    // Each wants 75: six fit. Each draws in three calls, all runs at the same time.
    const spent = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const id = await run();
        const { granted } = await credits.reserve(id, credits.week(), 75, cap);
        if (!granted) return 0;
        for (const call of ['a', 'b', 'c']) {
          await credits.draw(id, call, 25);
          await credits.settle(id, call, 25, {}, {});
        }
        await end(id, 'success');
        return 75;
      }),
    );
    const total = spent.reduce<number>((sum, one) => sum + one, 0);
    expect(total).toBe(450);
    expect(await budgetOf(credits)).toEqual({ spent: 450, unsettled: 0, held: 0, left: 50 });
  });

  test('what fits to the last credit fits, one more does not', async () => {
    const credits = freshWeek();
    const [first, second, third] = [await run(), await run(), await run()];
    expect(await credits.reserve(first, credits.week(), 499, cap)).toMatchObject({ granted: true, left: 500 });
    expect(await credits.reserve(second, credits.week(), 2, cap)).toEqual({ granted: false, needed: 2, cap, left: 1 });
    expect(await credits.reserve(third, credits.week(), 1, cap)).toMatchObject({ granted: true, left: 1 });
  });

  test('a run draws no more than it holds, and each call once', async () => {
    const credits = freshWeek();
    const id = await run();
    await expect(credits.draw(id, 'x', 1)).rejects.toThrow('more than the run holds');
    await credits.reserve(id, credits.week(), 10, cap);
    await expect(credits.draw(id, 'x', 11)).rejects.toThrow('more than the run holds');
    await credits.draw(id, 'x', 6);
    await expect(credits.draw(id, 'x', 1)).rejects.toThrow('was drawn before');
    const drawn = await Promise.allSettled(['y', 'z'].map((call) => credits.draw(id, call, 3)));
    expect(drawn.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await budgetOf(credits)).toEqual({ spent: 0, unsettled: 0, held: 10, left: 490 });
  });

  test('what a call did not cost is the run’s again, and in the end everybody’s', async () => {
    const credits = freshWeek();
    const id = await run();
    await credits.reserve(id, credits.week(), 20, cap);
    await credits.draw(id, 'cheaper', 10);
    await credits.settle(id, 'cheaper', 7, { odd: 1 }, {});
    await credits.draw(id, 'for nothing', 10);
    await credits.cancel(id, 'for nothing');
    expect(await credits.find(id, 'for nothing')).toBeNull();
    await credits.draw(id, 'again', 13);
    await credits.settle(id, 'again', 13, {}, {});
    await end(id, 'success');
    expect(await budgetOf(credits)).toEqual({ spent: 20, unsettled: 0, held: 0, left: 480 });
    expect(await it.store.runs.get(id)).toMatchObject({ creditsUsed: 20 });
  });

  test('an answer that is told twice, because the word that it is written was lost, is written once', async () => {
    const credits = freshWeek();
    const id = await run();
    await credits.reserve(id, credits.week(), 20, cap);
    await credits.draw(id, 'told twice', 10);
    await credits.settle(id, 'told twice', 7, { odd: 1 }, { contacts: [contact()] });
    await credits.settle(id, 'told twice', 9, { odd: 2 }, {});
    expect(await credits.find(id, 'told twice')).toEqual({ state: 'spent', credits: 7, result: { odd: 1 } });
    expect(await budgetOf(credits)).toEqual({ spent: 7, unsettled: 0, held: 13, left: 480 });
    await expect(credits.settle(id, 'never drawn', 1, {}, {})).rejects.toThrow('is not waiting for an answer');
  });

  test('a lost answer counts as spent until an approver says that it cost nothing', async () => {
    const credits = freshWeek();
    const id = await run();
    await credits.reserve(id, credits.week(), 30, cap);
    await credits.draw(id, 'lost', 12);
    await credits.unsettle(id, 'lost');
    await end(id, 'failed');
    expect(await budgetOf(credits)).toEqual({ spent: 0, unsettled: 12, held: 0, left: 488 });
    expect(await it.store.runs.get(id)).toMatchObject({ status: 'failed', creditsUsed: 12 });
    const released = await Promise.all([credits.release(id, 'U02APPROVER'), credits.release(id, 'U03ADMIN')]);
    expect(released.toSorted()).toEqual([0, 12]);
    expect(await budgetOf(credits)).toMatchObject({ unsettled: 0, left: 500 });
    expect(await it.store.runs.get(id)).toMatchObject({ creditsUsed: 0 });
    const { data } = await it.db.from('audit').select('what,facts').eq('run_id', id);
    expect(data).toEqual([{ what: 'release unsettled credits', facts: { credits: 12 } }]);
  });

  test('however a run ends, a call on its way counts as spent and the rest is free', async () => {
    const credits = freshWeek();
    const id = await run();
    await credits.reserve(id, credits.week(), 40, cap);
    await credits.draw(id, 'on its way', 25);
    await end(id, 'failed');
    expect(await budgetOf(credits)).toEqual({ spent: 0, unsettled: 25, held: 0, left: 475 });
    await expect(credits.reserve(id, credits.week(), 1, cap)).rejects.toThrow('is over');
    // Its answer came after all.
    await credits.settle(id, 'on its way', 24, {}, {});
    expect(await budgetOf(credits)).toEqual({ spent: 24, unsettled: 0, held: 0, left: 476 });
    expect(await it.store.runs.get(id)).toMatchObject({ creditsUsed: 24 });
  });

  test('a run that is taken up again holds only what it did not draw before', async () => {
    const credits = freshWeek();
    const id = await run();
    await credits.reserve(id, credits.week(), 30, cap);
    await credits.draw(id, 'first', 10);
    await credits.settle(id, 'first', 10, {}, {});
    await end(id, 'failed');
    await it.store.runs.retry(id, 'U01OPERATOR');
    await it.store.runs.claim(id, 'w', 60);
    expect(await credits.reserve(id, credits.week(), 30, cap)).toMatchObject({ granted: true, needed: 20 });
    expect(await budgetOf(credits)).toEqual({ spent: 10, unsettled: 0, held: 20, left: 470 });
  });

  test('credits held last week are given back when the run reserves in this one', async () => {
    const [last, next] = [freshWeek(), freshWeek()];
    const id = await run();
    await last.reserve(id, last.week(), 30, cap);
    await next.reserve(id, next.week(), 30, cap);
    expect(await budgetOf(last)).toMatchObject({ held: 0, left: 500 });
    await next.draw(id, 'call', 30);
    await next.settle(id, 'call', 30, {}, {});
    expect(await budgetOf(next)).toMatchObject({ spent: 30, left: 470 });
    expect(await budgetOf(last)).toMatchObject({ spent: 0, left: 500 });
  });

  test('of two raises of the cap the higher one holds, to the week’s end, with who and why', async () => {
    const credits = freshWeek();
    expect(await credits.raise(cap, 500, 'U02APPROVER', 'no higher')).toEqual({ raised: false, cap: 500, by: null });
    expect(await credits.raise(cap, 700, 'U02APPROVER', 'a trade fair')).toMatchObject({ raised: true, cap: 700 });
    expect(await credits.raise(cap, 600, 'U03ADMIN', 'late')).toEqual({ raised: false, cap: 700, by: 'U02APPROVER' });
    const budget = await credits.budget(cap);
    expect(budget).toMatchObject({ cap: 700, raised: { by: 'U02APPROVER', reason: 'a trade fair' } });
    const id = await run();
    expect(await credits.reserve(id, credits.week(), 650, cap)).toMatchObject({ granted: true, cap: 700 });
    expect((await freshWeek().budget(cap)).cap).toBe(500);
  });

  test('what a paid call brought is there as it came, each id in its own space', async () => {
    const credits = freshWeek();
    const id = await run();
    const [person, company] = [
      contact({ company: { id: companyId('340') } }),
      details({ employees: 410, sic: '7011' }),
    ];
    await credits.reserve(id, credits.week(), 3, cap);
    await credits.draw(id, 'people', 1);
    await credits.settle(
      id,
      'people',
      1,
      { call: 'x' },
      {
        contacts: [person],
        ids: [{ intent: intentId('700'), company: companyId('340') }],
      },
    );
    expect(await it.store.intentBook.known([intentId('700'), intentId('340')])).toEqual(
      new Map([['700', { companyId: '340', facts: null }]]),
    );
    await credits.draw(id, 'companies', 1);
    await credits.settle(id, 'companies', 1, { call: 'y' }, { companies: [company] });
    expect(await it.store.intentBook.known([intentId('700')])).toEqual(
      new Map([['700', { companyId: '340', facts: { sic: '7011', employees: 410 } }]]),
    );
    expect(await it.store.intentBook.details([companyId('340')])).toEqual(new Map([['340', company]]));
    expect(await it.store.intentBook.contacts(id, [person.id, personId('12')])).toEqual(new Map([['11', person]]));
    expect(await credits.find(id, 'people')).toEqual({ state: 'spent', credits: 1, result: { call: 'x' } });
    await end(id, 'success');
    // Its leads are stored by now, or nobody is.
    expect(await it.store.intentBook.contacts(id, [person.id])).toEqual(new Map());
  });

  test('runs of the same moment get different batch numbers, each run always the same one', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => run()));
    const day = '2027-01-20' as Day;
    const asked = await Promise.all([...ids, ...ids].map((id) => it.store.intentBatches.number(id, day)));
    expect(new Set(asked.map(({ number }) => number))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(asked.slice(0, 6)).toEqual(asked.slice(6));
    const next = await it.store.intentBatches.number(await run(), '2027-01-21' as Day);
    expect(next).toEqual({ day: '2027-01-21', number: 1 });
  });

  test('a batch’s companies count as exported once it is delivered, and only then', async () => {
    const id = await run();
    const lead = makeLead(scored({ company: { name: 'Acme Tool & Die, Inc' } }), contact(), details());
    const batch = { id: 'HADES-20270120-901', runId: id, day: '2027-01-20' as Day, fileKey: 'intent/x.csv' };
    const leads = [{ lead, companyId: companyId('340'), cells: ['a', '=b'] }];
    await it.store.intentBatches.store({ ...batch, leads });
    await it.store.intentBatches.store({ ...batch, leads });
    expect(await it.store.intentBatches.ofRun(id)).toMatchObject({ leads: 1, deliveredBy: null, recipients: {} });
    expect(await it.store.intentBook.exportsSince('2026-01-01' as Day)).toEqual([]);
    await it.store.intentBatches.noteRecipients(batch.id, { 'a@x.example': { outcome: 'temporary', reply: '450' } });
    const known = await it.store.intentBatches.noteRecipients(batch.id, {
      'b@x.example': { outcome: 'accepted', reply: '250' },
    });
    expect(Object.keys(known).toSorted()).toEqual(['a@x.example', 'b@x.example']);
    await end(id, 'failed');
    expect(await it.store.runs.get(id)).toMatchObject({ batchId: batch.id, leadsExported: 0 });
    const delivered = await Promise.all(
      ['2027-01-21', '2027-01-22'].map((day) => it.store.intentBatches.delivered(batch.id, 'email', day as Day)),
    );
    expect(delivered.toSorted()).toEqual([false, true]);
    expect(await it.store.intentBook.exportsSince('2026-01-01' as Day)).toMatchObject([
      { intentId: '700', companyId: '340', name: 'Acme Tool & Die, Inc' },
    ]);
    expect(await it.store.intentBook.exportsSince('2027-01-23' as Day)).toEqual([]);
    expect(await it.store.runs.get(id)).toMatchObject({ leadsExported: 1 });
    expect(await it.store.intentBatches.top(batch.id, 5)).toMatchObject([{ firstName: 'Ann', phone: 'direct' }]);
  });

  test('owners go on after the leads of every other batch, delivered or not', async () => {
    const [first, second] = [await run(), await run()];
    const before = await it.store.intentBatches.leadsBefore(second);
    const lead = makeLead(scored(), contact(), details());
    const leads = [1, 2, 3].map((n) => ({ lead, companyId: companyId(String(n)), cells: [] }));
    const batch = { id: 'HADES-20270120-902', runId: first, day: '2027-01-20' as Day, fileKey: 'intent/y.csv' };
    await it.store.intentBatches.store({ ...batch, leads });
    expect(await it.store.intentBatches.leadsBefore(second)).toBe(before + 3);
    // Its own leads are not before it, however often its step is repeated.
    expect(await it.store.intentBatches.leadsBefore(first)).toBe(before);
  });

  test('a due time that was off where it was looked at first is taken up by whoever comes with a login, once', async () => {
    const { calendar } = it.store;
    const due = { kind: 'intent' as const, day: '2027-01-20' as Day, at: now };
    expect(await calendar.claimOne(due, 'the app', 60)).toMatchObject({ state: 'due' });
    expect(await calendar.claimOne(due, 'a cron', 60)).toBeNull();
    await calendar.close(due, { state: 'off', runId: null, lateSeconds: 0 });
    const claims = await Promise.all(['one', 'two'].map((cron) => calendar.claimOne(due, cron, 60)));
    expect(claims.filter((claim) => claim !== null)).toMatchObject([{ day: due.day, state: 'due' }]);
    const id = await run();
    await calendar.close(due, { state: 'started', runId: id, lateSeconds: 0 });
    expect(await calendar.claimOne(due, 'a late cron', 60)).toBeNull();
    const missed = { ...due, day: '2027-01-19' as Day };
    await calendar.claimOne(missed, 'the app', 60);
    await calendar.close(missed, { state: 'missed', runId: null, lateSeconds: 50_000 });
    expect(await calendar.claimOne(missed, 'a cron', 60)).toBeNull();
  });

  test('history is newest first, by workflow, and limited', async () => {
    const [older, newer] = [await run(), await run()];
    const recent = await it.store.runs.recent({ workflow: 'intent', limit: 2 });
    expect(recent.map(({ id }) => id)).toEqual([newer, older]);
    expect(await it.store.runs.recent({ workflow: 'pull-leads', limit: 5 })).toEqual([]);
  });
});
