import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import type { StoredRun } from '../../src/store/runs/row.ts';
import { channel, seen, seldom, startTestSlack, type TestSlack } from '../support/app.ts';
import { monday, startIntentVendors, type IntentVendors } from '../support/intent-vendors.ts';
import { startAppProcess, type AppProcess } from '../support/process.ts';

const minute = 60_000;
jest.setTimeout(15 * minute);

describe('a process that is killed in the middle of a poll', () => {
  let vendors: IntentVendors;
  let it: TestSlack;
  let app: AppProcess;
  beforeAll(async () => {
    vendors = await startIntentVendors();
    it = await startTestSlack({ environment: vendors.environment, start: monday });
    app = await startAppProcess(it.environment);
  }, 3 * minute);
  afterAll(async () => {
    await app.stop();
    await it.close();
    await vendors.close();
  });
  afterEach(() => Promise.all([vendors.fault({ slow: 0 }), vendors.mailFault({ hangAfterData: 0 })]));

  const budget = () => it.store.credits({ now: () => new Date(monday) }).budget(500);
  const charged = async () => (await vendors.zoominfo()).credits.charged;
  const asked = async (path: string) => (await vendors.zoominfo()).requests[path] ?? 0;
  const newest = async (): Promise<StoredRun | undefined> =>
    (await it.store.runs.recent({ workflow: 'intent', limit: 1 }))[0];
  const isDone = async (step: string) => {
    const run = await newest();
    const steps = run ? await it.store.runs.steps(run.id) : [];
    return steps.some(({ name, status }) => name.startsWith(step) && status === 'done');
  };

  /** Waits for the moment, kills the process in it, and starts it again. */
  async function killWhen(what: string, moment: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 2 * minute;
    while (!(await moment())) {
      if (Date.now() > deadline) throw new Error(`it never came to this: ${what}`);
      await new Promise((again) => setTimeout(again, 60));
    }
    await app.kill();
    await vendors.fault({ slow: 0 });
    app = await startAppProcess(it.environment);
  }

  const over = (status: string) =>
    it.people.operator.waitFor(
      `the run to be ${status}`,
      seldom(async () => {
        const run = await newest();
        return run?.status === status ? run : undefined;
      }),
      2 * minute,
    );

  test('in a search: it goes on by itself; in a paid call: nothing is asked again, and what may be spent counts', async () => {
    await vendors.fault({ slow: 2_500 });
    await it.people.operator.say(channel, '/leadops intent run');
    await killWhen('the search', async () => (await asked('/search/intent')) > 0);
    await vendors.fault({ slow: 2_500 });
    await killWhen('the first paid call', async () => (await asked('/enrich/contact')) > 0);
    const run = await over('failed');
    // What was under way at ZoomInfo when we died is carried out there all the same.
    await it.people.operator.waitFor('the charge', async () => (await charged()) > 0);
    expect(run.error).toMatch(
      /answer to “identify companies 1” never reached us; up to \d+ credits may have been charged/,
    );
    expect(await asked('/enrich/contact')).toBe(1);
    expect(run.creditsUsed).toBe(await charged());
    expect(await budget()).toMatchObject({ spent: 0, unsettled: run.creditsUsed, held: 0 });
    expect((await vendors.mail()).mails).toEqual([]);
  });

  test('everywhere else: it goes on by itself, pays for nobody twice and delivers once', async () => {
    const before = await charged();
    // A person's word: a new run asks for the companies again. The file in Slack is the delivery: of a mail under way
    // nobody could say what became of it (see below).
    await it.people.operator.say(channel, '/leadops intent run --no-email');
    await killWhen('ids learnt', () => isDone('identify companies'));
    await killWhen('people paid for', () => isDone('enrich contacts'));
    await killWhen('companies paid for', () => isDone('enrich companies'));
    await killWhen('a batch that is not delivered', () => isDone('batch'));
    const run = await over('success');
    expect(run.creditsUsed).toBe((await charged()) - before);
    const { repeated } = await vendors.zoominfo();
    // Those whose first answer was lost, and nobody else.
    expect(run.leadsExported).toBeGreaterThan(0);
    const lost = (await it.store.runs.recent({ workflow: 'intent', limit: 2 }))[1]?.creditsUsed ?? 0;
    expect(repeated.length).toBeLessThanOrEqual(lost);
    expect(repeated.every((record) => record.startsWith('person:'))).toBe(true);
    const files = (await it.people.operator.files(channel)).map(({ name }) => name);
    expect(files).toEqual([`${run.batchId}.csv`]);
    expect((await vendors.mail()).mails).toEqual([]);
    expect(await it.store.intentBook.exportsSince('2026-01-01' as Day)).toHaveLength(run.leadsExported);
    const { spent, unsettled, held } = await budget();
    expect({ used: spent + unsettled, held }).toEqual({ used: await charged(), held: 0 });
  });

  test('with a mail on its way: it is maybe sent, nothing is sent by itself, and no company counts as exported', async () => {
    const moment = '2027-01-25T06:30:00-05:00';
    vendors.setNow(moment);
    it.clock.set(moment);
    await seen(it.people.operator, /missed/, { to: 'C03SUCCESS' });
    const exported = (await it.store.intentBook.exportsSince('2026-01-01' as Day)).length;
    await vendors.mailFault({ hangAfterData: 1 });
    await it.people.operator.say(channel, '/leadops intent run');
    await killWhen('a mail that was handed over', async () => (await vendors.mail()).unanswered > 0);
    const run = await over('success');
    expect(run).toMatchObject({ leadsExported: 0, batchId: 'HADES-20270125-001' });
    expect((await vendors.mail()).byMessageId['<hades-20270125-001@northwind.example>']).toBe(1);
    expect(await it.store.intentBook.exportsSince('2026-01-01' as Day)).toHaveLength(exported);
    const card = await seen(it.people.operator, /maybe sent.*Send again/s);
    await it.people.operator.click(card, 'Send again');
    await it.people.operator.waitFor('the delivery', async () => ((await newest())?.leadsExported ?? 0) > 0);
    expect((await vendors.mail()).byMessageId['<hades-20270125-001@northwind.example>']).toBe(2);
  });

  test('no message was posted twice', async () => {
    const cards = (await it.people.operator.messages(channel)).filter((one) => one.isApp && !one.ephemeral);
    const ids = cards.map((one) => /run `(\w+)`/.exec(words(one))?.[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const card of cards) {
      const files = (await it.people.operator.thread(card)).flatMap((reply) => reply.files.map(({ name }) => name));
      expect(new Set(files).size).toBe(files.length);
    }
  });
});
