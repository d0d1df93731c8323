import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { totp } from '../../connectors/auth/totp.ts';
import { makeWorld } from '../../sandbox/households/index.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import { connectEmbedded, type Embedded } from '../../src/store/embedded/connect.ts';
import { channel, startTestSlack, type TestSlack } from './app.ts';
import { lakesideAtBison, march, prairieChannel, startTestBison } from './bison.ts';
import { mark, secret, type Canary, type Thing } from './canary-search.ts';
import { nameInSource, stepNames } from './canary-steps.ts';
import { cleanedLeads } from './cleaned-leads.ts';
import { lakeside } from './clients.ts';
import { startIntentVendors, type IntentVendors } from './intent-vendors.ts';
import { startAppProcess, type AppProcess } from './process.ts';
import { smallWorld, startVendors, type Vendors } from './vendors.ts';
import { startSpoilingProxy, type Said } from './spoiling-proxy.ts';

/** An hour before Monday’s run, in Chicago; the morning’s intent poll is over. */
const start = '2027-02-01T08:00:00-06:00';
/** Of the vendors, but the first; the stand-ins know them by their own files. */
export const passwords = {
  wrong: 'wrong-canary-word',
  cole: 'blue-heron-41',
  clay: 'grey-otter-23',
  zoominfo: 'brown-finch-38',
  mail: 'green-wren-64',
};
export const totpSecret = 'JBSWY3DPEHPK3PXPCANARY23';
const maple: Client = { ...lakeside, slug: 'maple', name: 'Maple Insurance', channel, states: ['TX'], target: 60 };
/** A person as vendors and databases like to quote one. */
export const echoed = {
  firstName: `Jane${mark}`,
  lastName: `Doe${mark}`,
  email: `jane.doe@${mark}.example`,
  phone: '(469) 555-0142',
  row: `Failing row contains (7, Jane${mark}, Doe${mark}, jane.doe@${mark}.example, +14695550142, 12 Oak${mark} St, 03/14/1961).`,
};

export type CanaryWorld = {
  readonly it: TestSlack;
  readonly vendors: Vendors;
  readonly intent: IntentVendors;
  readonly database: Embedded;
  /** Everything the app said to Slack. */
  readonly slack: readonly Thing[];
  /** Machine milliseconds at its beginning. */
  readonly began: number;
  readonly app: AppProcess;
  /** Steps whose output was refused, as their source spells them. */
  readonly refused: ReadonlySet<string>;
  /** The vendor answers once as it does when it quotes what it was sent. */
  quote(vendor: 'bison' | 'zoominfo', said: Said): void;
  /** What is still to be said so. */
  readonly quotes: ReadonlyMap<string, Said>;
  /** Passwords, codes, tokens, keys and cookies, as far as there are any by now. */
  secrets(): Promise<readonly Canary[]>;
  close(): Promise<void>;
};

