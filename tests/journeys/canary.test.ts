import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { WorkflowName } from '../../pipeline/kinds.ts';
import { zipSync } from 'fflate';
import { valuesOf, words } from '../../sandbox/demo/look.ts';
import type { StoredRun } from '../../src/store/runs/row.ts';
import { channel, seen, seldom } from '../support/app.ts';
import { prairieChannel } from '../support/bison.ts';
import { bucket, dataFiles, everybodysTemporaryFiles, tables, temporaryFiles } from '../support/canary-places.ts';
import { processesOf } from '../support/canary-processes.ts';
import { mark, people, search, type Canary, type Looked, type Thing } from '../support/canary-search.ts';
import { nameInSource, stepNames } from '../support/canary-steps.ts';
import { echoed, passwords, startCanaryWorld, totpSecret, type CanaryWorld } from '../support/canary-world.ts';

/** Steps that it does not come by, and why. */
const notReached: Readonly<Record<string, string>> = {
  'file in Slack, attempt …': 'the batch goes by mail',
  'check …': 'no evening check comes',
  logins: 'no evening check comes',
  'pull of …': 'no 15th comes',
  'pull of … after its dry run': 'no 15th comes',
  'tell the logins': 'no evening check comes',
  'tell the pause of … of …': 'no client is paused',
  'tell the pull of …': 'no 15th comes',
  'tell the pull of … after its dry run': 'no 15th comes',
  'tell …': 'no evening check comes',
  'leads in the campaign after turn …': 'Bison’s sync is in time',
  'leave it out': 'no window is late',
  'tell that it is nearly full': 'a campaign of 50,000',
  'tell the skip, attempt …': 'the week has credits',
  'tell the warnings': 'ZoomInfo’s answers are as they should be',
  'tell what changed': 'a rename keeps its settings',
  'wait after …': 'a recipient is refused, not put off',
  'who has the campaign, attempt …': 'a week of waiting',
  'why none is left': 'two runs at one campaign',
  'why nothing was uploaded': 'there are leads to upload',
  'why there is none': 'there is a list',
  '…: call': 'one round closes the gap',
  '…: collect … again': 'no verdict is late',
  '…: count … …–…': 'one export holds a whole state',
  '…: end': 'the gap is closed',
  '…: group …': 'one export holds a whole state',
  '…: judge late verdicts': 'no verdict is late',
  '…: move ZIPs from …': 'nobody has ZIPs to spare',
  '…: relax the limit': 'the limit is the highest',
  '…: replace older rows': 'no refresh',
  '…: slice …': 'one export holds a whole state',
  '…: stopped': 'the file holds what Cole counted',
  '…: tell': 'the gap is closed',
};
/** Things that must have been looked at; of temporary files none should be left. */
const atLeast: Readonly<Record<string, number>> = {
  log: 1,
  database: 300,
  Slack: 200,
  bucket: 6,
  'data folder': 20,
  processes: 5,
};
/** Some of everything. */
const planted = `${echoed.row} ${echoed.phone} ${passwords.cole} ${totpSecret}`;

const minutes = 60_000;
jest.setTimeout(45 * minutes);

let world: CanaryWorld;
/** What processes were started with, whenever somebody looked. */
const started = new Map<string, Thing>();
/** Files of the app's work folder, when there were the most. */
let mostAtWork = 0;
let looking: NodeJS.Timeout;

const lookAtProcesses = () => {
  for (const thing of processesOf(world.app.pid, world.it.dataDir)) {
    started.set(`${thing.name} ${thing.bytes.toString('latin1')}`, thing);
  }
};

beforeAll(async () => {
  world = await startCanaryWorld();
  looking = setInterval(() => {
    lookAtProcesses();
    mostAtWork = Math.max(mostAtWork, readdirSync(join(world.it.dataDir, 'work')).length);
  }, 1_000);
});
afterAll(async () => {
  clearInterval(looking);
  await world.close();
});

/** Every kind of place, each with what lies there now. */
async function places(): Promise<Readonly<Record<string, readonly Thing[]>>> {
  const { it, database, slack, began } = world;
  return {
    log: [{ name: 'app.log', bytes: readFileSync(join(it.dataDir, 'app.log')) }],
    database: await tables(database),
    // The batch's file is for the callers.
    Slack: slack.filter(({ name }) => !/^file HADES-.*\.csv$/.test(name)),
    bucket: await bucket(it.store),
    'temporary files': temporaryFiles(it.dataDir),
    '/tmp': everybodysTemporaryFiles(began),
    'data folder': dataFiles(it.dataDir),
    processes: [...started.values()],
  };
}

async function lookEverywhere(canaries: readonly Canary[]): Promise<readonly Looked[]> {
  // Only the word in the names is this test's alone.
  const onlyOurs = people.filter(({ kind }) => kind === 'person');
  return Object.entries(await places()).map(([place, things]) =>
    search(place, things, place === '/tmp' ? onlyOurs : canaries),
  );
}

