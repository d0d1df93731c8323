import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startMessages } from '../../src/wiring/messages.ts';
import type { Works } from '../../src/wiring/works.ts';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import type { SlackDeps } from '../../src/slack/deps.ts';
import { publishHome } from '../../src/slack/home.ts';
import type { StoredRun } from '../../src/store/runs/row.ts';
import type { WorkflowName } from '../../pipeline/kinds.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import { words } from '../../sandbox/demo/look.ts';
import { connectAs } from '../../sandbox/slack/client.ts';
import { channel, seen, type TestSlack } from '../support/app.ts';
import { lakeside } from '../support/clients.ts';
import { startHandlers, type Handlers } from '../support/handlers.ts';
import { newRun } from '../support/new-run.ts';
import { lookInto } from '../support/store.ts';

jest.setTimeout(60_000);

/** Admin of Lakeside, and of nothing else. */
const lakesideAdmin = 'U04OUTSIDER';
/** Approver for all clients. */
const approver = 'U02APPROVER';
const month = '2027-03';

let it: TestSlack;
let works: Works;
let deps: SlackDeps;
let routes: Handlers['routes'];
let at: Handlers;

beforeAll(async () => {
  const prairie = { ...lakeside, slug: 'prairie', name: 'Prairie Mutual', workspace: 'Prairie' };
  at = await startHandlers({
    clients: [
      { client: { ...lakeside, workspace: 'Lakeside' }, zips: ['75034'] },
      { client: prairie, zips: ['73034'] },
    ],
    environment: { BISON_URL: 'http://127.0.0.1:9' },
  });
  ({ it, works, deps, routes } = at);
  await it.store.clients.saveMember({ slackId: lakesideAdmin, role: 'admin', client: 'lakeside', backup: null });
  await it.store.credentials.set('bison', 'Prairie', { username: 'token', secret: '7|abc', owner: null });
});
afterAll(() => at.close());

/** The answer before it may have set the run to work, which ends at its next safe point. */
const canceled = (id: string) =>
  it.people.operator.waitFor('the end of the run', async () => {
    const run = await it.store.runs.get(id);
    return run?.status === 'canceled' ? run : undefined;
  });

let made = 0;
/** A run that waits for a person: with a question to each kind of button. */
async function waiting(run: {
  workflow: WorkflowName;
  client: string | null;
  args?: Readonly<Record<string, unknown>>;
}) {
  made += 1;
  const { run: started } = await it.store.runs.start(
    newRun({ month: null, trigger: 'scheduled', channel, askedAt: works.clock.now(), key: `asked ${made}`, ...run }),
  );
  const until = new Date(works.clock.now().getTime() + 86_400_000);
  const question = { marked: true, requiredRole: 'operator' } as const;
  await it.store.approvals.ask(
    started.id,
    'gap 1',
    [
      { key: 'again', kind: 'human', payload: { login: 'clay', need: 'AUTH' }, ...question },
      { key: 'wait', kind: 'suggestion', payload: {}, ...question },
    ],
    until,
  );
  await lookInto(it.dataDir, (db) => db.from('agent_runs').update({ status: 'waiting' }).eq('id', started.id));
  const [first] = await it.store.approvals.ofRun(started.id);
  return { run: started, approval: first?.id ?? '' };
}

const clickBy = (user: string, value: string) => at.click(user, value);
const press = (user: string, action: string, value: string) => at.press(user, action, value);

/** What must be the same after a click that was refused. */
async function facts(run: StoredRun) {
  const now = await it.store.runs.get(run.id);
  return {
    status: now?.status,
    canceledBy: now?.cancelRequestedBy,
    questions: (await it.store.approvals.ofRun(run.id)).map(({ state }) => state),
    runs: (await it.store.runs.recent({ limit: 200 })).length,
    cap: (await it.store.credits(works.clock).budget(works.intentConfig.weeklyCap)).cap,
    logins: (await it.store.credentials.list()).map(({ username }) => username),
    lanes: (await it.store.leases.closedLanes()).map(({ vendor }) => vendor),
  };
}

