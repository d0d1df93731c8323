import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lakeside } from '../support/clients.ts';
import { newRun } from '../support/new-run.ts';
import { engines, openTestStore, type TestStore } from '../support/store.ts';

const pull = (key: string) =>
  newRun({ key, requestedBy: 'U1', channel: 'C1', askedAt: new Date('2027-01-15T15:00:00Z') });
const question = { key: 'zip:75013', kind: 'suggestion', payload: {}, marked: true, requiredRole: 'operator' } as const;
const inTime = new Date('2027-01-16T15:00:00Z');
const expiry = new Date('2027-01-22T15:00:00Z');
const late = new Date('2027-01-23T15:00:00Z');

describe.each(engines)('on %s', (engine) => {
  let it: TestStore;
  beforeAll(async () => {
    it = await openTestStore(engine);
    await it.store.clients.save(lakeside);
  });
  afterAll(() => it.close());

  const claimed = async (key: string) => {
    const { run } = await it.store.runs.start(pull(key));
    await it.store.runs.claim(run.id, 'w', 60);
    return run.id;
  };

  test('of many presses in the same moment one makes the run, the others find it', async () => {
    const started = await Promise.all(
      Array.from({ length: 8 }, () => it.store.runs.start(pull('pull:lakeside:2027-03'))),
    );
    expect(started.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(started.map(({ run }) => run.id)).size).toBe(1);
  });

  test('of more ids than one question may hold, the runs that there are come back', async () => {
    const { run } = await it.store.runs.start(pull('some 1'));
    const { run: other } = await it.store.runs.start(pull('some 2'));
    const nobody = Array.from({ length: 150 }, () => randomUUID());
    const found = await it.store.runs.some([run.id, ...nobody, other.id]);
    expect(found.map(({ id }) => id).toSorted()).toEqual([run.id, other.id].toSorted());
  });

  test('a run is claimed by one worker; a dead one’s is taken over, a live one’s is not', async () => {
    const { run } = await it.store.runs.start(pull('k2'));
    const claims = await Promise.all(['a', 'b', 'c'].map((holder) => it.store.runs.claim(run.id, holder, 60)));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    const holder = claims.find((claim) => claim !== null)?.leaseHolder ?? '';
    expect(await it.store.runs.claim(run.id, 'd', 60)).toBeNull();
    expect((await it.store.runs.claim(run.id, 'd', 60, holder))?.leaseHolder).toBe('d');
    expect(await it.store.runs.beat(run.id, holder, 60)).toEqual({ held: false, cancel: null });
    expect(await it.store.runs.leave(run.id, holder, 'success', {})).toBeNull();
    expect(await it.store.runs.leave(run.id, 'd', 'success', { summary: { raw: 1 } })).toBe('success');
  });

  test('a lease that ran out may be claimed by anybody', async () => {
    const { run } = await it.store.runs.start(pull('k3'));
    await it.store.runs.claim(run.id, 'dead', -1);
    expect((await it.store.runs.claim(run.id, 'alive', 60))?.leaseHolder).toBe('alive');
  });

  test('of two opposite clicks one decides, and a run that parks in that moment goes straight on', async () => {
    const run = await claimed('k4');
    await it.store.approvals.ask(run, 'gap 1', [question], expiry);
    const [asked] = await it.store.approvals.ofRound(run, 'gap 1');
    const decide = (by: string, state: 'approved' | 'rejected') =>
      it.store.approvals.decide({ ids: [asked?.id ?? ''], state, by, reason: null, now: inTime });
    const changed = await Promise.all([decide('U1', 'approved'), decide('U2', 'rejected')]);
    expect(changed.flat()).toHaveLength(1);
    const { data } = await it.db.from('audit').select('who,what,subject').eq('run_id', run);
    expect(data).toEqual([{ who: changed.flat()[0]?.decidedBy, what: changed.flat()[0]?.state, subject: 'zip:75013' }]);
    expect(await it.store.runs.leave(run, 'w', 'waiting', { round: 'gap 1' })).toBe('queued');
  });

  test('a run of a kind that only a newer version knows is left to that version', async () => {
    const { run } = await it.store.runs.start(pull('pull:lakeside:2027-07'));
    await it.db.from('agent_runs').update({ workflow: 'quarterly' }).eq('id', run.id);
    expect((await it.store.runs.open()).map(({ id }) => id)).not.toContain(run.id);
    expect((await it.store.runs.recent({ limit: 50 })).map(({ id }) => id)).not.toContain(run.id);
    await expect(it.store.runs.get(run.id)).rejects.toThrow(
      'a run of a kind that this version of LeadOps does not know',
    );
    await it.db.from('agent_runs').delete().eq('id', run.id);
  });

  test('an expired question can no longer be approved, and expiring wakes the run', async () => {
    const run = await claimed('k5');
    await it.store.approvals.ask(run, 'gap 1', [question], expiry);
    expect(await it.store.runs.leave(run, 'w', 'waiting', { round: 'gap 1' })).toBe('waiting');
    const [asked] = await it.store.approvals.ofRound(run, 'gap 1');
    const tooLate = { ids: [asked?.id ?? ''], state: 'approved' as const, by: 'U1', reason: null, now: late };
    expect(await it.store.approvals.decide(tooLate)).toEqual([]);
    expect(await it.store.approvals.expire(late)).toBe(1);
    expect((await it.store.runs.get(run))?.status).toBe('queued');
    expect((await it.store.approvals.get(asked?.id ?? ''))?.state).toBe('expired');
  });

  test('a decision wakes a waiting run', async () => {
    const run = await claimed('k6');
    await it.store.approvals.ask(run, 'gap 1', [question], expiry);
    await it.store.runs.leave(run, 'w', 'waiting', { round: 'gap 1' });
    const [asked] = await it.store.approvals.ofRound(run, 'gap 1');
    await it.store.approvals.decide({ ids: [asked?.id ?? ''], state: 'approved', by: 'U1', reason: null, now: inTime });
    expect((await it.store.runs.get(run))?.status).toBe('queued');
  });

  test('the audit can be added to and not changed', async () => {
    await it.store.runs.audit({ who: 'U1', what: 'test' });
    const updated = await it.db.from('audit').update({ who: 'U2' }).eq('what', 'test');
    expect(updated.error?.message).toContain('append-only');
    const deleted = await it.db.from('audit').delete().eq('what', 'test');
    expect(deleted.error?.message).toContain('append-only');
  });

  test('without the secret key nobody reads or calls anything', async () => {
    const headers = { apikey: it.publishableKey, 'content-type': 'application/json' };
    for (const table of ['clients', 'raw_leads', 'cleaned_leads', 'site_credentials', 'agent_runs', 'audit']) {
      const answer = await fetch(`${it.url}/rest/v1/${table}?select=*`, { headers });
      expect(answer.ok ? await answer.json() : []).toEqual([]);
    }
    const called = await fetch(`${it.url}/rest/v1/rpc/start_run`, { method: 'POST', body: '{"p_run":{}}', headers });
    expect(called.ok).toBe(false);
    expect((await fetch(`${it.url}/rest/v1/clients`)).status).toBe(401);
  });
});