describe('people and secrets that are all markers', () => {
  test('every workflow goes its way through failures', async () => {
    const { it, vendors, intent } = world;
    const { operator, approver } = it.people;
    const latest = async (workflow: WorkflowName, client?: string) =>
      (await it.store.runs.recent({ workflow, ...(client && { client }), limit: 1 }))[0];
    const done = (workflow: WorkflowName, client?: string) =>
      operator.waitFor(
        `${workflow} done`,
        seldom(async () => {
          const run = await latest(workflow, client);
          return run?.status === 'success' ? run : undefined;
        }),
        15 * minutes,
      );

    // Whoever fails is tried again, by a person.
    const over = new AbortController();
    const retrying = (async () => {
      const tried = new Set<string>();
      while (!over.signal.aborted) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        for (const { id, status, attempt } of await it.store.runs.recent({ limit: 20 })) {
          if (status !== 'failed' || tried.has(`${id} ${attempt}`)) continue;
          tried.add(`${id} ${attempt}`);
          await operator.say(channel, `/leadops retry ${id.slice(0, 8)}`);
        }
      }
    })();
    const needs = (type: string) =>
      operator.waitFor(
        `a question for ${type}`,
        seldom(async () => {
          const run = await latest('pull-leads', 'maple');
          return run?.status === 'waiting' && run.errorType === type ? run : undefined;
        }),
        15 * minutes,
      );
    /** Waits until the pull needs a person for this reason, lets it be mended, and presses the card's button. */
    const mend = async (type: string, mended: () => Promise<unknown>) => {
      await needs(type);
      await mended();
      await operator.waitFor(
        'the answer',
        seldom(async () => {
          if ((await latest('pull-leads', 'maple'))?.status !== 'waiting') return true;
          const card = (await operator.messages(channel)).findLast((one) => words(one).includes('Try again'));
          if (card) await operator.click(card, 'Try again').catch(() => undefined);
          return undefined;
        }),
        3 * minutes,
      );
    };

    // Slack itself has trouble meanwhile.
    it.slack.fault({ method: 'chat.update', error: 'invalid_blocks', times: 1 });
    it.slack.fault({ method: 'chat.postMessage', status: 500, times: 2 });

    const pulling = async (): Promise<StoredRun> => {
      await operator.say(channel, '/pull-leads maple 2027-04');
      await needs('AUTH');
      await vendors.fault('cole', { mfa: true });
      // The owner of the login types it into Slack.
      const asked = await seen(operator, /Lead pull · Maple.*needs a person/s);
      await operator.click(asked, 'Update the login …');
      await operator.waitFor('the modal', async () => (await operator.modals()).length === 1);
      await operator.submit({ username: 'northwind-tx', secret: passwords.cole });
      await mend('MFA', () => vendors.fault('cole', { mfa: false, captcha: true }));
      await mend('CAPTCHA', () => vendors.fault('cole', { captcha: false, cutDownload: 1 }));
      const approved = new Set<string>();
      return approver.waitFor(
        'the end of the pull',
        seldom(async () => {
          const run = await latest('pull-leads', 'maple');
          if (run?.status === 'success') return run;
          const report = (await approver.messages(channel)).findLast((one) => /Please decide/.test(words(one)));
          const [round] = report ? valuesOf(report, 'suggestion_approve_all') : [];
          if (report && round !== undefined && !approved.has(round)) {
            const { outcome } = await approver.click(report, { actionId: 'suggestion_approve_all' });
            if (outcome === 'done') approved.add(round);
          }
          return undefined;
        }),
        15 * minutes,
      );
    };

    const uploading = async () => {
      await operator.say(prairieChannel, '/leadops upload lakeside 2027-03 --dry-run');
      await done('upload', 'lakeside');
      world.quote('bison', {
        status: 422,
        body: JSON.stringify({
          message: `The lead ${echoed.firstName} at ${echoed.email} was refused: ${JSON.stringify(echoed)}`,
          errors: { email: [`${echoed.email} is not valid`], first_name: [echoed.firstName, `doe${mark} is taken`] },
        }),
      });
      await operator.say(prairieChannel, '/leadops upload lakeside 2027-03');
      await operator.waitFor(
        'the upload',
        seldom(async () => {
          const run = await latest('upload', 'lakeside');
          return run?.status === 'success' && !run.dryRun;
        }),
        15 * minutes,
      );
      it.clock.set('2027-02-01T09:00:02-06:00');
      const card = await seen(operator, /Reputation building/, { to: prairieChannel, timeoutMs: 2 * minutes });
      await approver.click(card, 'It is off');
      await done('evergreen', 'lakeside');
      await done('weekly');
      const attached = await seen(approver, /Evergreen · .*is done/s, { to: prairieChannel });
      await approver.click(attached, { actionId: 'evergreen_undo' });
      await done('evergreen-undo', 'lakeside');
    };

    const polling = async () => {
      world.quote('zoominfo', {
        status: 400,
        body: JSON.stringify({
          success: false,
          statusCode: 400,
          error: `companyId invalid for ${echoed.firstName} ${echoed.lastName}, ${echoed.email}`,
          details: [{ message: `jane${mark} ${echoed.phone}` }],
        }),
      });
      await intent.mailFault({ refuse: { 'sales@northwind.example': 550 } });
      await operator.say(channel, '/leadops intent run');
      await operator.waitFor(
        'a refused recipient',
        seldom(async () => {
          const run = await latest('intent');
          return run ? /refused it/.test(run.error ?? '') : undefined;
        }),
        15 * minutes,
      );
      await intent.mailFault({ refuse: {} });
      await done('intent');
    };

    try {
      await operator.home();
      const [pull] = await Promise.all([pulling(), uploading(), polling()]);
      expect(pull.status).toBe('success');
      expect([...world.quotes.keys()]).toEqual([]);
    } finally {
      over.abort();
      await retrying;
    }
  });

  test('every step has failed once, but those that this journey does not come by', async () => {
    const names = stepNames();
    expect(names.filter((name) => !world.refused.has(name) && !(name in notReached))).toEqual([]);
    expect(Object.keys(notReached).filter((name) => !names.includes(name))).toEqual([]);
    const noted = (await tables(world.database)).flatMap(({ name, bytes }) => {
      if (name !== 'agent_errors') return [];
      const { step } = JSON.parse(bytes.toString()) as { step: string | null }; // the table's own
      return nameInSource(names, step ?? '') ?? [];
    });
    expect([...world.refused].filter((name) => !noted.includes(name))).toEqual([]);
  });

  test('none of them is in log, database, Slack, bucket, temporary files, data folder, arguments and environments', async () => {
    const canaries = [...people, ...(await world.secrets())];
    const kinds = ['authenticator', 'code', 'cookie', 'key of the database', 'key of the logins', 'password', 'token'];
    expect(canaries.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
    // The browser's own files lie in the app's private folder as long as it works.
    await world.app.stop();
    const looked = await lookEverywhere(canaries);
    if (process.env.CANARY_REPORT) {
      const figures = looked.map(({ place, things, bytes, found }) => [place, { things, bytes, found: found.length }]);
      process.stdout.write(`${JSON.stringify({ steps: world.refused.size, ...Object.fromEntries(figures) })}\n`);
    }
    expect(looked.flatMap(({ found }) => found)).toEqual([]);
    expect(looked.filter(({ place, things }) => things < (atLeast[place] ?? 0))).toEqual([]);
    expect(mostAtWork).toBeGreaterThan(0);
    const said = new Set(world.slack.map(({ name }) => name));
    for (const method of ['chat.postMessage', 'chat.update', 'response_url', 'views.open', 'views.publish'])
      expect(said).toContain(method);
    const kept = (await places()).bucket?.map(({ name }) => name.replace(/^(\w+)\/.*\.(\w+)$/, '$1 $2'));
    expect([...new Set(kept)].toSorted()).toEqual(['evidence png', 'evidence yaml', 'evidence zip']);
  });

  test('what is put into each of these places is found there', async () => {
    const { it } = world;
    const file = join(it.dataDir, 'tmp', 'left over');
    appendFileSync(join(it.dataDir, 'app.log'), `{"msg":"${planted}"}\n`);
    await it.store.runs.audit({ who: 'test', what: 'canary', facts: { note: planted } });
    await fetch(`${it.slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${it.slack.botToken}` },
      body: JSON.stringify({ channel, text: planted }),
    });
    writeFileSync(file, zipSync({ 'trace.trace': Buffer.from(planted) }));
    await it.store.files.keep('evidence/canary.zip', file, 'application/zip');
    writeFileSync(join(it.dataDir, 'left over'), planted);
    const forAll = mkdtempSync(join(tmpdir(), 'leadops-canary-'));
    writeFileSync(join(forAll, 'left over'), planted);
    const program = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000)', it.dataDir, planted]);
    await new Promise((resolve) => program.once('spawn', resolve));
    lookAtProcesses();
    program.kill();
    const looked = await lookEverywhere([...people, ...(await world.secrets())]);
    rmSync(forAll, { recursive: true });
    for (const { place, found } of looked) {
      const kinds = new Set(found.map((one) => one.split(' in ')[0]));
      expect({ place, kinds: [...kinds].toSorted() }).toEqual({
        place,
        kinds: place === '/tmp' ? ['person'] : ['authenticator', 'day of birth', 'password', 'person', 'phone'],
      });
    }
  });
});