type Found = { readonly run: StoredRun; readonly approval: string };
const ofRun = ({ run }: Found) => run.id;
const ofQuestion = ({ approval }: Found) => approval;

/** What each button that changes something acts on. A new button is not in this table, and the test says so. */
const buttons: Readonly<Record<string, (found: Found) => string>> = {
  suggestion_approve: ofQuestion,
  suggestion_reject: ofQuestion,
  suggestion_approve_all: ({ run }) => `${run.id}|1`,
  human_again: ofQuestion,
  login_update: ({ approval }) => `${approval}|clay`,
  login_check: () => 'clay',
  run_cancel: ofRun,
  run_retry: ofRun,
  lane_open: ({ run }) => `${run.id}|cole`,
  ...Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`choice_${n + 1}`, (f: Found) => `${f.approval}|yes`])),
  intent_run_now: () => 'home',
  intent_raise: () => 'home',
  intent_release: ofRun,
  intent_send_again: () => 'HADES-20270115-001',
  intent_arrived: () => 'HADES-20270115-001',
};
/** Buttons of what always belongs to a client, with the run or client they name. */
const ofClient: Readonly<Record<string, (found: Found) => string>> = {
  run_cancel: ofRun,
  run_retry: ofRun,
  verdicts_pick_up: ofRun,
  evergreen_undo: ofRun,
  evergreen_again: ofRun,
  suggestion_approve: ofQuestion,
  pull_anyway: () => JSON.stringify({ client: 'prairie', month, refresh: false }),
};
/** They only show something; picking ZIPs asks for the role when it is sent. */
const looks = ['run_details', 'suggestion_pick', 'question_forget', 'open_link', 'home_open'];

/** Who may press them is in tests/slack/pauses.test.ts, where there is something paused. */
const ofPauses = ['pause_resume', 'passed_take_up', 'hour_use'];

test('every button is looked at here', () => {
  const known = [...new Set([...Object.keys(buttons), ...Object.keys(ofClient), ...looks, ...ofPauses])];
  expect(known.toSorted()).toEqual(Object.keys(routes.actions).toSorted());
});

/** Sends the window of Pick ZIPs for a pull of Prairie that waits for its gap to be decided. */
async function pick(user: string, zip: string) {
  made += 1;
  const theirs = await waiting({ workflow: 'pull-leads', client: 'prairie' });
  await lookInto(it.dataDir, (db) => db.from('agent_runs').update({ month }).eq('id', theirs.run.id));
  await it.store.approvals.offer(theirs.run.id, 'gap 1', { gap: 2_090, picks: [] });
  const before = await facts(theirs.run);
  const { click, told } = clickBy(user, '');
  await routes.views.pick_zips.work(deps, click, {
    metadata: { runId: theirs.run.id, round: 1 },
    values: { typed: { field: { value: zip } } },
  });
  return { said: told.join('\n'), before, after: await facts(theirs.run) };
}

describe('who sends the window of Pick ZIPs', () => {
  test.each([
    ['is admin of another client', lakesideAdmin, '73034', /for prairie/],
    ['has the role of an operator, and picks outside the lists', 'U01OPERATOR', '73013', /role \*approver\*.*73013/],
  ])('and %s is refused', async (_who, user, zip, why) => {
    const { said, before, after } = await pick(user, zip);
    expect(said).toMatch(why);
    expect(after).toEqual(before);
  });

  test('and may, has them pulled', async () => {
    const { said, before, after } = await pick(approver, '73013');
    expect(said).not.toMatch(/Nothing was/);
    expect(after.questions.length).toBeGreaterThan(before.questions.length);
  });
});

