import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { valuesOf, words } from '../../sandbox/demo/look.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import { connectEmbedded } from '../../src/store/embedded/connect.ts';
import { bookOf, channel, noteFor, runOver, seen, startTestApp, type TestApp } from '../support/app.ts';
import { lakeside } from '../support/clients.ts';
import { startVendors, type Vendors } from '../support/vendors.ts';

const minutes = 60_000;
jest.setTimeout(30 * minutes);

/** A client of one ZIP whose target is met by it: its pull ends by itself. */
const small = (slug: string, more: Partial<Client> = {}): Client => ({
  ...lakeside,
  slug,
  name: `${slug[0]?.toUpperCase() ?? ''}${slug.slice(1)} Insurance`,
  states: ['TX'],
  channel,
  target: 10,
  ...more,
});
const clients = ['amber', 'birch', 'cedar', 'delta', 'ember', 'flint', 'grove', 'heron', 'ivory', 'jasper', 'kite'].map(
  (slug) => small(slug),
);
const short = small('short', { target: 5_000 });

describe('when things go wrong', () => {
  let vendors: Vendors;
  let it: TestApp;
  beforeAll(async () => {
    vendors = await startVendors();
    it = await startTestApp({
      clients: [...clients, short].map((client) => ({ client, zips: ['75035'] })),
      environment: { ...vendors.environment, VALIDATION_TIMEOUT_MINUTES: '1' },
    });
    await vendors.setUp(it.store);
  });
  afterAll(async () => {
    await it.close();
    await vendors.close();
  });

  const say = (text: string) => it.people.operator.say(channel, text);
  const pull = (slug: string) => say(`/pull-leads ${slug} 2027-03`);
  const counts = (slug: string) => it.store.leads.counts(bookOf({ slug }));
  const why = (slug: string) => noteFor(it.people.operator, `/leadops why ${slug} 2027-03`);
  const card = (slug: string, pattern: string) =>
    seen(it.people.operator, new RegExp(`Lead pull · ${slug}.*${pattern}`, 's'), { timeoutMs: 4 * minutes });

  test('a refused login waits for its owner, who corrects it on the card, and the pull goes on', async () => {
    await it.store.credentials.set('cole', 'TX', {
      username: 'northwind-tx',
      secret: 'wrong-word',
      owner: 'U04OUTSIDER',
    });
    const over = runOver(it, () => pull('amber'), 6 * minutes);
    const waiting = await card('Amber', 'needs a person');
    expect(words(waiting)).toMatch(/sign-in refused/);
    expect(words(waiting)).not.toContain('wrong-word');
    await it.people.operator.click(waiting, 'Update the login …');
    await seen(it.people.operator, /Only the owner of this login or an admin for all clients may update it/);
    const owner = it.people.outsider;
    const direct = await owner.waitFor('a direct message', async () =>
      (await owner.channels()).find((one) => one.id.startsWith('D')),
    );
    const asked = await seen(owner, /Your login cole:TX needs you/, { to: direct.id });
    await owner.click(asked, 'Update the login …');
    await owner.waitFor('the modal', async () => (await owner.modals()).length === 1);
    await owner.submit({ username: 'northwind-tx', secret: 'blue-heron-41' });
    const done = await seen(owner, /Your login cole:TX: taken care of by <@U04OUTSIDER>/, { to: direct.id });
    expect(valuesOf(done, 'login_update')).toEqual([]);
    expect((await over).status).toBe('success');
    const [error] = await it.store.runs.errors((await over).id);
    expect(error).toMatchObject({ type: 'AUTH', trace: null });
    expect(error?.screenshot).toBeTruthy();
  });

  test('a session that ends in mid-work is signed in again, and nothing is asked for twice', async () => {
    const before = vendors.cole.stats();
    const over = runOver(it, () => pull('birch'), 4 * minutes);
    await it.people.operator.waitFor('a search', () =>
      Promise.resolve(vendors.cole.stats().searches > before.searches),
    );
    await vendors.fault('cole', { expireSessions: true });
    expect((await over).status).toBe('success');
    expect(vendors.cole.stats().exports - before.exports).toBe(1);
  });

  test('vendors whose pages are called and built differently are still found one’s way in', async () => {
    await vendors.fault('cole', { redesign: true });
    await vendors.fault('clay', { redesign: 'words' });
    try {
      expect((await runOver(it, () => pull('cedar'), 6 * minutes)).status).toBe('success');
    } finally {
      await vendors.fault('cole', { redesign: false });
      await vendors.fault('clay', { redesign: false });
    }
  });

  test('a file cut off on its way is asked for once more, and said so', async () => {
    await vendors.fault('cole', { cutDownload: 1 });
    const run = await runOver(it, () => pull('delta'), 4 * minutes);
    expect(run.status).toBe('success');
    expect(await it.store.leads.sourcesOf(run.id)).toMatchObject([{ asked: 2, recounted: false }]);
    expect(await why('delta')).toMatch(/asked for twice \(cut off\)/);
  });

  test('a file with fewer records than were shown is exported anew, once', async () => {
    await vendors.fault('cole', { wrongCount: 1 });
    const run = await runOver(it, () => pull('ember'), 4 * minutes);
    expect(run.status).toBe('success');
    expect(await it.store.leads.sourcesOf(run.id)).toMatchObject([{ asked: 2, recounted: true }]);
  });

  test('fewer again: the rows are kept, the difference is named, and a person says whether to go on', async () => {
    await vendors.fault('cole', { wrongCount: 2 });
    const over = runOver(it, () => pull('flint'), 6 * minutes);
    const question = await card('Flint', 'Cole’s count and its file differ');
    expect(words(question)).toMatch(/Cole showed \d+ records, its file holds \d+/);
    await it.people.operator.click(question, 'Go on with what came');
    const run = await over;
    expect(run.status).toBe('success');
    expect(
      vendors.cole
        .stats()
        .exportList.slice(-2)
        .map((entry) => entry.shown - entry.records),
    ).toEqual([3, 3]);
    expect(await why('flint')).toMatch(/its file holds/);
  });

  test('"Stop here" stops; Retry goes on with the rows that came', async () => {
    await vendors.fault('cole', { wrongCount: 2 });
    const over = runOver(it, () => pull('jasper'), 6 * minutes);
    await it.people.operator.click(await card('Jasper', 'Cole’s count and its file differ'), 'Stop here');
    const stopped = await over;
    expect(stopped).toMatchObject({ status: 'failed' });
    const exports = vendors.cole.stats().exports;
    await it.people.operator.click(
      await card('Jasper', 'The pull stopped: .*press Retry'),
      'Retry from the failed step',
    );
    await card('Jasper', 'is done');
    expect((await it.store.runs.get(stopped.id))?.status).toBe('success');
    expect(vendors.cole.stats().exports).toBe(exports);
  });

  test('a file without anything in it is asked for once more', async () => {
    await vendors.fault('cole', { emptyFile: 1 });
    const run = await runOver(it, () => pull('kite'), 4 * minutes);
    expect(run.status).toBe('success');
    expect(await it.store.leads.sourcesOf(run.id)).toMatchObject([{ asked: 2, recounted: true }]);
  });

  test('rows of another month and of a ZIP nobody asked for are kept apart with their reason', async () => {
    await vendors.fault('cole', { wrongMonth: 4, foreignZip: 3 });
    try {
      expect((await runOver(it, () => pull('grove'), 4 * minutes)).status).toBe('success');
    } finally {
      await vendors.fault('cole', { wrongMonth: 0, foreignZip: 0 });
    }
    expect(await counts('grove')).toMatchObject({
      'quarantined: wrong month': 4,
      'quarantined: zip not asked for': 3,
    });
  });

  test('a wrong formula stops the pull with examples, and no verdict is stored', async () => {
    await vendors.fault('clay', { wrongFormula: 'day' });
    const run = await runOver(it, () => pull('heron'), 4 * minutes);
    await vendors.fault('clay', { wrongFormula: false });
    expect(run).toMatchObject({ status: 'failed', errorType: 'DATA_VALIDATION' });
    expect(run.error).toMatch(/formulas differ from ours in \d+ of \d+ rows.*purchaseDay: ".*" should be ".*"/s);
    expect((await counts('heron')).cleaned).toBeUndefined();
    const failed = await card('Heron', 'failed');
    expect(valuesOf(failed, 'run_retry')).toEqual([run.id]);
  });

  test('verdicts that come too late are picked up by a button', async () => {
    await vendors.fault('clay', { stuckValidation: 5 });
    const run = await runOver(it, () => pull('ivory'), 6 * minutes);
    expect(run.status).toBe('success');
    expect((await counts('ivory')).unverified).toBe(5);
    const paid = (await vendors.clay.stats()).creditsSpent;
    await vendors.fault('clay', { stuckValidation: 0 });
    const report = await seen(it.people.operator, /5 rows had no e-mail verdict/);
    const again = await runOver(it, () => it.people.operator.click(report, 'Pick up late verdicts'), 4 * minutes);
    expect(again.status).toBe('success');
    expect((await counts('ivory')).unverified).toBeUndefined();
    expect((await vendors.clay.stats()).creditsSpent).toBe(paid);
  });

  test('a database that goes away and an outage of Slack only delay a pull; open questions expire, and are not approved by it', async () => {
    it.slack.fault({ method: 'chat.update', status: 500, times: 3 });
    it.slack.fault({ method: 'chat.postMessage', status: 500, times: 3 });
    const over = runOver(it, () => pull('short'), 8 * minutes);
    await it.people.operator.waitFor('the run', async () =>
      (await it.store.runs.open()).some((run) => run.status === 'running'),
    );
    const database = await connectEmbedded({ dataDir: it.dataDir });
    await database.stop();
    const report = await seen(it.people.operator, /Short Insurance.*Please decide/s, { timeoutMs: 5 * minutes });
    expect(valuesOf(report, 'suggestion_approve').length).toBeGreaterThan(0);
    const exports = vendors.cole.stats().exports;
    it.clock.set('2027-01-23T09:00:00-06:00');
    const run = await over;
    expect(run.status).toBe('success');
    expect(vendors.cole.stats().exports).toBe(exports);
    const last = await seen(it.people.operator, /Short Insurance.*expired unanswered/s);
    expect(valuesOf(last, 'suggestion_approve')).toEqual([]);
  });
});
