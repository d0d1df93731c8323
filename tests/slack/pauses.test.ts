import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { actionIds } from '../../blocks/ids.ts';
import { endPausesOver } from '../../src/operations/resume.ts';
import { channel, type TestSlack } from '../support/app.ts';
import { day } from '../support/branded.ts';
import { lakeside } from '../support/clients.ts';
import { startPausable, type Pausable } from '../support/pausable.ts';

jest.setTimeout(60_000);

let it: TestSlack;
let at: Pausable;
const operator = 'U01OPERATOR';
const approver = 'U02APPROVER';
const outsider = 'U04OUTSIDER';

beforeAll(async () => {
  at = await startPausable();
  it = at.it;
});
afterAll(() => at.close());
afterEach(() => at.clear());

const leadops = async (user: string, text: string): Promise<string> => (await at.leadops(user, text))?.text ?? '';
const pull = async (user: string, text: string): Promise<string> => (await at.pull(user, text))?.text ?? '';

const onlyPause = async () => (await it.store.pauses.open())[0] ?? { id: 0 };
const said = async (id: number, what: 'began' | 'ended') => it.store.messages.find(null, `pause ${id} ${what}`);
const buttonsOf = (blocks: readonly unknown[] = []) =>
  JSON.stringify(blocks)
    .match(/"text":"[^"]* now"/g)
    ?.map((text) => text.slice(8, -1)) ?? [];

test('a pause says who, why, until when and what it passes over, in the client’s channel and to who typed it', async () => {
  const answer = await leadops(operator, 'pause lakeside until 2027-02-01 because the contract is being renewed');
  expect(answer).toMatch(
    /\*Lakeside Insurance\* is paused by <@U01OPERATOR> until .*: the contract is being renewed\./,
  );
  expect(answer).toMatch(
    /Passed over first: Pull of March 2027, due .*2027-01-15 15:00 UTC.*Monday run of Jan 18, due /,
  );
  const pause = await onlyPause();
  expect(pause).toMatchObject({ client: 'lakeside', until: new Date('2027-02-01T06:00:00Z') });
  expect(await said(pause.id, 'began')).toMatchObject({ channel: lakeside.channel });
  expect(await leadops(operator, 'pause lakeside because again')).toMatch(
    /is paused by .*contract.*Nothing was changed.*resume lakeside/s,
  );
});

test.each([
  ['pause lakside because of a typo', /neither a client nor a workflow. Did you mean `lakeside`.*Nothing was paused/],
  ['pause lakeside', /needs a reason. Nothing was paused/],
  ['pause lakeside until 2027-01-15 because it is late', /not ahead.*Nothing was paused/],
  ['pause lakeside until someday because it is late', /“someday” is no day.*Nothing was paused/],
  ['pause monday because of both', /is a client and a workflow.*`client monday` or `workflow monday`/],
  ['pause all because I may not', /needs the role \*approver\* for all clients/],
  ['resume lakeside', /Lakeside Insurance is not paused. Nothing was changed/],
  ['resume', /What: a client, a workflow, or all\?/],
])('`/leadops %s` is refused in words that say what to do', async (text, says) => {
  await expect(leadops(operator, text)).resolves.toMatch(says);
  expect(await it.store.pauses.open()).toEqual([]);
});

test.each([
  [
    'Lakeside Insurance because we wait until the lawyers call',
    { client: 'lakeside', until: null, reason: 'we wait until the lawyers call' },
  ],
  [
    'lakeside the contract ends until Feb 1',
    { client: 'lakeside', until: new Date('2027-02-01T06:00:00Z'), reason: 'the contract ends' },
  ],
  [
    'client monday until monday 12:30: new owner',
    { client: 'monday', until: new Date('2027-01-18T18:30:00Z'), reason: 'new owner' },
  ],
  ['workflow monday holidays', { client: null, workflow: 'weekly', reason: 'holidays' }],
  ['pull-leads because Cole is being rebuilt', { workflow: 'pull-leads', reason: 'Cole is being rebuilt' }],
  ['everything because of an audit', { client: null, workflow: null, reason: 'of an audit' }],
])('`pause %s` is read as it is meant', async (text, means) => {
  await leadops(approver, `pause ${text}`);
  expect(await it.store.pauses.open()).toMatchObject([means]);
});

test('what people start by hand while it is paused is refused, a retry too; a dry run and another client are not', async () => {
  const failed = await it.store.runs.start({
    workflow: 'pull-leads',
    client: 'lakeside',
    month: null,
    key: 'failed before',
    trigger: 'manual',
    requestedBy: operator,
    channel,
    dryRun: false,
    args: {},
    askedAt: at.works.clock.now(),
  });
  await it.store.runs.cancel(failed.run.id, operator);
  await leadops(operator, 'pause lakeside because the contract is being renewed');
  const refused =
    /Lakeside Insurance.*is paused by <@U01OPERATOR>: the contract is being renewed\. Nothing was (started|retried)\. `\/leadops resume lakeside` ends the pause/;
  expect(await pull(operator, 'lakeside 2027-03')).toMatch(refused);
  expect(await leadops(operator, 'upload lakeside 2027-03')).toMatch(refused);
  expect(await leadops(operator, 'evergreen lakeside')).toMatch(refused);
  expect(await leadops(operator, `retry ${failed.run.id.slice(0, 8)}`)).toMatch(refused);
  expect(await it.store.runs.open()).toEqual([]);
  await pull(operator, 'lakeside 2027-03 --dry-run');
  // The dry run that is live is no pull: whoever asks for one is not told that it is running already.
  expect(await pull(operator, 'lakeside 2027-03')).toMatch(
    /A dry run of the same month is under way.*Nothing was started.*`\/leadops cancel \w{8}`/,
  );
  await pull(operator, 'monday 2027-03');
  expect((await it.store.runs.open()).map(({ client, dryRun }) => [client, dryRun])).toEqual([
    ['lakeside', true],
    ['monday', false],
  ]);
});