describe('who has a role for one client only', () => {
  let found: Found;
  beforeAll(async () => {
    await it.store.leases.closeLane('cole', 'its page changed');
    found = await waiting({ workflow: 'weekly', client: null, args: { monday: '2027-01-18', clients: null } });
  });

  test.each(Object.keys(buttons))('is refused at the button %s of a run of no client', async (action) => {
    const before = await facts(found.run);
    const said = await press(lakesideAdmin, action, buttons[action]?.(found) ?? '');
    expect(said).toMatch(/for all clients/);
    expect(said).toMatch(/Nothing was (done|changed)/);
    expect(await facts(found.run)).toEqual(before);
  });

  test.each(Object.keys(ofClient))('is refused at the button %s of another client', async (action) => {
    const args = { window: '2027-02-01' };
    const theirs = await waiting({ workflow: 'evergreen', client: 'prairie', args });
    const before = await facts(theirs.run);
    expect(await press(lakesideAdmin, action, ofClient[action]?.(theirs) ?? '')).toMatch(/for prairie/);
    expect(await facts(theirs.run)).toEqual(before);
  });

  test('is refused when the window of a raise, a login or a reason is sent', async () => {
    const before = await facts(found.run);
    const { click, told } = clickBy(lakesideAdmin, '');
    const entered = (values: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(values).map(([block, value]) => [block, { field: { value } }]));
    const { views } = routes;
    await views.raise_cap.work(deps, click, {
      metadata: { runId: '', cap: 500 },
      values: entered({ cap: '900', reason: 'more' }),
    });
    await views.update_login.work(deps, click, {
      metadata: { approvalId: found.approval, site: 'bison', state: 'Prairie' },
      values: entered({ username: 'mine', secret: 'mine' }),
    });
    await views.reject_reason.work(deps, click, {
      metadata: { approvalId: found.approval },
      values: entered({ reason: 'no' }),
    });
    expect(told).toHaveLength(3);
    for (const line of told) expect(line).toMatch(/for all clients/);
    expect(await facts(found.run)).toEqual(before);
  });

  test.each([
    ['/leadops', 'evergreen', /for all clients/],
    ['/leadops', 'intent run', /for all clients/],
    ['/leadops', 'intent preview', /for all clients/],
    ['/leadops', 'upload prairie 2027-03', /for prairie/],
    ['/leadops', 'evergreen prairie', /for prairie/],
    ['/pull-leads', 'prairie 2027-03', /for prairie/],
  ])('is refused at %s %s', async (command, text, words_) => {
    const before = await facts(found.run);
    const reply = await routes.commands[command]?.(deps, { user: lakesideAdmin, channel, text });
    expect(reply?.text).toMatch(words_);
    expect(await facts(found.run)).toEqual(before);
  });

  test.each(['cancel', 'retry'])('is refused at /leadops %s of a run of no client', async (verb) => {
    const before = await facts(found.run);
    const text = `${verb} ${found.run.id.slice(0, 8)}`;
    const reply = await routes.commands['/leadops']?.(deps, { user: lakesideAdmin, channel, text });
    expect(reply?.text).toMatch(/for all clients/);
    expect(await facts(found.run)).toEqual(before);
  });

  test('sees on App Home neither what waits for a role for all nor the buttons of polling', async () => {
    const homeOf = async (user: string) => {
      await publishHome(deps, user);
      const view = await connectAs(it.slack.url, user).homeNow();
      return words({ text: '', blocks: view?.blocks ?? [] });
    };
    const theirs = await homeOf(lakesideAdmin);
    expect(theirs).toMatch(/role: admin/);
    expect(theirs).not.toMatch(/Run now|Raise|Monday run waits/);
    expect(await homeOf(approver)).toMatch(/Monday run[^]*Run now/);
  });

  test('may cancel the Monday run that was asked for this one client', async () => {
    const own = await waiting({
      workflow: 'weekly',
      client: null,
      args: { monday: '2027-01-18', clients: ['lakeside'] },
    });
    expect(await press(lakesideAdmin, 'run_cancel', own.run.id)).toBe('');
    expect(await it.store.runs.get(own.run.id)).toMatchObject({ status: 'canceled', cancelRequestedBy: lakesideAdmin });
    const both = await waiting({
      workflow: 'weekly',
      client: null,
      args: { monday: '2027-01-18', clients: ['lakeside', 'prairie'] },
    });
    expect(await press(lakesideAdmin, 'run_cancel', both.run.id)).toMatch(/for all clients/);
  });

  test('stands aside for who has it for all: they cancel, decide and raise', async () => {
    expect(await press(approver, 'suggestion_approve', found.approval)).toBe('');
    expect((await it.store.approvals.get(found.approval))?.decidedBy).toBe(approver);
    expect(await press(approver, 'run_cancel', found.run.id)).toBe('');
    await canceled(found.run.id);
    const { click, told } = clickBy(approver, '');
    await routes.views.raise_cap.work(deps, click, {
      metadata: { runId: '', cap: 500 },
      values: { cap: { field: { value: '900' } }, reason: { field: { value: 'more' } } },
    });
    expect(told.join()).toMatch(/cap is 900 credits now/);
  });
});

