import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { WorkflowName } from '../../pipeline/kinds.ts';
import { channel, seen, seldom, startTestSlack, type TestSlack } from '../support/app.ts';
import { beforeMonday, lakesideAtBison, march, newTitle, startTestBison, type TestBison } from '../support/bison.ts';
import { cleanedLeads } from '../support/cleaned-leads.ts';
import { startAppProcess, type AppProcess } from '../support/process.ts';

const minutes = 60_000;
jest.setTimeout(10 * minutes);

describe('a process that is killed between an act at Bison and its record', () => {
  let bison: TestBison;
  let it: TestSlack;
  let app: AppProcess;
  beforeAll(async () => {
    bison = await startTestBison();
    it = await startTestSlack({
      clients: [{ client: lakesideAtBison, zips: ['75035'] }],
      environment: bison.environment,
      start: beforeMonday.replace('08:59', '06:00'),
    });
    await bison.setUp(it.store, 'API');
    await cleanedLeads(it.store, { client: 'lakeside', month: march, count: 84 });
    app = await startAppProcess(it.environment);
  });
  afterAll(async () => {
    await app.stop();
    await it.close();
    await bison.close();
  });

  /** The act is done and its answer never comes: before the second try the process dies, and is started again. */
  async function killAfter(fault: string, isDone: () => boolean): Promise<void> {
    await bison.fault({ [fault]: 1 });
    const deadline = Date.now() + 4 * minutes;
    while (!isDone()) {
      if (Date.now() > deadline) throw new Error(`it never came to ${fault}`);
      await new Promise((again) => setTimeout(again, 10));
    }
    await app.kill();
    app = await startAppProcess(it.environment);
  }
  const runOf = (workflow: WorkflowName) =>
    it.people.operator.waitFor(
      `${workflow} is over`,
      seldom(async () => {
        const [run] = await it.store.runs.recent({ workflow, limit: 1 });
        return run && ['success', 'failed', 'skipped'].includes(run.status) ? run : undefined;
      }),
      4 * minutes,
    );

  test('an upload ends in exactly one list of each window', async () => {
    const killed = killAfter('dropAfterUpload', () => bison.stats().lists.length === 1);
    await it.people.operator.say(channel, '/leadops upload lakeside 2027-03');
    await killed;
    expect(await runOf('upload')).toMatchObject({ status: 'success', error: null });
    const { listsByName, lists, leadsInListsOfOneName, leadsSent } = bison.stats();
    expect(Object.values(listsByName)).toEqual([1, 1, 1, 1]);
    expect(lists.map(({ accepted }) => accepted)).toEqual([21, 21, 21, 21]);
    expect(leadsSent).toBe(84);
    expect(leadsInListsOfOneName).toBe(0);
    const ledger = await it.store.uploads.ofMonth({ client: 'lakeside', month: march });
    expect(ledger.map(({ listId }) => listId)).toEqual(lists.map(({ id }) => String(id)));
  });

  test('an attach and a rename are done once, and the message is posted once', async () => {
    const { operator, approver } = it.people;
    it.clock.set('2027-02-01T08:30:00-06:00');
    await it.clock.followed();
    await operator.say(channel, '/leadops evergreen lakeside');
    const card = await seen(operator, /Reputation building/, { timeoutMs: 2 * minutes });
    const attached = killAfter('dropAfterAttach', () => bison.stats().attaches.length === 1);
    await approver.click(card, 'It is on');
    await attached;
    await killAfter('dropAfterRename', () => bison.stats().renames.length === 1);
    expect(await runOf('evergreen')).toMatchObject({ status: 'success', error: null });
    const { attaches, renames, settingsLost, campaigns } = bison.stats();
    expect(attaches).toHaveLength(1);
    expect(renames).toHaveLength(1);
    expect(settingsLost).toEqual([]);
    expect(campaigns.find(({ id }) => id === 41)).toMatchObject({ name: newTitle, totalLeads: 61 });
    expect(await runOf('weekly')).toMatchObject({ status: 'success' });
    const firsts = (await operator.messages(channel)).map(({ text }) => text.split('\n')[0] ?? '');
    expect(firsts.filter((text) => text.startsWith('✅ Refined Data Uploaded'))).toHaveLength(1);
    expect(firsts.filter((text) => text.includes('Evergreen · Lakeside'))).toHaveLength(1);
  });
});
