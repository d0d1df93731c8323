import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import { NotPossible, type Person } from '../../sandbox/slack/client.ts';
import type { ZoominfoFaults } from '../../sandbox/zoominfo/index.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import type { StoredRun } from '../../src/store/runs/row.ts';
import { channel, runOver, seen, seldom, startTestApp, type TestApp } from '../support/app.ts';
import { monday, recipients, startIntentVendors, type IntentVendors } from '../support/intent-vendors.ts';

const minute = 60_000;
jest.setTimeout(9 * minute);

let vendors: IntentVendors;
let it: TestApp;

const poll = (flags = '') => runOver(it, () => it.people.operator.say(channel, `/leadops intent run${flags}`), minute);
const charged = async () => (await vendors.zoominfo()).credits.charged;
const budget = () => it.store.credits({ now: () => new Date(monday) }).budget(10_000);
const exported = async () => (await it.store.intentBook.exportsSince('2026-01-01' as Day)).length;

/** A button that was redrawn meanwhile is looked for again. */
function unlessGone(error: unknown): undefined {
  if (!(error instanceof NotPossible)) throw error;
}

async function retried(run: StoredRun): Promise<StoredRun> {
  const card = await seen(it.people.operator, new RegExp(`failed: .*run \`${run.id.slice(0, 8)}\``, 's'));
  await it.people.operator.click(card, 'Retry from the failed step');
  return it.people.operator.waitFor(
    'the end of the next attempt',
    seldom(async () => {
      const now = await it.store.runs.get(run.id);
      return now && now.attempt > run.attempt && now.finishedAt ? now : undefined;
    }),
    minute,
  );
}

/** Whatever happened: nothing is held, and what the books say was spent is what ZoomInfo charged. */
async function expectTrueBooks() {
  const { spent, unsettled, held } = await budget();
  expect({ held, used: spent + unsettled }).toEqual({ held: 0, used: await charged() });
}

beforeAll(async () => {
  vendors = await startIntentVendors({ weeklyCap: 10_000 });
  it = await startTestApp({ environment: vendors.environment, start: monday });
});
afterAll(async () => {
  await it.close();
  await vendors.close();
});

describe('trouble before anything costs', () => {
  afterEach(() => vendors.fault({ down: false, shapeChanged: false, wrongLogin: false, unknownField400: false }));

  test.each<[string, Partial<ZoominfoFaults>, string, RegExp]>([
    ['away', { down: true }, 'NETWORK', /connection was lost|could not be reached/],
    [
      'wrong about our login',
      { wrongLogin: true, expireToken: true },
      'AUTH',
      /refuses the login.*credentials set zoominfo/s,
    ],
    ['of another shape', { shapeChanged: true }, 'DATA_VALIDATION', /shape we know: signalScore: missing/],
    [
      'without a criterion of ours',
      { unknownField400: 'topics' },
      'DATA_VALIDATION',
      /refused the request.*It names topics/s,
    ],
  ])(
    'a ZoomInfo that is %s fails the poll, which says why and what to do, and costs nothing',
    async (_, fault, type, why) => {
      await vendors.fault(fault);
      const run = await poll();
      expect(run).toMatchObject({ status: 'failed', errorType: type, creditsUsed: 0, leadsExported: 0 });
      expect(run.error).toMatch(why);
      expect(words(await seen(it.people.operator, why))).toContain('Retry from the failed step');
      expect(await charged()).toBe(0);
      await expectTrueBooks();
    },
  );

  test('a call that costs nothing is tried four times, not sixteen', async () => {
    const before = (await vendors.zoominfo()).requests['/search/intent'] ?? 0;
    await vendors.fault({ error500: 100 });
    expect(await poll()).toMatchObject({ status: 'failed', errorType: '5XX' });
    await vendors.fault({ error500: 0 });
    expect(((await vendors.zoominfo()).requests['/search/intent'] ?? 0) - before).toBe(4);
  });
});