describe('who is operator for all clients', () => {
  const operator = 'U01OPERATOR';
  let theirs: Found;
  beforeAll(async () => {
    await it.store.leases.closeLane('cole', 'its page changed');
    theirs = await waiting({ workflow: 'evergreen', client: 'prairie', args: { window: '2027-02-01' } });
  });

  test.each(['lane_open', 'intent_raise', 'intent_release', 'evergreen_undo', 'evergreen_again'])(
    'is refused at the button %s, which needs an approver',
    async (action) => {
      const before = await facts(theirs.run);
      const value = (buttons[action] ?? ofClient[action])?.(theirs) ?? '';
      expect(await press(operator, action, value)).toMatch(/needs the role \*approver\*/);
      expect(await facts(theirs.run)).toEqual(before);
    },
  );

  test('is refused when the window of a raise is sent', async () => {
    const before = await facts(theirs.run);
    const { click, told } = clickBy(operator, '');
    await routes.views.raise_cap.work(deps, click, {
      metadata: { runId: '', cap: 500 },
      values: { cap: { field: { value: '990' } }, reason: { field: { value: 'more' } } },
    });
    expect(told.join()).toMatch(/needs the role \*approver\* for all clients/);
    expect(await facts(theirs.run)).toEqual(before);
  });

  test('pulls nothing with a button that stood there until its month was over', async () => {
    const value = JSON.stringify({ client: 'prairie', month: '2026-11', refresh: false });
    const before = await facts(theirs.run);
    expect(await press(operator, 'pull_anyway', value)).toMatch(/November 2026 is over.*Nothing was started/);
    expect(await facts(theirs.run)).toEqual(before);
  });
});

test('opening one vendor answers nothing that waits for another', async () => {
  await it.store.leases.closeLane('cole', 'its page changed');
  await it.store.leases.closeLane('clay', 'its page changed');
  const { run } = await waiting({ workflow: 'pull-leads', client: 'lakeside' });
  const question = { kind: 'human', marked: true, requiredRole: 'operator' } as const;
  const until = new Date(works.clock.now().getTime() + 86_400_000);
  const asked = { ...question, key: 'lane', payload: { closedLane: 'clay' } };
  await it.store.approvals.ask(run.id, 'person 1', [asked], until);
  await press(approver, 'lane_open', `${run.id}|cole`);
  const lane = (await it.store.approvals.ofRun(run.id)).find(({ round }) => round === 'person 1');
  expect(lane?.state).toBe('pending');
  expect((await it.store.leases.closedLanes()).map(({ vendor }) => vendor)).toContain('clay');
});

describe('a login', () => {
  const owner = 'U06OWNER';
  beforeAll(() => it.store.credentials.set('cole', 'TX', { username: 'before', secret: 'x', owner }));

  test('is changed by its owner and by an admin for all, and by no other admin', async () => {
    const { approval } = await waiting({ workflow: 'pull-leads', client: 'lakeside' });
    const save = async (user: string, username: string) => {
      const { click, told } = clickBy(user, '');
      await routes.views.update_login.work(deps, click, {
        metadata: { approvalId: approval, site: 'cole', state: 'TX' },
        values: { username: { field: { value: username } }, secret: { field: { value: 'new' } } },
      });
      return told.join('\n');
    };
    const nameNow = async () => (await it.store.credentials.get('cole', 'TX'))?.username;
    await it.store.credentials.set('cole', 'AZ', { username: 'another', secret: 'x', owner: 'U07OTHER' });
    expect(await save('U07OTHER', 'theirs')).toMatch(/Only the owner of this login/);
    expect(await save(lakesideAdmin, 'theirs')).toMatch(/Only the owner of this login or an admin for all clients/);
    expect(await nameNow()).toBe('before');
    await save(owner, 'owners');
    expect(await nameNow()).toBe('owners');
    await save('U03ADMIN', 'admins');
    expect(await nameNow()).toBe('admins');
  });
});

