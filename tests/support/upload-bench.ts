import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ListId } from '../../pipeline/ports/bison.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import { windowOf } from '../../pipeline/renewal.ts';
import type { WorkflowName } from '../../pipeline/kinds.ts';
import { Skipped } from '../../pipeline/workflow.ts';
import type { Client, Day, RenewalWindow } from '../../pipeline/vocabulary.ts';
import { perform } from '../../pipeline/workflows/index.ts';
import { makeChildRuns } from '../../src/runs/children.ts';
import { makeContext } from '../../src/runs/context.ts';
import { Asleep, Parked } from '../../src/runs/signals.ts';
import { march } from './bison.ts';
import { makeBisonInMemory, type BisonInMemory } from './bison-port.ts';
import { cleanedLeads } from './cleaned-leads.ts';
import { lakeside } from './clients.ts';
import { openTestStore, type TestStore } from './store.ts';

/** PT4 and PT5 with a real database and a Bison in memory, a stretch of a run at a time. */
export type UploadBench = TestStore & {
  readonly bison: BisonInMemory;
  /** A client of its own, with so many cleaned leads in the first window of March 2027. */
  client(slug: string, leads: number, more?: Partial<Client>): Promise<Client>;
  start(workflow: WorkflowName, client: Client, more?: StartOptions): Promise<string>;
  /** Goes on with a run until it is over, waits or sleeps. */
  go(id: string, at?: string): Promise<Stretch>;
  /** Presses the button of this value on the run's open question. */
  answer(id: string, value: string): Promise<void>;
  /** A list of everybody who waits in the first window, up at Bison. */
  up(client: Client, window?: RenewalWindow): Promise<number>;
};
type StartOptions = { readonly args?: Record<string, unknown>; readonly dryRun?: boolean };

export type Stretch =
  | { readonly end: 'success'; readonly summary: Readonly<Record<string, unknown>> }
  | { readonly end: 'skipped' | 'failed'; readonly message: string }
  | { readonly end: 'waiting'; readonly question: string }
  | { readonly end: 'asleep' };

export const first = windowOf('2027-03-01' as Day);
/** A Monday of March's first window. */
const monday = '2027-02-01T09:00:00-06:00';

export async function openUploadBench(): Promise<UploadBench> {
  const it = await openTestStore();
  const { store, db } = it;
  const bison = makeBisonInMemory();
  let keys = 0;
  const clients = new Map<string, Client>();
  const portsOf = (runId: string) =>
    ({
      bison: () => Promise.resolve(bison.port),
      leads: store.leads,
      uploads: store.uploads,
      evergreen: store.evergreen,
      suppressions: store.suppressions,
      clients: store.clients,
      children: makeChildRuns(store, runId, () => undefined),
      notices: {
        facts: () => Promise.resolve(),
        announce: () => Promise.resolve(),
        tellApprovers: () => Promise.resolve(),
        mondayDone: () => Promise.resolve(),
      },
      csv: {
        // The e-mail is all that matters here.
        write: (path: string, headers: readonly string[], rows: readonly (readonly string[])[]) => {
          const email = headers.indexOf('Email');
          writeFileSync(path, ['Email', ...rows.map((row) => row[email])].join('\n'));
          return Promise.resolve();
        },
      },
      files: {
        temporary: (name: string) => Promise.resolve(join(it.dataDir, name)),
        remove: () => Promise.resolve(),
      },
      settings: { pollMs: 1, sync: { everyMs: 1, atMostMs: 1 }, catchUpDays: 14 },
    }) as unknown as Ports; // what PT4 and PT5 use of them
  const become = async (id: string, status: string, more: object = {}) => {
    await db
      .from('agent_runs')
      .update({ status, ...more })
      .eq('id', id);
  };

  const bench: UploadBench = {
    ...it,
    bison,
    async client(slug, leads, more = {}) {
      const client: Client = { ...lakeside, slug, name: slug, workspace: 'Lakeside', target: 1_000, ...more };
      await store.clients.save(client);
      clients.set(slug, client);
      if (leads > 0) await cleanedLeads(store, { client: slug, month: march, count: leads, day: () => 3 });
      return client;
    },
    async start(workflow, client, { args = {}, dryRun = false } = {}) {
      keys += 1;
      const { run } = await store.runs.start({
        workflow,
        client: client.slug,
        month: march,
        key: `bench${keys}`,
        trigger: 'manual',
        requestedBy: 'U1',
        channel: 'C1',
        dryRun,
        args,
        askedAt: new Date(monday),
      });
      return run.id;
    },
    async go(id, at = monday) {
      const run = await store.runs.get(id);
      if (!run) throw new Error(`no run ${id}`);
      const context = await makeContext({
        run: { ...run, askedAt: new Date(at) },
        client: (await store.clients.all()).find(({ slug }) => slug === run.client) ?? null,
        ports: portsOf(id),
        store,
        signal: new AbortController().signal,
        clock: { now: () => new Date(at) },
        approvalDays: 7,
        retries: { times: 3, firstMs: 1 },
        onProgress: () => undefined,
        onRetry: () => undefined,
      });
      try {
        const summary = await perform(context);
        await become(id, 'success');
        return { end: 'success', summary };
      } catch (error) {
        if (error instanceof Asleep) {
          await become(id, 'queued', { wake_at: new Date(Date.now() + error.milliseconds).toISOString() });
          return { end: 'asleep' };
        }
        if (error instanceof Parked) {
          await become(id, 'waiting');
          const [open] = await store.approvals.ofRound(id, error.round);
          return { end: 'waiting', question: String(open?.payload.question) };
        }
        const end = error instanceof Skipped ? 'skipped' : 'failed';
        await become(id, end);
        return { end, message: error instanceof Error ? error.message : String(error) };
      }
    },
    async answer(id, value) {
      const { error } = await db
        .from('approvals')
        .update({ state: 'approved', reason: value })
        .match({ run_id: id, state: 'pending' });
      if (error) throw new Error(error.message);
    },
    async up(client, window = first) {
      const key = { client: client.slug, month: march };
      const run = await bench.start('upload', client);
      const leads = (await store.uploads.waiting(key)).filter(({ windowNo }) => windowNo === window.index);
      const batch = await store.uploads.plan(key, run, {
        window,
        workspace: 'Lakeside',
        leads: leads.map(({ id }) => id),
      });
      if (!batch) throw new Error('nobody waits');
      const name = `list ${batch.id}`;
      await store.uploads.begin(batch.id, { name, known: [], rows: batch.rows });
      const id = `b${batch.id}`;
      bison.lists.set(id, { name, people: leads.map(({ email }) => email) });
      await store.uploads.made(batch.id, id as ListId); // as Bison would give it
      await store.uploads.counted(batch.id, { accepted: batch.rows, failed: 0, note: null });
      await store.runs.cancel(run, 'test');
      return batch.id;
    },
  };
  return bench;
}