test('at its end each due time that was passed over is named, and offered where it still makes sense, once', async () => {
  await leadops(approver, 'pause all until Jan 20 because of an audit');
  const { id } = await onlyPause();
  for (const due of ['2026-10-15', '2027-01-15'])
    await it.store.pauses.passOver(id, { kind: 'monthly', day: day(due) }, 'lakeside');
  await it.store.pauses.passOver(id, { kind: 'monday', day: day('2027-01-11') }, null);
  await it.store.pauses.passOver(id, { kind: 'monday', day: day('2027-01-18') }, null);
  await it.store.pauses.passOver(id, { kind: 'intent', day: day('2027-01-19') }, null);
  await it.store.pauses.passOver(id, { kind: 'intent', day: day('2027-01-20') }, null);
  const over = new Date('2027-01-20T06:00:01Z');
  it.clock.set(over.toISOString());
  await it.people.operator.waitFor('the clock', () => Promise.resolve(at.works.clock.now() >= over || undefined));
  // However many processes look.
  expect((await Promise.all([1, 2, 3].map(() => endPausesOver(at.deps, over)))).toSorted()).toEqual([0, 0, 1]);
  const ended = await said(id, 'ended');
  expect(ended).toMatchObject({ channel: 'C0SUCCESS' });
  expect(ended?.text).toMatch(/\*Everything\* goes on: the pause is over, and 6 due times were passed over/);
  expect(buttonsOf(ended?.blocks)).toEqual(['Pull now', 'Run now', 'Poll now']);
  expect(JSON.stringify(ended?.blocks)).toMatch(
    /Pull of December 2026.*month is over|Intent poll of Tue, Jan 19.*its day is over/,
  );

  const rows = await it.store.pauses.passedOver(id);
  const idOf = (kind: string, of: string) => String(rows.find((row) => row.kind === kind && row.day === of)?.id);
  expect(await at.press(outsider, actionIds.takeUp, idOf('monthly', '2027-01-15'))).toMatch(
    /needs the role \*operator\*/,
  );
  await at.press(operator, actionIds.takeUp, idOf('monthly', '2027-01-15'));
  await at.press(operator, actionIds.takeUp, idOf('monday', '2027-01-18'));
  expect(await at.press(approver, actionIds.takeUp, idOf('monthly', '2027-01-15'))).toMatch(
    /was started by <@U01OPERATOR> already/,
  );
  expect(await at.press(operator, actionIds.takeUp, idOf('monday', '2027-01-11'))).toMatch(/a later Monday takes/);
  const started = (await it.store.runs.recent({ limit: 20 })).filter(
    ({ parent, askedAt }) => parent === null && askedAt >= over,
  );
  expect(started.map(({ key }) => key).toSorted()).toEqual(['pull:lakeside:2027-03', 'weekly:2027-01-18']);
  // Typed instead of pressed: the button says so too.
  await leadops(operator, 'intent run');
  expect(await at.press(operator, actionIds.takeUp, idOf('intent', '2027-01-20'))).toMatch(
    /was started by <@U01OPERATOR> already/,
  );
  const after = await said(id, 'ended');
  expect(buttonsOf(after?.blocks)).toEqual([]);
  expect(JSON.stringify(after?.blocks)).toMatch(/Pull of March 2027.*started by <@U01OPERATOR>/);
});

test('Resume under the message ends the pause by who pressed it, and says that nothing was passed over', async () => {
  await leadops(operator, 'pause lakeside because the contract is being renewed');
  const { id } = await onlyPause();
  expect(await at.press(outsider, actionIds.resumePause, String(id))).toMatch(/needs the role/);
  await at.press(operator, actionIds.resumePause, String(id));
  expect((await said(id, 'ended'))?.text).toMatch(/<@U01OPERATOR> ended the pause, and nothing was passed over/);
  expect(JSON.stringify((await said(id, 'began'))?.blocks)).not.toContain('"Resume"');
  expect(await at.press(operator, actionIds.resumePause, String(id))).toMatch(/is over already/);
});

test('a client is not paused by itself where everything is: resume says which pause it is', async () => {
  await leadops(approver, 'pause all because of an audit');
  expect(await leadops(operator, 'resume lakeside')).toMatch(
    /is not paused.*Everything\* is paused by .*`\/leadops resume everything` ends that/,
  );
});
