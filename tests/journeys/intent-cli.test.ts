import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Day } from '../../pipeline/vocabulary.ts';
import { words } from '../../sandbox/demo/look.ts';
import { leadops } from '../../sandbox/demo/processes.ts';
import { seen, startTestSlack, type TestSlack } from '../support/app.ts';
import { intentChannel, monday, startIntentVendors, type IntentVendors } from '../support/intent-vendors.ts';

const minute = 60_000;
jest.setTimeout(15 * minute);

describe('intent polling from the command line, where no app runs', () => {
  let vendors: IntentVendors;
  let it: TestSlack;
  beforeAll(async () => {
    vendors = await startIntentVendors();
    it = await startTestSlack({ environment: { ...vendors.environment, LOG_LEVEL: 'silent' }, start: monday });
  }, minute);
  afterAll(async () => {
    await it.close();
    await vendors.close();
  });
  const cli = (line: string) => leadops(line.split(' '), it.environment);
  const charged = async () => (await vendors.zoominfo()).credits.charged;
  const polls = async () =>
    (await it.store.runs.recent({ workflow: 'intent', limit: 20 })).filter((run) => !run.dryRun);

  test('a wrong trigger is refused, and nothing is started', async () => {
    await expect(cli('intent run --trigger daily')).rejects.toThrow(/"daily" is no trigger.*Nothing was started/s);
    expect(await it.store.runs.recent({ workflow: 'intent', limit: 1 })).toEqual([]);
  });

  test('a dry run tells the day step by step, and nothing is spent or sent', async () => {
    const said = await cli('intent run --dry-run --verbose');
    expect(said).toMatch(/dry run is done.*would cost up to \d+ credits/);
    expect(said).toMatch(/\d+ signals for Vending Machines.*older than 14 days.*Estimate: up to.*Topics Vending/s);
    expect(await charged()).toBe(0);
    expect((await vendors.mail()).accepted).toBe(0);
  });

  /** What an app without a login, or one that came too late, made of a day. */
  async function closed(day: string, state: 'off' | 'missed') {
    const due = { kind: 'intent' as const, day: day as Day, at: new Date(it.clock.now()) };
    await it.store.calendar.claimOne(due, 'an app', 60);
    await it.store.calendar.close(due, { state, runId: null, lateSeconds: 0 });
  }

  test('two crons in the same minute make one poll of the day, though an app without a login came first', async () => {
    await closed('2027-01-18', 'off');
    const said = await Promise.all([cli('intent run --trigger scheduled'), cli('intent run --trigger scheduled')]);
    const [run, ...others] = await polls();
    expect(others).toEqual([]);
    expect(run).toMatchObject({ status: 'success', trigger: 'scheduled', batchId: 'HADES-20270118-001' });
    for (const one of said) expect(one).toContain(`The poll of 2027-01-18 is run ${run?.id.slice(0, 8)}`);
    expect((await vendors.mail()).accepted).toBe(1);
    expect(run?.creditsUsed).toBe(await charged());
    const card = await seen(it.people.operator, /Intent polling is done/, { to: intentChannel });
    expect((await it.people.operator.thread(card)).flatMap((reply) => reply.files.map(({ name }) => name))).toEqual([
      'HADES-20270118-001.csv',
    ]);
    // A third one comes later: the day is done.
    expect(await cli('intent run --trigger scheduled')).toContain(run?.id.slice(0, 8));
    expect(await polls()).toHaveLength(1);
  });

  test('a day that was missed stays so for a cron, which says it and what can be done', async () => {
    it.clock.set('2027-01-19T20:30:00-05:00');
    await closed('2027-01-19', 'missed');
    await expect(cli('intent run --trigger scheduled')).rejects.toThrow(
      /poll of 2027-01-19 is closed as "missed"\. Nothing was started.*without --trigger scheduled/s,
    );
    expect(await polls()).toHaveLength(1);
  });

  test('with --no-email the file in Slack is the delivery, and a poll by hand is one of its own', async () => {
    vendors.setNow('2027-01-25T06:30:00-05:00');
    it.clock.set('2027-01-25T06:30:00-05:00');
    expect(await cli('intent run --no-email')).toMatch(/leads? in HADES-20270125-001\. The file is in Slack/);
    expect((await vendors.mail()).accepted).toBe(1);
    expect((await polls())[0]).toMatchObject({ trigger: 'manual', status: 'success' });
    const card = await seen(it.people.operator, /HADES-20270125-001/, { to: intentChannel });
    expect(words(card)).toContain('no mail was asked for');
  });

  test('status says the same as in Slack', async () => {
    expect(await cli('intent status')).toMatch(/Next run 2027-01-25 12:00 UTC.*Last run.*credits used this week/s);
  });

  test('a poll that fails ends with an error, and says why', async () => {
    await vendors.fault({ lapsed: true });
    vendors.setNow('2027-02-01T06:30:00-05:00');
    it.clock.set('2027-02-01T06:30:00-05:00');
    await expect(cli('intent run')).rejects.toThrow(/failed: .*empty contacts.*lapsed/s);
    expect((await vendors.mail()).accepted).toBe(1);
  });
});
