import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { words } from '../../sandbox/demo/look.ts';
import { diallerColumns } from '../../pipeline/intent/dialler-columns.ts';
import { channel, noteFor, runOver, seen, startTestApp, type TestApp } from '../support/app.ts';
import { lookInto } from '../support/store.ts';
import {
  intentChannel,
  monday,
  recipients,
  startIntentVendors,
  type IntentVendors,
} from '../support/intent-vendors.ts';

const minute = 60_000;
jest.setTimeout(9 * minute);

const home = async (it: TestApp, pattern: RegExp) => {
  const { operator } = it.people;
  return operator.waitFor(`${String(pattern)} on App Home`, async () => {
    const view = await operator.home();
    return view && pattern.test(words({ text: '', blocks: view.blocks })) ? view : undefined;
  });
};

/** Monday 25 January, 6:30 in New York: the calendar has said by then what it missed. */
async function nextWeek(it: TestApp, vendors: IntentVendors): Promise<void> {
  vendors.setNow('2027-01-25T06:30:00-05:00');
  it.clock.set('2027-01-25T06:30:00-05:00');
  await seen(it.people.operator, /missed.*the last <[^>]*2027-01-22/, { to: intentChannel });
}

describe('a poll from the slash command to the mail', () => {
  let vendors: IntentVendors;
  let it: TestApp;
  beforeAll(async () => {
    vendors = await startIntentVendors();
    it = await startTestApp({ environment: vendors.environment, start: monday });
  });
  afterAll(async () => {
    await it.close();
    await vendors.close();
  });
  const theFile = async () => {
    const files = (await it.people.operator.files(channel)).filter((file) => file.name.endsWith('.csv'));
    return files.at(-1);
  };

  test('who has no role may start nothing, and a wrong word is answered with the form', async () => {
    const { operator, outsider } = it.people;
    expect(await noteFor(outsider, '/leadops intent run')).toMatch(/needs the role \*operator\*.*Nothing was done/s);
    expect(await noteFor(operator, '/leadops intent dance')).toMatch(
      /“dance”.*Nothing was started.*run.*preview.*status/s,
    );
    expect(await noteFor(operator, '/leadops intent run --fast')).toMatch(/`--fast`.*Nothing was started/s);
    expect(await it.store.runs.recent({ workflow: 'intent', limit: 5 })).toEqual([]);
  });

  test('a preview shows real numbers and costs nothing', async () => {
    const { operator } = it.people;
    await operator.say(channel, '/leadops intent preview');
    const card = await seen(operator, /Intent polling · dry run is done/);
    expect(words(card)).toMatch(/would cost up to \d+ credits. It fits: 500 of 500 are left/);
    expect(words(card)).toMatch(/Signals found +\d+\n.*Companies on the shortlist +\d+/s);
    const { credits, requests } = await vendors.zoominfo();
    expect(credits.charged).toBe(0);
    expect(Object.keys(requests).toSorted()).toEqual(['/authenticate', '/search/intent']);
  });

  test('of presses in the same moment one polls, and the others are shown it', async () => {
    const { operator, approver } = it.people;
    await vendors.fault({ slow: 300 });
    const preview = await seen(operator, /dry run is done/);
    const run = await runOver(
      it,
      async () => {
        await Promise.all([
          operator.say(channel, '/leadops intent run'),
          approver.say(channel, '/leadops intent run'),
          approver.click(preview, 'Run now'),
        ]);
        await seen(approver, /Intent polling is already running/);
      },
      2 * minute,
    );
    await vendors.fault({ slow: 0 });
    expect(run).toMatchObject({ status: 'success', trigger: 'manual', batchId: 'HADES-20270118-001' });
    const polls = (await it.store.runs.recent({ workflow: 'intent', limit: 9 })).filter((one) => !one.dryRun);
    expect(polls).toHaveLength(1);
  });

  test('history, budget and ZoomInfo agree on what it cost, and nobody was paid for twice', async () => {
    const [run] = await it.store.runs.recent({ workflow: 'intent', limit: 1 });
    const { credits, repeated } = await vendors.zoominfo();
    expect(credits.charged).toBeGreaterThan(0);
    expect(run?.creditsUsed).toBe(credits.charged);
    expect(repeated).toEqual([]);
    const clock = { now: () => new Date(monday) };
    expect(await it.store.credits(clock).budget(500)).toMatchObject({
      spent: credits.charged,
      unsettled: 0,
      held: 0,
      left: 500 - credits.charged,
    });
  });

  test('one mail went to all recipients, with the dialler’s file and a Message-ID made from the batch', async () => {
    const [run] = await it.store.runs.recent({ workflow: 'intent', limit: 1 });
    const { mails, byMessageId } = await vendors.mail();
    expect(byMessageId).toEqual({ '<hades-20270118-001@northwind.example>': 1 });
    const [mail] = mails;
    expect(mail).toMatchObject({
      recipients,
      subject: `ZoomInfo intent: ${run?.leadsExported} leads · HADES-20270118-001`,
    });
    expect(mail?.attachments).toMatchObject([{ name: 'HADES-20270118-001.csv', type: 'text/csv' }]);
  });

  test('the file has the 31 columns, owners in turn, phones the dialler can call, and is the one in Slack', async () => {
    const [run] = await it.store.runs.recent({ workflow: 'intent', limit: 1 });
    const kept = await it.store.files.read('intent/HADES-20270118-001.csv');
    const file = await it.people.operator.waitFor('the file in Slack', theFile);
    expect(await it.people.operator.download(file)).toBe(kept?.bytes.toString());
    const rows = parse<Record<string, string>>(kept?.bytes ?? '', { columns: true });
    expect(rows).toHaveLength(run?.leadsExported ?? 0);
    expect(Object.keys(rows[0] ?? {})).toEqual([...diallerColumns]);
    expect(rows.map((row) => row['Contact Owner'])).toEqual(
      rows.map((_, index) => (index % 2 === 0 ? 'kim@northwind.example' : 'lee@northwind.example')),
    );
    for (const row of rows) {
      expect(row['List Source']).toBe('ZoomInfo Jan 18 2027');
      expect(row['Import Notes']).toMatch(/^Batch: HADES-20270118-001 \| Score: \d+ \| Age: \d+d/);
      for (const column of ['Home', 'Mobile', 'Business']) expect(row[column]).toMatch(/^(\(\d{3}\) \d{3}-\d{4})?$/);
    }
    const scores = rows.map((row) => Number(/Score: (\d+)/.exec(row['Import Notes'] ?? '')?.[1]));
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  test('the card has the funnel and the top leads, and names nobody of the list', async () => {
    const { operator } = it.people;
    const [run] = await it.store.runs.recent({ workflow: 'intent', limit: 1 });
    const card = await seen(
      operator,
      /Intent polling is done\. \d+ leads in HADES-20270118-001\. Mailed to 2 recipients/,
    );
    expect(words(card)).toMatch(/Leads +\d+\n/);
    expect(words(card)).toContain(`This run: *${run?.creditsUsed} credits*`);
    expect((await operator.thread(card)).flatMap((reply) => reply.files.map((file) => file.name))).toEqual([
      'HADES-20270118-001.csv',
    ]);
    const { data: leads } = await lookInto(it.dataDir, (db) => db.from('intent_leads').select('last_name,email'));
    expect(leads?.length).toBe(run?.leadsExported);
    for (const lead of leads ?? []) expect(words(card)).not.toMatch(new RegExp(`\\b${lead.last_name}, |${lead.email}`));
  });

  test('App Home shows next and last run, the bar, and the history; a row opens the whole summary with the file', async () => {
    const { operator } = it.people;
    const [run] = await it.store.runs.recent({ workflow: 'intent', limit: 1 });
    const view = await home(it, /Last run.*HADES-20270118-001/s);
    const text = words({ text: '', blocks: view.blocks });
    // 7:00 in New York, as a moment that Slack shows in the reader's own zone.
    expect(text).toContain(`*Next run* <!date^${Date.parse('2027-01-18T12:00:00Z') / 1000}^`);
    expect(text).toMatch(new RegExp(`[█░]+ \\d+ %  \\*${run?.creditsUsed} of 500\\* credits used this week`));
    expect(text).toMatch(/✅ \*success\* · \d+ leads delivered · \d+ credits · HADES-20270118-001 · manual/);
    expect(text).toMatch(/Topics Vending Machines, .* cap 500 credits a week/);
    const asked = await operator.click(view, 'Run now', { confirm: 'ask' });
    expect(JSON.stringify(asked)).toMatch(/Estimate: at most 75 credits .*the last estimate was \d+.*of 500 are left/);
    await operator.click(view, { actionId: 'run_details', carrying: run?.id ?? '' });
    const modal = await operator.waitFor('the summary', async () =>
      (await operator.modals()).find((one) =>
        words({ text: '', blocks: one.blocks }).includes('Batch HADES-20270118-001'),
      ),
    );
    const summary = words({ text: '', blocks: modal.blocks });
    expect(summary).toMatch(/✅ delivered \(by email\).*Estimate: up to.*credits spent.*Configuration it ran with/s);
    const link = /<(http[^|]+)\|HADES-20270118-001\.csv>/.exec(summary)?.[1] ?? '';
    expect(await (await fetch(link)).text()).toContain('List Source');
    expect((await fetch(link.replace(/sig=./, 'sig=_'))).status).toBe(403);
    await operator.close();
  });

  test('polled again, a day with zero leads explains itself, mails nobody and pays for nobody again', async () => {
    const { operator } = it.people;
    const before = await vendors.zoominfo();
    const run = await runOver(it, () => operator.say(channel, '/leadops intent run'), minute);
    expect(run).toMatchObject({ status: 'success', leadsExported: 0, batchId: null });
    const card = await seen(operator, /Intent polling is done\. No leads today/);
    expect(words(card)).toMatch(/were exported in the last 180 days/);
    expect((await vendors.mail()).mails).toHaveLength(1);
    const after = await vendors.zoominfo();
    expect(after.repeated).toEqual([]);
    expect(after.credits.charged - before.credits.charged).toBe(run.creditsUsed);
  });

  test('a day without any signal says so, and costs nothing', async () => {
    const { operator } = it.people;
    await vendors.fault({ zeroResults: true });
    const run = await runOver(it, () => operator.say(channel, '/leadops intent run'), minute);
    await vendors.fault({ zeroResults: false });
    expect(run).toMatchObject({ status: 'success', creditsUsed: 0 });
    expect(run.summary.outcome).toMatch(/^No leads today: ZoomInfo has no signal of 75 or more for Vending Machines/);
  });

  test('status says it all in words', async () => {
    const note = await noteFor(it.people.operator, '/leadops intent status');
    expect(note).toMatch(/Next run.*Last run.*No leads today.*credits used this week.*HADES-20270118-001.*Topics/s);
  });

  test('with --no-email the file in Slack is the delivery', async () => {
    const { operator } = it.people;
    // A week on there are new signals.
    await nextWeek(it, vendors);
    const run = await runOver(it, () => operator.say(channel, '/leadops intent run --no-email'), minute);
    expect(run).toMatchObject({ status: 'success', batchId: 'HADES-20270125-001' });
    expect(run.leadsExported).toBeGreaterThan(0);
    expect((await theFile())?.name).toBe('HADES-20270125-001.csv');
    expect((await vendors.mail()).mails).toHaveLength(1);
    await seen(operator, /The file is in Slack; no mail was asked for/);
  });
});

describe('a poll that does not fit into the week', () => {
  let vendors: IntentVendors;
  let it: TestApp;
  beforeAll(async () => {
    vendors = await startIntentVendors({ weeklyCap: 20 });
    it = await startTestApp({ environment: vendors.environment, start: monday });
  });
  afterAll(async () => {
    await it.close();
    await vendors.close();
  });

  test('is skipped, spends nothing, and tells approvers', async () => {
    const { operator } = it.people;
    const run = await runOver(it, () => operator.say(channel, '/leadops intent run'), minute);
    expect(run).toMatchObject({ status: 'skipped', creditsUsed: 0 });
    expect((await vendors.zoominfo()).credits.charged).toBe(0);
    const card = await seen(operator, /Intent polling was skipped\. It may need \d+ credits and 20 of 20 are left/);
    expect(words(card)).toContain('Raise the cap');
    await seen(operator, /<@U02APPROVER>.*Nothing was spent/);
  });

  test('an operator may not raise the cap; an approver may, with a reason, to the week’s end', async () => {
    const { operator, approver } = it.people;
    const card = await seen(operator, /Intent polling was skipped/);
    await operator.click(card, 'Raise the cap …');
    await seen(operator, /needs the role \*approver\*/);
    await approver.click(card, 'Raise the cap …');
    await approver.waitFor('the modal', async () => JSON.stringify(await approver.modals()).includes('New cap'));
    const low = await approver.submit({ cap: '20', reason: 'x' });
    expect(JSON.stringify([low, await approver.modals()])).toMatch(/whole number above 20/);
    const silent = await approver.submit({ cap: '45', reason: ' ' });
    expect(JSON.stringify([silent, await approver.modals()])).toMatch(/say why/);
    await approver.submit({ cap: '45', reason: 'A trade fair next week.' });
    const raised = await seen(operator, /Cap raised to 45 until Sunday by <@U02APPROVER>: “A trade fair next week\.”/);
    expect(words(raised)).not.toContain('Raise the cap');
    const { data } = await lookInto(it.dataDir, (db) =>
      db.from('audit').select('who,what,subject,facts').eq('what', 'raise the weekly cap'),
    );
    expect(data).toEqual([
      {
        who: 'U02APPROVER',
        what: 'raise the weekly cap',
        subject: '2027-01-18',
        facts: { from: 20, to: 45, reason: 'A trade fair next week.' },
      },
    ]);
  });

  test('Run now on the same card polls within the raised cap', async () => {
    const { operator } = it.people;
    const card = await seen(operator, /Intent polling was skipped/);
    const run = await runOver(it, () => operator.click(card, 'Run now'), minute);
    const { credits } = await vendors.zoominfo();
    expect(run).toMatchObject({ status: 'success', creditsUsed: credits.charged });
    expect(credits.charged).toBeLessThanOrEqual(45);
    expect((await vendors.mail()).mails).toHaveLength(1);
  });

  test('each share of the cap that is reached is told once, whatever runs follow', async () => {
    const { operator } = it.people;
    const { credits } = await vendors.zoominfo();
    await runOver(it, () => operator.say(channel, '/leadops intent run'), minute);
    await seen(operator, /50 % of this week's ZoomInfo credits are used/, { to: intentChannel });
    const told = (await operator.messages(intentChannel)).filter((one) => /% of this week's ZoomInfo/.test(one.text));
    const reached = [50, 80, 95].filter((share) => credits.charged * 100 >= share * 45);
    expect(told.map((one) => Number(/(\d+) %/.exec(one.text)?.[1]))).toEqual(reached);
  });

  test('the next week has the usual cap again', async () => {
    const { operator } = it.people;
    await nextWeek(it, vendors);
    const run = await runOver(it, () => operator.say(channel, '/leadops intent preview'), minute);
    expect(run.summary.outcome).toMatch(/: 20 of 20 are left this week/);
  });
});
