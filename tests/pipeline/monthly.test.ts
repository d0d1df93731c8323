import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { RunStatus } from '../../pipeline/vocabulary.ts';
import { monthly, type MonthlyPorts } from '../../pipeline/workflows/monthly/monthly.ts';
import { inTurnOfStates } from '../../pipeline/workflows/monthly/in-turn.ts';
import { readArgs, type FactsOf } from '../../pipeline/kinds.ts';
import { makeChildRuns } from '../../src/runs/children.ts';
import { makeContext } from '../../src/runs/context.ts';
import { Asleep } from '../../src/runs/signals.ts';
import { month } from '../support/branded.ts';
import { lakeside } from '../support/clients.ts';
import { newRun } from '../support/new-run.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

let it: TestStore;
/** The 15th, 9:00 in Chicago. */
const at = new Date('2027-01-15T15:00:00Z');
const pulled = month('2027-03');

beforeAll(async () => {
  it = await openTestStore();
  for (const [slug, states] of [
    ['acme', ['TX']],
    ['birch', ['TX']],
    ['cedar', ['OK']],
  ] as const)
    await it.store.clients.save({ ...lakeside, slug, name: slug, states: [...states] });
  await it.store.clients.save({ ...lakeside, slug: 'asleep', name: 'asleep', active: false });
});
afterEach(() => it.empty('passed_over', 'pauses', 'agent_steps', 'agent_runs'));
afterAll(() => it.close());

let keys = 0;
async function start(more: { readonly due?: string; readonly dryRun?: boolean } = {}): Promise<string> {
  keys += 1;
  const { due, dryRun = false } = more;
  const key = `monthly ${keys}`;
  const args = due === undefined ? {} : { due };
  const { run } = await it.store.runs.start(
    newRun({ workflow: 'monthly', client: null, month: pulled, key, dryRun, args, askedAt: at, trigger: 'scheduled' }),
  );
  return run.id;
}

/** Goes on with the month until it is over or sleeps; what it knows of itself by then. */
async function go(id: string): Promise<{ asleep: boolean; outcome?: string; facts: FactsOf<'monthly'>['monthly'] }> {
  const run = await it.store.runs.get(id);
  if (!run) throw new Error(`no run ${id}`);
  let told: unknown;
  const ports: MonthlyPorts = {
    clients: it.store.clients,
    children: makeChildRuns(it.store, id, () => undefined),
    pauses: it.store.pauses,
    notices: { facts: (_run, facts) => Promise.resolve(void (told = facts.monthly)) },
    settings: { sync: { everyMs: 1, atMostMs: 1 } },
  };
  const context = await makeContext({
    run,
    client: null,
    ports,
    store: it.store,
    signal: new AbortController().signal,
    clock: { now: () => at },
    approvalDays: 7,
    retries: { times: 1, firstMs: 1 },
    onProgress: () => undefined,
    onRetry: () => undefined,
  });
  const facts = () => told as FactsOf<'monthly'>['monthly']; // what the workflow told
  try {
    const { outcome, monthly: known } = await monthly(context, readArgs('monthly', run.args));
    return { asleep: false, outcome, facts: known ?? facts() };
  } catch (error) {
    if (error instanceof Asleep) return { asleep: true, facts: facts() };
    throw error;
  }
}

const pulls = () => it.store.runs.recent({ workflow: 'pull-leads', limit: 9 });
const become = async (client: string, status: RunStatus) => {
  await it.db.from('agent_runs').update({ status }).match({ workflow: 'pull-leads', client });
};

test('a pull for each active client is started, states in turn, and the month waits until each is over or waits', async () => {
  const id = await start({ due: '2027-01-15' });
  expect(await go(id)).toMatchObject({ asleep: true, facts: { settled: false } });
  const started = (await pulls()).toReversed();
  expect(started.map(({ client, key, trigger, parent }) => [client, key, trigger, parent])).toEqual([
    ['acme', 'pull:acme:2027-03', 'scheduled', id],
    ['cedar', 'pull:cedar:2027-03', 'scheduled', id],
    ['birch', 'pull:birch:2027-03', 'scheduled', id],
  ]);
  await become('acme', 'success');
  // One that could not be pulled stops nobody, and is no failure of the month.
  await become('birch', 'failed');
  expect(await go(id)).toMatchObject({ asleep: true });
  await become('cedar', 'waiting');
  const over = await go(id);
  expect(over).toMatchObject({ asleep: false, facts: { settled: true, month: '2027-03' } });
  expect(over.outcome).toMatch(/The pulls of 3 clients were started/);
  expect(await pulls()).toHaveLength(3);
});

