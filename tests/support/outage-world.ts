import { startApp, type RunningApp } from '../../src/wiring/app.ts';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import type { LeaseTimes } from '../../src/runs/lease.ts';
import type { StoredRun } from '../../src/store/runs/row.ts';
import { connectEmbedded } from '../../src/store/embedded/connect.ts';
import type { WorkflowName } from '../../pipeline/kinds.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import { channel, seldom, startTestSlack, type TestSlack } from './app.ts';
import { lakesideAtBison, startTestBison, type TestBison } from './bison.ts';
import { cleanedLeads } from './cleaned-leads.ts';
import { lakeside } from './clients.ts';
import { startIntentVendors, type IntentVendors } from './intent-vendors.ts';
import { startProxy, type Proxy } from './outage-proxy.ts';
import { smallWorld, startVendors, type Vendors } from './vendors.ts';
import { month as monthOf } from './branded.ts';

const month = monthOf('2027-03');
const start = '2027-01-29T09:00:00-06:00';

export type OutageWorld = {
  readonly it: TestSlack;
  readonly vendors: Vendors;
  readonly bison: TestBison;
  readonly intent: IntentVendors;
  readonly proxy: Proxy;
  readonly app: RunningApp;
  /** The four runs, each in the middle of what cannot be left lightly. */
  readonly runs: Readonly<Record<'pt1' | 'pt2 wait' | 'upload' | 'intent', StoredRun>>;
  close(): Promise<void>;
};

/** The real app behind a proxy to its database, with a raw pull, a wait for verdicts, an upload and a poll under way. */
export async function startOutageWorld(
  options: { readonly lease?: LeaseTimes; readonly log?: string } = {},
): Promise<OutageWorld> {
  const vendors = await startVendors(smallWorld, { download: 4_000, validationRowsPerSecond: 4 });
  const bison = await startTestBison({ waits: { syncMs: 6_000 } });
  const intent = await startIntentVendors();
  intent.setNow(start);
  const maple: Client = { ...lakeside, slug: 'maple', name: 'Maple Insurance', channel: 'C04MAPLE', target: 1 };
  const cedar: Client = { ...lakeside, slug: 'cedar', name: 'Cedar Insurance', channel: 'C05CEDAR', target: 1 };
  const it = await startTestSlack({
    clients: [
      { client: maple, zips: ['75070'] },
      { client: cedar, zips: ['75035', '74012'] },
      { client: lakesideAtBison, zips: ['75013'] },
    ],
    environment: { ...vendors.environment, ...bison.environment, ...intent.environment, RUN_LANES: '6' },
    start,
  });
  await vendors.setUp(it.store);
  await bison.setUp(it.store, 'API');
  await cleanedLeads(it.store, { client: 'lakeside', month, count: 40 });
  const database = await connectEmbedded({ dataDir: it.dataDir });
  const proxy = await startProxy(database.url);
  const config = readConfig({
    ...it.environment,
    SUPABASE_URL: proxy.url,
    SUPABASE_SECRET_KEY: database.key,
  });
  const app = await startApp(config, makeLog(options.log ?? 'silent'), options.lease ? { lease: options.lease } : {});
  const { operator } = it.people;
  const runOf = async (workflow: WorkflowName, client?: string) => {
    const find = async () => (await it.store.runs.recent({ workflow, ...(client && { client }), limit: 1 }))[0];
    return operator.waitFor(`the run of ${workflow} ${client ?? ''}`, find, 120_000);
  };
  const reached = (what: string, look: () => Promise<boolean> | boolean) =>
    operator.waitFor(what, async () => ((await look()) ? true : undefined), 240_000);

  await operator.say(channel, '/pull-leads maple 2027-03');
  await reached('e-mails being checked', async () => (await vendors.clay.stats()).creditsSpent > 3);
  await intent.fault({ slow: 4_000 });
  await operator.say(channel, '/leadops intent run --no-email');
  await operator.say(channel, '/leadops upload lakeside 2027-03');
  await operator.say(channel, '/pull-leads cedar 2027-03');
  const before = vendors.cole.stats().exports;
  await reached('a paid call', async () => ((await intent.zoominfo()).requests['/enrich/contact'] ?? 0) > 0);
  await reached('a list at Bison', () => bison.stats().lists.length > 0);
  await reached('an export', () => vendors.cole.stats().exports > before);
  return {
    it,
    vendors,
    bison,
    intent,
    proxy,
    app,
    runs: {
      pt1: await runOf('pull-leads', 'cedar'),
      'pt2 wait': await runOf('pull-leads', 'maple'),
      upload: await runOf('upload', 'lakeside'),
      intent: await runOf('intent'),
    },
    async close() {
      await proxy.open();
      await app.stop();
      await proxy.close();
      database.close();
      await it.close();
      await Promise.all([vendors.close(), bison.close(), intent.close()]);
    },
  };
}

/** Milliseconds from now until every run is worked on again, or over: by its fence, looked at past the proxy. */
export async function resumed(world: OutageWorld): Promise<Record<string, number>> {
  const began = performance.now();
  const waits = Object.entries(world.runs).map(async ([name, { id }]): Promise<[string, number]> => {
    const fence = (await world.it.store.runs.get(id))?.fence ?? 0;
    for (;;) {
      const run = await world.it.store.runs.get(id);
      if (run && (run.fence > fence || run.status !== 'running')) return [name, Math.round(performance.now() - began)];
      await new Promise((again) => setTimeout(again, 100));
    }
  });
  return Object.fromEntries(await Promise.all(waits));
}

/** Every run at its end, or waiting for a person. */
export function settled(world: OutageWorld): Promise<StoredRun[]> {
  return Promise.all(
    Object.entries(world.runs).map(([name, { id }]) =>
      world.it.people.operator.waitFor(
        `the end of ${name}`,
        seldom(async () => {
          const run = await world.it.store.runs.get(id);
          return run && !['queued', 'running'].includes(run.status) ? run : undefined;
        }),
        300_000,
      ),
    ),
  );
}