describe('trouble with what costs', () => {
  afterEach(() => vendors.fault({ lapsed: false, unknownField400: false, error500: 0 }));

  test('lapsed credits fail the poll loudly instead of making blank leads, and a retry goes on from there', async () => {
    await vendors.fault({ lapsed: true });
    const run = await poll();
    expect(run).toMatchObject({ status: 'failed', creditsUsed: 0 });
    expect(run.error).toMatch(/empty contacts: no name, e-mail or phone.*lapsed/s);
    expect((await vendors.mail()).mails).toEqual([]);
    await vendors.fault({ lapsed: false, loseAnswer: 0 });
    const before = (await vendors.zoominfo()).requests['/search/intent'] ?? 0;
    // The next paid call is lost: this attempt spends, and stays short of a mail.
    await vendors.fault({ loseAnswer: 1 });
    const again = await retried(run);
    expect(again).toMatchObject({ status: 'failed', attempt: 2 });
    expect((await vendors.zoominfo()).requests['/search/intent']).toBe(before);
  });

  test('a lost answer counts as spent, is not asked for again, and is released by an approver only', async () => {
    const { operator, approver } = it.people;
    const [run] = await it.store.runs.recent({ workflow: 'intent', limit: 1 });
    if (!run) throw new Error('there is no run');
    const used = await charged();
    expect(run.creditsUsed).toBe(used);
    expect(await budget()).toMatchObject({ spent: 0, unsettled: used, held: 0 });
    expect(run.error).toMatch(/credits may have been charged.*approver can release/s);
    // Somebody retries all the same: ZoomInfo is asked for nothing.
    const before = (await vendors.zoominfo()).requests['/enrich/contact'];
    const again = await retried(run);
    expect(again).toMatchObject({ status: 'failed', creditsUsed: used });
    expect((await vendors.zoominfo()).requests['/enrich/contact']).toBe(before);

    // The card of the retry goes through "at work", without the button, while the test looks.
    const release = (person: Person) =>
      person.waitFor('the button that releases', async () => {
        const ofRun = new RegExp(`run \`${run.id.slice(0, 8)}\`.*Release ${used} credits`, 's');
        const card = (await person.messages(channel)).findLast((message) => ofRun.test(words(message)));
        return card && person.click(card, `Release ${used} credits …`).catch(unlessGone);
      });
    await release(operator);
    await seen(operator, /needs the role \*approver\*/);
    expect(await budget()).toMatchObject({ unsettled: used });
    await release(approver);
    await seen(approver, new RegExp(`${used} credits are free again`));
    expect(await budget()).toMatchObject({ spent: 0, unsettled: 0 });
  });

  test('a retry after the release asks again, goes through to the mail, and its books are true', async () => {
    const [run] = await it.store.runs.recent({ workflow: 'intent', limit: 1 });
    if (!run) throw new Error('there is no run');
    const before = await charged();
    const done = await retried(run);
    expect(done).toMatchObject({ status: 'success', batchId: 'HADES-20270118-001' });
    expect(done.creditsUsed).toBe((await charged()) - before);
    expect((await vendors.mail()).mails).toHaveLength(1);
    expect(done.leadsExported).toBeGreaterThan(0);
    expect(await exported()).toBe(done.leadsExported);
  });

  test('an older run that failed is not taken up again once a later one has polled', async () => {
    const failed = (await it.store.runs.recent({ workflow: 'intent', limit: 50 })).findLast(
      ({ status }) => status === 'failed',
    );
    if (!failed) throw new Error('there is no failed run');
    const before = await charged();
    const again = await retried(failed);
    expect(again.error).toMatch(/has polled since\. Nothing more was spent/);
    expect(await charged()).toBe(before);
  });
});

describe('trouble that is overcome', () => {
  beforeAll(async () => {
    // A week on: other signals, so that there is something to pay for.
    await nextWeek('2027-01-25T06:30:00-05:00', /the last <[^>]*2027-01-22/);
  });

  test('429, 500 and a token that ran out in the middle do not show, and nobody is paid for twice', async () => {
    await vendors.fault({ rateLimited: 2, error500: 1, expireToken: true });
    const before = await charged();
    const run = await poll();
    expect(run).toMatchObject({ status: 'success', error: null });
    expect(run.creditsUsed).toBe((await charged()) - before);
    expect(run.leadsExported).toBeGreaterThan(0);
  });

  test('a field ZoomInfo no longer takes is done without, named on the card, and approvers are told', async () => {
    await vendors.fault({ unknownField400: 'excludePartialProfiles' });
    await nextWeek('2027-02-01T06:30:00-05:00', /the last <[^>]*2027-01-29/);
    await vendors.fault({ unknownField400: 'directPhone' });
    const run = await poll();
    await vendors.fault({ unknownField400: false });
    expect(run.status).toBe('success');
    const card = await seen(it.people.operator, /no longer takes `directPhone`.*Details/s);
    expect(words(card)).toContain('Please look at');
    await seen(it.people.operator, /<@U02APPROVER>.*no longer takes `directPhone`/);
  });
});

