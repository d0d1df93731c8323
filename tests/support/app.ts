import { startApp, type RunningApp } from '../../src/wiring/app.ts';
import { readConfig } from '../../src/config.ts';
import type { SlackPatience } from '../../src/slack/app.ts';
import { makeLog } from '../../src/log.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { valuesOf, words } from '../../sandbox/demo/look.ts';
import { startClock, type ClockStandIn } from '../../sandbox/clock/index.ts';
import { connectAs, type Person, type SeenMessage } from '../../sandbox/slack/client.ts';
import { startSlack, type SlackStandIn } from '../../sandbox/slack/index.ts';
import type { WorkflowName } from '../../pipeline/kinds.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import type { StoredRun } from '../../src/store/runs/row.ts';
import { emptyDataDir } from './store.ts';
import { month, zip as zipOf } from './branded.ts';

export const signingSecret = 'test-signing-secret';

/** A stand-in Slack, a database and a clock, set up and waiting for an app. */
export type TestSlack = {
  readonly slack: SlackStandIn;
  readonly clock: ClockStandIn;
  readonly store: Store;
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The operator Dana, the approver Marcus, the admin Priya, and Theo, who has no role. */
  readonly people: {
    readonly operator: Person;
    readonly approver: Person;
    readonly admin: Person;
    readonly outsider: Person;
  };
  close(): Promise<void>;
};

export type TestApp = TestSlack & { readonly app: RunningApp };

