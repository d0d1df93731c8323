import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { valuesOf, words } from '../../sandbox/demo/look.ts';
import { connectEmbedded } from '../../src/store/embedded/connect.ts';
import { runOver, seen } from '../support/app.ts';
import { startPulls, type Pulls } from '../support/pulls.ts';

const minutes = 60_000;
jest.setTimeout(30 * minutes);

describe('when logins, pages, the database or Slack go wrong', () => {
  let world: Pulls;
  beforeAll(async () => {
    world = await startPulls({ amber: 'raw', birch: 'raw', cedar: 'whole', short: 'raw and gap' });
  });
  afterAll(() => world.close());

  test('a refused login waits for its owner, who corrects it on the card, and the pull goes on', async () => {
    await world.it.store.credentials.set('cole', 'TX', {
      username: 'northwind-tx',
      secret: 'wrong-word',
      owner: 'U04OUTSIDER',
    });
    const over = runOver(world.it, () => world.pull('amber'), 6 * minutes);
    const waiting = await world.card('Amber', 'needs a person');
    expect(words(waiting)).toMatch(/sign-in refused/);
    expect(words(waiting)).not.toContain('wrong-word');
    await world.it.people.operator.click(waiting, 'Update the login …');
    await seen(world.it.people.operator, /Only the owner of this login or an admin for all clients may update it/);
    const owner = world.it.people.outsider;
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
    const [error] = await world.it.store.runs.errors((await over).id);
    expect(error).toMatchObject({ type: 'AUTH', trace: null });
    expect(error?.screenshot).toBeTruthy();
  });

  test('a session that ends in mid-work is signed in again, and nothing is asked for twice', async () => {
    const atFirst = (await world.it.store.credentials.session('cole', 'TX')) === null ? 1 : 0;
    const before = world.vendors.cole.stats();
    await world.vendors.fault('cole', { expireAtExport: 1 });
    expect((await runOver(world.it, () => world.pull('birch'), 4 * minutes)).status).toBe('success');
    const after = world.vendors.cole.stats();
    expect({ signIns: after.signIns - before.signIns, exports: after.exports - before.exports }).toEqual({
      signIns: atFirst + 1,
      exports: 1,
    });
  });

  test('vendors whose pages are called and built differently are still found one’s way in', async () => {
    await world.vendors.fault('cole', { redesign: true });
    await world.vendors.fault('clay', { redesign: 'words' });
    try {
      expect((await runOver(world.it, () => world.pull('cedar'), 6 * minutes)).status).toBe('success');
    } finally {
      await world.vendors.fault('cole', { redesign: false });
      await world.vendors.fault('clay', { redesign: false });
    }
  });

  test('a database that goes away and an outage of Slack only delay a pull; open questions expire, and are not approved by it', async () => {
    world.it.slack.fault({ method: 'chat.update', status: 500, times: 3 });
    world.it.slack.fault({ method: 'chat.postMessage', status: 500, times: 3 });
    const over = runOver(world.it, () => world.pull('short'), 8 * minutes);
    await world.it.people.operator.waitFor('the run', async () =>
      (await world.it.store.runs.open()).some((run) => run.status === 'running'),
    );
    const database = await connectEmbedded({ dataDir: world.it.dataDir });
    await database.stop();
    const report = await seen(world.it.people.operator, /Short Insurance.*Please decide/s, { timeoutMs: 5 * minutes });
    expect(valuesOf(report, 'suggestion_approve').length).toBeGreaterThan(0);
    const exports = world.vendors.cole.stats().exports;
    world.it.clock.set('2027-01-23T09:00:00-06:00');
    const run = await over;
    expect(run.status).toBe('success');
    expect(world.vendors.cole.stats().exports).toBe(exports);
    const last = await seen(world.it.people.operator, /Short Insurance.*expired unanswered/s);
    expect(valuesOf(last, 'suggestion_approve')).toEqual([]);
  });
});
