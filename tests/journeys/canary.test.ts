import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { words } from '../../sandbox/demo/look.ts';
import { approveUntilOver, channel, noteFor, seen } from '../support/app.ts';
import { bucket, filesBelow, processesOf, tables, tablesOfPeople } from '../support/canary-places.ts';
import { mark, people, search, type Canary, type Looked, type Thing } from '../support/canary-search.ts';
import { nameInSource, stepNames } from '../support/canary-steps.ts';
import { echoed, startCanaryWorld, totpSecret, type CanaryWorld } from '../support/canary-world.ts';

const minutes = 60_000;
jest.setTimeout(15 * minutes);

let world: CanaryWorld;
/** What processes were started with, whenever somebody looked. */
const started = new Map<string, Thing>();
let looking: NodeJS.Timeout;

beforeAll(async () => {
  world = await startCanaryWorld();
  looking = setInterval(() => {
    for (const thing of processesOf(world.app().pid)) started.set(`${thing.name} ${thing.bytes.length}`, thing);
  }, 1_000);
});
afterAll(async () => {
  clearInterval(looking);
  await world.close();
});

/** Every kind of place, each with what lies there now. */
async function places(): Promise<readonly (readonly [string, readonly Thing[]])[]> {
  const { it, database, slack, tmp } = world;
  const own = new RegExp(
    `^${it.dataDir}/(?:database/(?:data|storage|keys\\.json)|credentials\\.key|app\\.log|work|tmp)`,
  );
  const data = filesBelow(it.dataDir, own);
  return [
    ['log', [{ name: 'app.log', bytes: readFileSync(join(it.dataDir, 'app.log')) }]],
    ['database', (await tables(database)).things],
    ['Slack', slack.filter(({ name }) => !/^file HADES-.*\.csv$/.test(name))],
    ['bucket', await bucket(it.store)],
    ['temporary files', [...filesBelow(tmp), ...filesBelow(join(it.dataDir, 'work'))]],
    ['data folder', data],
    ['processes', [...started.values()]],
  ];
}

async function lookEverywhere(canaries: readonly Canary[]): Promise<readonly Looked[]> {
  return (await places()).map(([place, things]) => search(place, things, canaries));
}

describe('people and secrets that are all markers', () => {
  test('every workflow goes its way through failures', async () => {
    const { it, vendors, intent } = world;
    const { operator, approver } = it.people;
    const over = async (workflow: string, status: string, client?: string) =>
      operator.waitFor(
        `${workflow} ${status}`,
        async () =>
          (await it.store.runs.recent({ workflow, ...(client && { client }), limit: 1 })).find(
            (run) => run.status === status,
          ),
        4 * minutes,
      );
    const retried = async (workflow: string) => {
      const failed = await over(workflow, 'failed');
      await operator.say(channel, `/leadops retry ${failed.id.slice(0, 8)}`);
      return operator.waitFor(
        'the next attempt',
        async () => {
          const now = await it.store.runs.get(failed.id);
          return now && now.attempt > failed.attempt ? now : undefined;
        },
        minutes,
      );
    };
    /** Waits until the pull needs a person for this reason, lets it be mended, and presses the card's button. */
    const mend = async (type: string, mended: () => Promise<unknown>) => {
      const run = await operator.waitFor(
        `a question for ${type}`,
        async () =>
          (await it.store.runs.recent({ workflow: 'pull-leads', limit: 1 })).find(
            (one) => one.status === 'waiting' && one.errorType === type,
          ),
        minutes,
      );
      await mended();
      await operator.waitFor('the answer', async () => {
        if ((await it.store.runs.get(run.id))?.status !== 'waiting') return true;
        const card = (await operator.messages(channel)).findLast((one) => words(one).includes('Try again'));
        if (card) await operator.click(card, 'Try again').catch(() => undefined);
        return undefined;
      });
    };

    // Slack itself has trouble meanwhile.
    it.slack.fault({ method: 'chat.update', error: 'invalid_blocks', times: 1 });
    it.slack.fault({ method: 'chat.postMessage', status: 500, times: 2 });

    const pulling = (async () => {
      await operator.say(channel, '/pull-leads maple 2027-03');
      await mend('AUTH', async () => {
        await vendors.fault('cole', { mfa: true });
        const login = { username: 'northwind-tx', secret: 'blue-heron-41', totp: totpSecret, owner: 'U01OPERATOR' };
        await it.store.credentials.set('cole', 'TX', login);
      });
      await mend('MFA', () => vendors.fault('cole', { mfa: false, captcha: true }));
      await mend('CAPTCHA', async () => {
        await vendors.fault('cole', { captcha: false, cutDownload: 1 });
        await vendors.fault('clay', { errorCells: 0.1 });
      });
      return approveUntilOver(it, 'pull:maple:2027-03', 4 * minutes);
    })();

    const uploading = (async () => {
      const row = JSON.stringify({ ...echoed });
      world.quote.bison({
        status: 422,
        body: JSON.stringify({
          message: `The lead ${echoed.firstName} at ${echoed.email} was refused: ${row}`,
          errors: { email: [`${echoed.email} is not valid`], first_name: [echoed.firstName, `doe${mark} is taken`] },
        }),
      });
      await operator.say('C02PRAIRIE', '/leadops upload lakeside 2027-03');
      await retried('upload');
      await over('upload', 'success', 'lakeside');
      it.clock.set('2027-02-01T09:00:02-06:00');
      const card = await seen(operator, /Reputation building/, { to: 'C02PRAIRIE', timeoutMs: 2 * minutes });
      await approver.click(card, 'It is off');
      await over('evergreen', 'success', 'lakeside');
      await over('weekly', 'success');
      const done = await seen(approver, /Evergreen · .*is done/s, { to: 'C02PRAIRIE' });
      await approver.click(done, { actionId: 'evergreen_undo' });
      await over('evergreen-undo', 'success', 'lakeside');
    })();

    const polling = (async () => {
      world.quote.zoominfo({
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
      await retried('intent');
      await over('intent', 'failed');
      await intent.mailFault({ refuse: {} });
      await retried('intent');
      await over('intent', 'success');
    })();

    const [pull] = await Promise.all([pulling, uploading, polling]);
    expect(pull.status).toBe('success');
  });

  test('each step of the workflows has failed at least once', async () => {
    const names = stepNames();
    const failed = new Set<string>();
    for (const { name, bytes } of (await tables(world.database)).things) {
      if (name !== 'agent_errors') continue;
      const { step } = JSON.parse(bytes.toString()) as { step: string | null }; // the table's own
      failed.add(nameInSource(names, step ?? '') ?? String(step));
    }
    expect(names.filter((name) => !failed.has(name))).toEqual([]);
  });

  test('none is found', async () => {
    for (const r of await world.it.store.runs.recent({ limit: 30 }))
      process.stderr.write(`canary-run: ${r.workflow} ${r.status} ${r.attempt} ${r.errorType} ${r.error}\n`);
    const looked = await lookEverywhere([...people, ...(await world.secrets())]);
    process.stderr.write(
      looked
        .map(
          ({ place, things, bytes, found }) =>
            `canary: ${place}: ${things} things, ${bytes} bytes, ${found.length} found\n${found.slice(0, 30).join('\n')}\n`,
        )
        .join(''),
    );
    expect(looked.flatMap(({ found }) => found)).toEqual([]);
  });
});
void [appendFileSync, mkdtempSync, writeFileSync, spawn, tmpdir, zipSync, words, noteFor, tablesOfPeople];