describe('trouble with the mail', () => {
  let week = 0;
  beforeAll(() => vendors.reset());
  afterEach(() => vendors.mailFault({ refuse: {}, busy: 0, closeAfterData: 0, rejectMessage: 0 }));

  /** Each of these needs companies that nobody exported yet. */
  async function newSignals() {
    const days = ['2027-02-08', '2027-02-15', '2027-02-22', '2027-03-01', '2027-03-08', '2027-03-15'];
    const friday = ['2027-02-05', '2027-02-12', '2027-02-19', '2027-02-26', '2027-03-05', '2027-03-12'];
    // 6:30 in New York: in March's second week clocks have changed.
    const offset = days[week] === '2027-03-15' ? '-04:00' : '-05:00';
    await nextWeek(`${days[week]}T06:30:00${offset}`, new RegExp(`the last <[^>]*${friday[week]}`));
    week += 1;
  }

  test('a recipient who is refused fails the delivery: nothing counts as exported, and a retry sends to him alone', async () => {
    const [first = '', second = ''] = recipients;
    await newSignals();
    const before = await exported();
    await vendors.mailFault({ refuse: { [second]: 550 } });
    const run = await poll();
    expect(run).toMatchObject({ status: 'failed', leadsExported: 0 });
    expect(run.error).toMatch(/not taken by all 2 recipients: 1 refused it/);
    // While it was being sent the card said so; what counts is what it says in the end.
    await seen(it.people.operator, new RegExp(`Not delivered.*${second}: refused \\(550`, 's'));
    expect(await exported()).toBe(before);
    const paid = await charged();
    await vendors.mailFault({ refuse: {} });
    const again = await retried(run);
    expect(again.status).toBe('success');
    expect((await vendors.mail()).byRecipient).toEqual({ [first]: 1, [second]: 1 });
    expect(await charged()).toBe(paid);
    expect((await exported()) - before).toBe(again.leadsExported);
  });

  test('a server that puts a mail off is asked again by itself, and everybody gets it once', async () => {
    await newSignals();
    await vendors.reset();
    await vendors.mailFault({ busy: 2 });
    const run = await poll();
    expect(run).toMatchObject({ status: 'success' });
    expect((await vendors.mail()).byRecipient).toEqual(Object.fromEntries(recipients.map((one) => [one, 1])));
  });

  test('a mail of which nobody knows is shown as maybe sent; Send again is the same message, once', async () => {
    const { operator } = it.people;
    await newSignals();
    await vendors.reset();
    const before = await exported();
    await vendors.mailFault({ closeAfterData: 1 });
    const run = await poll();
    expect(run).toMatchObject({ status: 'success', leadsExported: 0 });
    expect(await exported()).toBe(before);
    const card = await seen(operator, /maybe sent: its server never answered.*Send again/s);
    await Promise.all([operator.click(card, 'Send again'), it.people.approver.click(card, 'Send again')]);
    await operator.waitFor(
      'the delivery',
      async () => ((await it.store.runs.get(run.id))?.leadsExported ?? 0) > 0,
      minute,
    );
    const { byMessageId } = await vendors.mail();
    expect(Object.entries(byMessageId)).toEqual([[`<${run.batchId?.toLowerCase()}@northwind.example>`, 2]]);
    expect((await exported()) - before).toBe((await it.store.runs.get(run.id))?.leadsExported);
    await operator.waitFor('the card without its question', async () => {
      const now = (await operator.messages(channel)).find((one) => one.ts === card.ts);
      return now && !words(now).includes('Send again');
    });
  });

  test('“It arrived” settles a mail that maybe was sent, and sends nothing', async () => {
    const { operator } = it.people;
    await newSignals();
    await vendors.reset();
    await vendors.mailFault({ closeAfterData: 1 });
    const run = await poll();
    const card = await seen(operator, new RegExp(`run \`${run.id.slice(0, 8)}\`.*It arrived`, 's'));
    await operator.click(card, 'It arrived');
    await seen(operator, new RegExp(`Somebody looked: the mail had arrived.*run \`${run.id.slice(0, 8)}\``, 's'));
    expect((await vendors.mail()).mails).toHaveLength(1);
    expect((await it.store.runs.get(run.id))?.leadsExported).toBeGreaterThan(0);
  });

  test('a Slack without uploads fails no run: the mail goes out and the card says where the file is', async () => {
    await newSignals();
    await vendors.reset();
    await slackFault({ method: 'files.getUploadURLExternal', error: 'unknown_method', times: 3 });
    const run = await poll();
    expect(run.status).toBe('success');
    expect(run.leadsExported).toBeGreaterThan(0);
    await seen(it.people.operator, /could not be posted here \(unknown_method\).*behind \*Details\*/s);
  });

  test('with --no-email such a Slack leaves the batch undelivered, until Send again posts the file', async () => {
    const { operator } = it.people;
    await newSignals();
    await vendors.reset();
    await slackFault({ method: 'files.getUploadURLExternal', error: 'unknown_method', times: 3 });
    const before = await exported();
    const run = await poll(' --no-email');
    expect(run).toMatchObject({ status: 'success', leadsExported: 0 });
    expect(run.summary.outcome).toMatch(/could not be posted in Slack \(unknown_method\)/);
    expect(await exported()).toBe(before);
    const card = await seen(operator, new RegExp(`Not delivered.*run \`${run.id.slice(0, 8)}\`.*Send again`, 's'));
    await operator.click(card, 'Send again');
    await operator.waitFor('the delivery', async () => (await exported()) > before, minute);
    const [file] = (await operator.thread(card)).flatMap((reply) => reply.files);
    expect(file?.name).toBe(`${run.batchId}.csv`);
    expect((await vendors.mail()).mails).toEqual([]);
  });
});

async function nextWeek(moment: string, missed: RegExp): Promise<void> {
  vendors.setNow(moment);
  it.clock.set(moment);
  await seen(it.people.operator, missed, { to: 'C03SUCCESS' });
}

async function slackFault(fault: Readonly<Record<string, unknown>>): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(`${it.slack.url}/_control/fault`, { method: 'POST', headers, body: JSON.stringify(fault) });
}
