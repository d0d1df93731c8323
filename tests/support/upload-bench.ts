import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { windowOf } from '../../pipeline/renewal.ts';
import { factsOf, readArgs, type FactsOf, type WorkflowName } from '../../pipeline/kinds.ts';
import { Skipped, type RunContext } from '../../pipeline/workflow.ts';
import type { Client, RenewalWindow } from '../../pipeline/vocabulary.ts';
import { evergreen, type EvergreenPorts } from '../../pipeline/workflows/evergreen/evergreen.ts';
import { undoEvergreen, type UndoPorts } from '../../pipeline/workflows/evergreen/undo.ts';
import { upload, type UploadPorts } from '../../pipeline/workflows/upload/upload.ts';
import { weekly, type WeeklyPorts } from '../../pipeline/workflows/weekly/weekly.ts';
import { makeChildRuns } from '../../src/runs/children.ts';
import { makeContext } from '../../src/runs/context.ts';
import { Asleep, Parked } from '../../src/runs/signals.ts';
import { march } from './bison.ts';
import { day, listId } from './branded.ts';
import { makeBisonInMemory, type BisonInMemory } from './bison-port.ts';
import { cleanedLeads } from './cleaned-leads.ts';
import { lakeside } from './clients.ts';
import { newRun } from './new-run.ts';
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

export const first = windowOf(day('2027-03-01'));
/** A Monday of March's first window. */
const monday = '2027-02-01T09:00:00-06:00';

/** What a run that went through knows of itself. */
export function knownOf<Name extends WorkflowName>(workflow: Name, stretch: Stretch): FactsOf<Name> {
  const facts = stretch.end === 'success' ? factsOf(workflow, { workflow, summary: stretch.summary }) : null;
  if (facts === null) throw new Error(JSON.stringify(stretch));
  return facts;
}

type BenchPorts = UploadPorts & EvergreenPorts & UndoPorts & WeeklyPorts;

/** The workflows that there are ports for here, as a run's row names them. */
function perform(context: RunContext<Client | null, BenchPorts>) {
  const { workflow, args } = context.run;
  switch (workflow) {
    case 'upload':
      return upload(context, readArgs(workflow, args));
    case 'evergreen':
      return evergreen(context, readArgs(workflow, args));
    case 'evergreen-undo':
      return undoEvergreen(context, readArgs(workflow, args));
    case 'weekly':
      return weekly(context, readArgs(workflow, args));
    default:
      throw new Error(`${workflow} is not of this bench`);
  }
}

export async function openUploadBench(): Promise<UploadBench> {
  const it = await openTestStore();
  const { store, db } = it;
  const bison = makeBisonInMemory();
  let keys = 0;
  const clients = new Map<string, Client>();
  const portsOf = (runId: string): BenchPorts => ({
    bison: () => Promise.resolve(bison.port),
    leads: store.leads,
    uploads: store.uploads,
    evergreen: store.evergreen,
    suppressions: store.suppressions,
    clients: store.clients,
    pauses: store.pauses,
    children: makeChildRuns(store, runId, () => undefined),
    notices: {
      facts: () => Promise.resolve(),
      announce: () => Promise.resolve(),
      tellApprovers: () => Promise.resolve(),
      mondayDone: () => Promise.resolve(),
    },
    csv: {
      // The e-mail is all that matters here.
      write: (path, headers, rows) => {
        const email = headers.indexOf('Email');
        writeFileSync(path, ['Email', ...rows.map((row) => row[email])].join('\n'));
        return Promise.resolve();
      },
    },
    files: {
      temporary: (name) => Promise.resolve(join(it.dataDir, name)),
      remove: () => Promise.resolve(),
    },
    settings: { pollMs: 1, sync: { everyMs: 1, atMostMs: 1 }, catchUpDays: 14 },
  });
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
      const { run } = await store.runs.start(
        newRun({
          workflow,
          client: client.slug,
          key: `bench${keys}`,
          requestedBy: 'U1',
          channel: 'C1',
          dryRun,
          args,
          askedAt: new Date(monday),
        }),
      );
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
      await store.uploads.begin(batch.id, { name, rows: batch.rows });
      const id = `b${batch.id}`;
      bison.lists.set(id, { name, people: leads.map(({ email }) => email) });
      await store.uploads.made(batch.id, listId(id));
      await store.uploads.counted(batch.id, { accepted: batch.rows, failed: 0, note: null });
      await store.runs.cancel(run, 'test');
      return batch.id;
    },
  };
  return bench;
}
