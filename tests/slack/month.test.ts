import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import type { RunStatus } from '../../pipeline/vocabulary.ts';
import { makeLog } from '../../src/log.ts';
import type { Notifier } from '../../src/slack/notifier.ts';
import type { Store } from '../../src/store/index.ts';
import type { NewRun } from '../../src/store/runs/row.ts';
import { json } from '../../src/store/db.ts';
import { cardsOver } from '../../src/wiring/cards.ts';
import { month } from '../support/branded.ts';
import { lakeside } from '../support/clients.ts';
import { newRun } from '../support/new-run.ts';
import { sampleFacts } from '../support/samples.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

let it: TestStore;
let notifier: Notifier;
/** How often the pulls of a month were read. */
let looks = 0;
const march = month('2027-03');
const marcus = 'U02APPROVER';

beforeAll(async () => {
  it = await openTestStore();
  for (const slug of ['acme', 'birch', 'cedar', 'delta'])
    await it.store.clients.save({ ...lakeside, slug, name: slug, channel: `C0${slug.toUpperCase()}` });
  await it.store.clients.saveMember({ slackId: marcus, role: 'approver', client: '*', backup: null });
  await it.store.clients.saveMember({ slackId: 'U05CEDAR', role: 'approver', client: 'cedar', backup: null });
  await it.store.credentials.set('cole', 'TX', { username: 'u', secret: 'x', owner: 'U06OWNER' });
  const clock = { now: () => new Date('2027-01-15T15:00:00Z') };
  const config = { LEADOPS_ADMINS: ['U03ADMIN'], SUCCESS_CHANNEL: 'C03SUCCESS' };
  const counting: Store['runs'] = {
    ...it.store.runs,
    pullsOf(of) {
      looks += 1;
      return it.store.runs.pullsOf(of);
    },
  };
  notifier = cardsOver({ store: { ...it.store, runs: counting }, clock, log: makeLog('silent'), config });
});
afterAll(() => it.close());

const start = async (more: Partial<NewRun>) => (await it.store.runs.start(newRun({ month: march, ...more }))).run.id;
const pull = (client: string, parent?: string) =>
  start({ client, key: `pull:${client}:2027-03`, ...(parent !== undefined && { parent }) });
type Change = {
  readonly status?: RunStatus;
  readonly summary?: object;
  readonly progress?: { readonly phase: string; readonly done?: number; readonly of?: number };
  readonly error?: string;
  readonly error_type?: string;
  readonly cancel_requested_by?: string;
};
const become = async (id: string, { summary, ...rest }: Change) => {
  const change = { ...rest, ...(summary && { summary: json(summary) }) };
  const { error } = await it.db.from('agent_runs').update(change).eq('id', id);
  if (error) throw new Error(error.message);
  const run = await it.store.runs.get(id);
  if (run) await notifier.card(run);
};
const cardOf = async (id: string) => {
  const message = await it.store.messages.find(id, 'card');
  if (!message) throw new Error('no card');
  return { says: words({ text: message.text, blocks: message.blocks }), revision: message.revision };
};
const short = sampleFacts({ cleaned: 12_910, gap: 2_090 });
const met = sampleFacts({ cleaned: 15_310, gap: 0, reserve: 310 });

test('each line says how the client’s newest pull stands, and the sentence adds them up; what comes later corrects both', async () => {
  const id = await start({ workflow: 'monthly', client: null, key: 'monthly:2027-03' });
  const runs = { acme: await pull('acme', id), birch: await pull('birch', id), cedar: await pull('cedar', id) };
  await it.store.runs.mergeSummary(id, {
    monthly: {
      month: '2027-03',
      settled: false,
      clients: [
        ...Object.entries(runs).map(([slug, run]) => ({ slug, name: slug, run })),
        {
          slug: 'delta',
          name: 'delta',
          run: null,
          paused: { by: 'U01OPERATOR', reason: 'the contract is being renewed', until: null },
        },
      ],
    },
  });
  await become(runs.acme, { status: 'success', summary: { gapFacts: met } });
  await become(runs.birch, { status: 'running', progress: { phase: 'Raw pull' } });
  await become(runs.cedar, { status: 'waiting', summary: { gapFacts: short } });
  const first = await cardOf(id);
  expect(first.says).toContain('Monthly pull · March 2027: 1 of 4 done, 1 short and waiting, 1 at work, 1 paused.');
  expect(first.says).toContain('acme* in <#C0ACME>: done, 15,310 of 15,000 cleaned leads (310 over, kept in reserve)');
  expect(first.says).toContain('birch* in <#C0BIRCH>: at work: Raw pull');
  expect(first.says).toContain(
    'cedar* in <#C0CEDAR>: *2,090 short* (12,910 of 15,000), waits for <@U02APPROVER> or <@U05CEDAR>',
  );
  expect(first.says).toContain(
    'delta* in <#C0DELTA>: paused by <@U01OPERATOR> until somebody resumes it: the contract',
  );

  // A card at work is drawn every second; the month's follows when the phase is another.
  const before = looks;
  await become(runs.birch, { progress: { phase: 'Raw pull', done: 1, of: 9 } });
  expect(looks).toBe(before);
  await become(runs.birch, { progress: { phase: 'Refinement' } });
  expect((await cardOf(id)).says).toContain('at work: Refinement');

  // A login that is refused: its owner is who is waited for.
  const message = 'Cole X Dates did not take the password.';
  const payload = { need: 'AUTH', message, todo: 'Update it.', login: 'cole:TX', step: null };
  await it.store.approvals.ask(
    runs.birch,
    'person 1',
    [{ key: 'again', kind: 'human', payload, marked: true, requiredRole: 'operator' }],
    new Date('2027-01-22T15:00:00Z'),
  );
  await become(runs.birch, { status: 'waiting', error: message, error_type: 'AUTH' });
  expect((await cardOf(id)).says).toMatch(/birch\*.*: waits for <@U06OWNER>\. Cole X Dates did not take/);

  // The month's run is over; a retry and a pull that somebody asks for still change its lines.
  await become(id, { status: 'success' });
  await become(runs.birch, { status: 'failed', error: 'Cole X Dates was away.', error_type: 'NETWORK' });
  expect((await cardOf(id)).says).toMatch(/❌ Monthly pull · March 2027: 1 of 4 done, .*1 failed.*/);
  const again = await pull('birch');
  await become(again, { status: 'success', summary: { gapFacts: short } });
  await become(await pull('delta'), { status: 'success', summary: { gapFacts: met } });
  await become(runs.cedar, { status: 'canceled', cancel_requested_by: 'U01OPERATOR' });
  const last = await cardOf(id);
  expect(last.says).toContain('Monthly pull · March 2027: 2 of 4 done, 1 ended short, 1 canceled.');
  expect(last.says).toContain('birch* in <#C0BIRCH>: ended *2,090 short* (12,910 of 15,000)');
  expect(last.says).toContain('cedar* in <#C0CEDAR>: canceled by <@U01OPERATOR>');
});

test('a pull of another month, or a dry run, changes no line', async () => {
  const [card] = await it.store.runs.monthlyOf(march);
  const before = await cardOf(card?.id ?? '');
  await become(await start({ client: 'acme', month: month('2027-04'), key: 'pull:acme:2027-04' }), {
    status: 'failed',
  });
  await become(await start({ client: 'acme', key: 'pull:acme:2027-03', dryRun: true }), { status: 'failed' });
  expect(await cardOf(card?.id ?? '')).toEqual(before);
});