test('a client that is paused is passed over, with who, why and until when; the others begin', async () => {
  const until = new Date('2027-02-01T15:00:00Z');
  const pause = await it.store.pauses.begin({
    client: 'birch',
    workflow: null,
    reason: 'the contract is being renewed',
    by: 'U01OPERATOR',
    since: at,
    until,
  });
  const id = await start({ due: '2027-01-15' });
  const { facts } = await go(id);
  expect(facts.clients.find(({ slug }) => slug === 'birch')).toMatchObject({
    run: null,
    paused: { by: 'U01OPERATOR', reason: 'the contract is being renewed', until: until.toISOString() },
  });
  expect((await pulls()).map(({ client }) => client)).toEqual(['cedar', 'acme']);
  expect(await it.store.pauses.passedOver(pause?.id ?? 0)).toMatchObject([
    { kind: 'monthly', day: '2027-01-15', client: 'birch' },
  ]);
});

test('a pull that somebody started before is the month’s own: its end wakes the month', async () => {
  const asked = await it.store.runs.start(
    newRun({ client: 'acme', key: 'pull:acme:2027-03', month: pulled, requestedBy: 'U01OPERATOR' }),
  );
  const before = await start();
  const others = await it.store.runs.start(
    newRun({ client: 'birch', key: 'pull:birch:2027-03', month: pulled, parent: before }),
  );
  await it.store.runs.cancel(before, 'U1');
  const id = await start();
  const { facts } = await go(id);
  expect(facts.clients.find(({ slug }) => slug === 'acme')?.run).toBe(asked.run.id);
  expect((await it.store.runs.get(asked.run.id))?.parent).toBe(id);
  // Whose parent is over is as good as nobody's.
  expect((await it.store.runs.get(others.run.id))?.parent).toBe(id);
  const later = new Date(Date.now() + 3_600_000);
  await it.db.from('agent_runs').update({ wake_at: later.toISOString() }).eq('id', id);
  await it.store.runs.cancel(asked.run.id, 'U01OPERATOR');
  expect((await it.store.runs.get(id))?.wakeAt?.getTime()).toBeLessThan(later.getTime());
});

test('a live month keeps its pulls from another month’s run', async () => {
  const [one, two] = [await start(), await start()];
  await go(one);
  await go(two);
  expect((await pulls()).map(({ parent }) => parent)).toEqual([one, one, one]);
});

test('a dry run looks at every client with dry runs; a client’s dry run under way delays its own pull only', async () => {
  const looks = await start({ dryRun: true });
  await go(looks);
  expect((await pulls()).map(({ dryRun }) => dryRun)).toEqual([true, true, true]);
  await become('acme', 'success');
  await become('cedar', 'success');
  const id = await start();
  const { asleep, facts } = await go(id);
  expect(asleep).toBe(true);
  expect(facts.clients.find(({ slug }) => slug === 'birch')).toMatchObject({
    run: null,
    note: expect.stringMatching(/dry run/) as unknown,
  });
  await become('birch', 'success');
  const again = await go(id);
  expect(again.facts.clients.map(({ slug, run, note }) => [slug, run !== null, note])).toEqual([
    ['acme', true, null],
    ['cedar', true, null],
    ['birch', true, null],
  ]);
  expect((await pulls()).filter(({ dryRun }) => !dryRun)).toHaveLength(3);
});

test.each([
  ['different states go first', ['a TX', 'b TX', 'c OK', 'd AR', 'e OK'], 'a c d b e'],
  ['a client of two states waits at the busier one', ['a TX', 'b TX OK', 'c OK', 'd AR'], 'a c d b'],
  ['among equals the order stays', ['a TX', 'b TX', 'c TX'], 'a b c'],
  ['nobody is left out, not even who has no state', ['a TX', 'b', 'c TX'], 'a b c'],
])('in turn of states: %s', (_name, given, order) => {
  const clients = given.map((text) => {
    const [slug, ...states] = text.split(' ');
    return { slug, states };
  });
  expect(
    inTurnOfStates(clients)
      .map(({ slug }) => slug)
      .join(' '),
  ).toBe(order);
});