describe('while somebody is away', () => {
  const backup = lakesideAdmin;
  const owner = approver;
  beforeAll(async () => {
    await it.store.credentials.set('cole', 'OK', { username: 'ops', secret: 'x', owner });
    await it.store.clients.saveAbsence({
      slackId: owner,
      from: '2027-01-14' as Day, // days, written here
      to: '2027-01-16' as Day,
      backup,
      setBy: 'test',
    });
  });
  afterAll(() => it.store.clients.endAbsence(owner));

  test('the backup is told what would ask them, and for whom, and decides in their place', async () => {
    const config = readConfig(it.environment);
    const outbox = startMessages(works, config, makeLog('silent'));
    try {
      const { run } = await waiting({
        workflow: 'weekly',
        client: null,
        args: { monday: '2027-01-18', clients: null },
      });
      const until = new Date(works.clock.now().getTime() + 86_400_000);
      const question = { key: 'again', kind: 'human', marked: true, requiredRole: 'admin' } as const;
      const payload = { login: 'cole:OK', need: 'AUTH', message: 'The password was refused.' };
      await it.store.approvals.ask(run.id, 'person 1', [{ ...question, payload }], until);
      const now = await it.store.runs.get(run.id);
      if (now) await works.notifier.card(now);
      const person = connectAs(it.slack.url, backup);
      const direct = await person.waitFor('a direct message', async () =>
        (await person.channels()).find((one) => one.id.startsWith('D')),
      );
      const asked = await seen(person, /For .*who is away: the login cole:OK needs you/, { to: direct.id });
      expect(words(asked)).toContain(owner);
      expect((await connectAs(it.slack.url, owner).channels()).filter(({ id }) => id.startsWith('D'))).toEqual([]);
      // The owner's word is asked for, whatever the role: who stands in has it.
      const [theirs] = (await it.store.approvals.ofRun(run.id)).filter(({ round }) => round === 'person 1');
      expect(await press(backup, 'human_again', theirs?.id ?? '')).toBe('');
      expect(await it.store.approvals.get(theirs?.id ?? '')).toMatchObject({ state: 'approved', decidedBy: backup });
      // And the role for all clients.
      expect(await press(backup, 'run_cancel', run.id)).toBe('');
      expect(await canceled(run.id)).toMatchObject({ cancelRequestedBy: backup });
    } finally {
      await outbox.stop();
    }
  });

  test('a role ends with the absence, and with its removal, at once', async () => {
    const { run } = await waiting({ workflow: 'weekly', client: null, args: { monday: '2027-01-18', clients: null } });
    await it.store.clients.endAbsence(owner);
    expect(await press(backup, 'run_cancel', run.id)).toMatch(/for all clients/);
    await it.store.clients.saveMember({ slackId: backup, role: 'operator', client: '*', backup: null });
    await it.store.clients.removeMember(backup, '*', true);
    expect(await press(backup, 'run_cancel', run.id)).toMatch(/for all clients/);
    expect((await it.store.runs.get(run.id))?.status).toBe('waiting');
  });

  test('members are listed for who is admin for all', async () => {
    const list = async (user: string) =>
      (await routes.commands['/leadops']?.(deps, { user, channel, text: 'members' }))?.text ?? '';
    expect(await list('U03ADMIN')).toMatch(/U02APPROVER.*\*approver\* for all clients/);
    expect(await list(backup)).toMatch(/needs the role \*admin\* for all clients/);
  });
});