export type TestOptions = {
  readonly mode?: 'socket' | 'http';
  readonly clients?: readonly {
    readonly client: Client;
    readonly zips: readonly string[];
    readonly preApproved?: readonly string[];
  }[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly start?: string;
  readonly patience?: SlackPatience;
  /** Everything the app says to Slack. */
  readonly heard?: (what: string, said: unknown) => void;
};

export const channel = 'C01LAKESIDE';
const nowhere = 'http://127.0.0.1:9';

/** Everything the app needs, without the app. */
export async function startTestSlack(options: TestOptions): Promise<TestSlack> {
  const dataDir = emptyDataDir();
  const clock = await startClock({ start: options.start ?? '2027-01-15T09:00:00-06:00' });
  const { heard } = options;
  const slack = await startSlack({ rateLimits: 'off', now: () => clock.now(), ...(heard && { heard }) });
  const environment = {
    DATA_DIR: dataDir,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    ...(options.mode === 'http' ? { SLACK_SIGNING_SECRET: signingSecret } : { SLACK_APP_TOKEN: slack.appToken }),
    COLE_URL: nowhere,
    CLAY_URL: nowhere,
    CLOCK_URL: clock.url,
    LEADOPS_ADMINS: 'U03ADMIN',
    PORT: '0',
    POLL_SECONDS: '1',
    // A run that meets somebody who is away fails at once; a test of the later tries sets its own.
    RETRY_MINUTES: 'none',
    BACKUP_DAYS: '0',
    LOG_LEVEL: process.env.TEST_LOG ?? 'info',
    ...options.environment,
  };
  const store = await openStore({ DATA_DIR: dataDir });
  for (const { client, zips, preApproved = [] } of options.clients ?? []) {
    await store.clients.save(client);
    await store.clients.saveZips(client.slug, '*', [
      ...zips.map((zip) => ({ zip: zipOf(zip), kind: 'approved' as const })),
      ...preApproved.map((zip) => ({ zip: zipOf(zip), kind: 'pre_approved' as const })),
    ]);
  }
  await store.clients.saveMember({ slackId: 'U01OPERATOR', role: 'operator', client: '*', backup: null });
  await store.clients.saveMember({ slackId: 'U02APPROVER', role: 'approver', client: '*', backup: null });
  const person = (id: string) => connectAs(slack.url, id);
  return {
    slack,
    clock,
    store,
    dataDir,
    environment,
    people: {
      operator: person('U01OPERATOR'),
      approver: person('U02APPROVER'),
      admin: person('U03ADMIN'),
      outsider: person('U04OUTSIDER'),
    },
    async close() {
      store.close();
      await slack.close();
      await clock.close();
    },
  };
}

/** The real app, in this process, on a database and a stand-in Slack of its own; vendors where the test says. */
export async function startTestApp(options: TestOptions): Promise<TestApp> {
  const world = await startTestSlack({
    ...options,
    environment: { LOG_LEVEL: process.env.TEST_LOG ?? 'silent', ...options.environment },
  });
  const config = readConfig(world.environment);
  const { patience } = options;
  const app = await startApp(config, makeLog(config.LOG_LEVEL), patience && { patience });
  if (options.mode === 'http') world.slack.useHttp({ url: `http://127.0.0.1:${app.port}/slack/events`, signingSecret });
  return {
    ...world,
    app,
    async close() {
      await app.stop();
      await world.close();
    },
  };
}

/** Types a command and answers the private note it brings. */
export async function noteFor(person: Person, command: string, to = channel): Promise<string> {
  const before = (await person.messages(to)).filter((message) => message.ephemeral).length;
  await person.say(to, command);
  const note = await person.waitFor(`an answer to ${command}`, async () => {
    const notes = (await person.messages(to)).filter((message) => message.ephemeral);
    return notes.length > before ? notes.at(-1) : undefined;
  });
  return words(note);
}

/** How much longer than on a machine of its own a test may take on a busy one; what comes earlier waits for nobody. */
const busyMachine = 3;

/** The newest message whose words match, waited for. */
export function seen(
  person: Person,
  pattern: RegExp,
  options: { to?: string; timeoutMs?: number } = {},
): Promise<SeenMessage> {
  const { to = channel, timeoutMs = 30_000 } = options;
  return person.waitFor(
    String(pattern),
    async () => (await person.messages(to)).findLast((message) => pattern.test(words(message))),
    busyMachine * timeoutMs,
  );
}

/** The books of a client's test month. */
export function bookOf(client: Pick<Client, 'slug'>, of = '2027-03') {
  return { client: client.slug, month: month(of), filtersKey: '' };
}

/** Rows are looked at so often at the most, milliseconds: every look is work for the one database that the app uses too. */
const betweenLooks = 400;

/** The same look at rows, passed over where the last one was just now. */
export function seldom<Found>(look: () => Promise<Found | undefined>): () => Promise<Found | undefined> {
  let next = 0;
  return () => {
    if (performance.now() < next) return Promise.resolve(undefined);
    next = performance.now() + betweenLooks;
    return look();
  };
}

/** Does something that starts a run, and answers the run once it is over. */
export async function runOver(
  it: Pick<TestSlack, 'store' | 'people'>,
  start: () => Promise<unknown>,
  timeoutMs: number,
): Promise<StoredRun> {
  const before = new Set((await it.store.runs.recent({ limit: 50 })).map((run) => run.id));
  await start();
  return it.people.operator.waitFor(
    'the end of the new run',
    seldom(async () => {
      const run = (await it.store.runs.recent({ limit: 5 })).find((one) => !before.has(one.id));
      return run && isOver(run) ? run : undefined;
    }),
    busyMachine * timeoutMs,
  );
}

const isOver = (run: StoredRun) => ['success', 'failed', 'canceled', 'skipped'].includes(run.status);

/** The newest run of a workflow that was no dry run, once it is over or waits for a person. */
export async function settled(
  it: Pick<TestSlack, 'store' | 'people'>,
  workflow: WorkflowName,
  options: { readonly client?: string; readonly timeoutMs: number },
): Promise<StoredRun> {
  const { client, timeoutMs } = options;
  return it.people.operator.waitFor(
    `${workflow} ${client ?? ''} settled`,
    seldom(async () => {
      const recent = await it.store.runs.recent({ workflow, ...(client && { client }), limit: 5 });
      const run = recent.find(({ dryRun }) => !dryRun);
      return run && (isOver(run) || run.status === 'waiting') ? run : undefined;
    }),
    busyMachine * timeoutMs,
  );
}

/** Approves every round's set until the run is over: what a patient approver does. */
export async function approveUntilOver(
  it: Pick<TestSlack, 'store' | 'people'>,
  key: string,
  timeoutMs: number,
): Promise<StoredRun> {
  const { approver } = it.people;
  const approved = new Set<string>();
  return approver.waitFor(
    `the end of ${key}`,
    seldom(async () => {
      const run = (await it.store.runs.recent({ limit: 50 })).find((one) => one.key === key);
      if (!run || isOver(run)) return run;
      const report = (await approver.messages(channel)).findLast((message) => /Please decide/.test(words(message)));
      const [round] = report ? valuesOf(report, 'suggestion_approve_all') : [];
      if (report && round !== undefined && !approved.has(round)) {
        const clicked = await approver.click(report, { actionId: 'suggestion_approve_all' });
        if (clicked.outcome === 'done') approved.add(round);
      }
      return undefined;
    }),
    busyMachine * timeoutMs,
  );
}