/** The real app as a process, with marked people and secrets, over a database that refuses every step once. */
export async function startCanaryWorld(): Promise<CanaryWorld> {
  const began = Date.now();
  const vendors = await startVendors(makeWorld({ ...smallWorld, mark, brokenShare: 0.05 }));
  const bison = await startTestBison();
  const intent = await startIntentVendors({ weeklyCap: 10_000 }, 2.5, mark);
  const slack: Thing[] = [];
  const next = new Map<string, Said>();
  const bisonProxy = await startSpoilingProxy(bison.environment.BISON_URL ?? '', ({ method, path }) =>
    method === 'POST' && path.includes('lead') ? taken(next, 'bison') : undefined,
  );
  const zoominfoProxy = await startSpoilingProxy(intent.environment.ZOOMINFO_URL ?? '', ({ path }) =>
    path.startsWith('/search/contact') ? taken(next, 'zoominfo') : undefined,
  );
  const it = await startTestSlack({
    clients: [
      { client: maple, zips: ['75035'], preApproved: ['75070'] },
      { client: { ...lakesideAtBison, channel: prairieChannel }, zips: ['75013'] },
    ],
    environment: {
      ...vendors.environment,
      ...bison.environment,
      ...intent.environment,
      BISON_URL: bisonProxy.url,
      ZOOMINFO_URL: zoominfoProxy.url,
      RUN_LANES: '6',
      LOG_LEVEL: 'trace',
    },
    start,
    heard: (what, said) =>
      slack.push({ name: what, bytes: Buffer.isBuffer(said) ? said : Buffer.from(JSON.stringify({ said })) }),
  });
  intent.setNow(start);
  await vendors.setUp(it.store);
  await bison.setUp(it.store, 'API');
  await it.store.credentials.set('cole', 'TX', {
    username: 'northwind-tx',
    secret: passwords.wrong,
    totp: totpSecret,
    owner: 'U01OPERATOR',
  });
  await cleanedLeads(it.store, {
    client: 'lakeside',
    month: march,
    count: 12,
    day: () => 3,
    mark,
    host: () => `${mark}.example`,
  });
  const database = await connectEmbedded({ dataDir: it.dataDir });
  const names = stepNames();
  const refused = new Set<string>();
  const databaseProxy = await startSpoilingProxy(database.url, ({ path, body }) => {
    if (!path.endsWith('/rpc/step_done')) return undefined;
    const { p_name: step } = JSON.parse(body) as { p_name: string }; // as src/store/runs.ts sends it
    const name = nameInSource(names, step);
    if (name === undefined || refused.has(name)) return undefined;
    refused.add(name);
    return refused.size % 3 === 0 ? busy : violated;
  });
  const tmp = join(it.dataDir, 'tmp');
  mkdirSync(tmp);
  const environment = {
    ...it.environment,
    SUPABASE_URL: databaseProxy.url,
    SUPABASE_SECRET_KEY: database.key,
    TMPDIR: tmp,
  };
  const app = await startAppProcess(environment);
  return {
    it,
    vendors,
    intent,
    database,
    slack,
    began,
    app,
    refused,
    quote: (vendor, said) => void next.set(vendor, said),
    quotes: next,
    async secrets() {
      const cookies = [
        await it.store.credentials.session('cole', 'TX'),
        await it.store.credentials.session('clay', ''),
      ];
      const codes: string[] = [];
      for (let at = began - 30_000; at < Date.now() + 30_000; at += 30_000) codes.push(totp(totpSecret, at));
      return [
        ...Object.values(passwords).map((word) => secret('password', word)),
        secret('authenticator', totpSecret),
        ...codes.map((code) => secret('code', code)),
        secret('token', 'token-lakeside'),
        { kind: 'token', looks: /eyJ[\w-]{8,}\.[\w-]{8,}/ },
        secret('Slack token', it.slack.botToken),
        secret('Slack token', it.slack.appToken),
        secret('key of the database', database.key),
        secret('key of the logins', readFileSync(join(it.dataDir, 'credentials.key'), 'utf8').trim()),
        ...cookies.flatMap(cookiesIn).map((value) => secret('cookie', value)),
      ];
    },
    async close() {
      await app.stop();
      await Promise.all([databaseProxy, bisonProxy, zoominfoProxy].map((proxy) => proxy.close()));
      database.close();
      await it.close();
      await Promise.all([vendors.close(), bison.close(), intent.close()]);
    },
  };
}

/** What a busy PostgreSQL says, with the row it was at: tried again by itself, and noted each time. */
const busy: Said = {
  status: 503,
  body: JSON.stringify({
    code: '57014',
    message: `canceling statement due to statement timeout at "${echoed.firstName} ${echoed.lastName}"`,
    details: echoed.row,
    hint: null,
  }),
};
/** What it says of a row that it does not take: the run fails, until somebody retries it. */
const violated: Said = {
  status: 400,
  body: JSON.stringify({
    code: '23514',
    message: `new row for relation "agent_steps" violates check constraint "agent_steps_check" at ${echoed.firstName}`,
    details: echoed.row,
    hint: `${echoed.firstName} ${echoed.phone}`,
  }),
};

function taken(from: Map<string, Said>, vendor: string): Said | undefined {
  const said = from.get(vendor);
  from.delete(vendor);
  return said;
}

/** Values of cookies in a saved session, as Playwright writes one; short ones are no secret. */
function cookiesIn(session: string | null): readonly string[] {
  const found = [...(session ?? '').matchAll(/"value":"([^"]{12,})"/g)];
  return found.map(([, value]) => value ?? '');
}
