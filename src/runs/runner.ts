import PQueue from 'p-queue';
import { evidenceOf } from '../../connectors/browser/evidence.ts';
import { NeedsHuman, Unexpected } from '../../pipeline/errors.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import { Skipped, type Progress, type Question, type Workflow } from '../../pipeline/run.ts';
import type { RunStatus } from '../../pipeline/vocabulary.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { NewRun, RunPatch, StoredRun } from '../store/runs.ts';
import type { Store } from '../store/index.ts';
import { Asleep, makeContext, Parked, Stopped, type Retries } from './context.ts';
import { isGone } from './holder.ts';
import { explain } from './outcome.ts';

const leaseSeconds = 20;
const beatMs = 5_000;
const progressMs = 1_000;

export type RunnerParts = {
  readonly store: Store;
  readonly workflows: Readonly<Record<string, Workflow>>;
  /** Workflows whose runs wait for nobody: where a person is needed they fail and say so, for tomorrow's takes their place. */
  readonly unattended?: ReadonlySet<string>;
  /** The world as one run sees it: its ports log and keep evidence under the run's name. */
  readonly portsFor: (run: StoredRun, log: Log) => Ports;
  readonly clock: Clock;
  readonly log: Log;
  readonly holder: string;
  readonly lanes: number;
  readonly approvalDays: number;
  readonly sweepMs: number;
  /** Takes up no run by itself. */
  readonly resting: boolean;
  readonly retries: Retries;
  /** The run is not what it was a moment ago: its card follows. Never throws. */
  readonly onChange: (run: StoredRun) => Promise<void>;
};

export type Runner = {
  /** Writes the run and hands it out; a live run of the same key is answered instead. */
  start(run: NewRun): Promise<{ readonly created: boolean; readonly run: StoredRun }>;
  /** Something may have become ready (an answer, a retry): look now instead of at the next sweep. */
  nudge(): void;
  cancel(id: string, who: string): Promise<RunStatus | null>;
  retry(id: string, who: string): Promise<RunStatus | null>;
  /** Stops taking work, lets what is running reach its next row, and gives its leases back. */
  stop(): Promise<void>;
};

/**
 * Takes queued runs, works on them under a lease, parks them on questions, and picks up what a dead process left. The
 * rows are the truth; what is in memory here can be lost at any moment.
 */
export function startRunner(parts: RunnerParts): Runner {
  const { store, log, holder } = parts;
  const queue = new PQueue({ concurrency: parts.lanes });
  const here = new Map<string, AbortController>();
  let stopping = false;
  let sweeping: Promise<void> = Promise.resolve();

  const changed = async (id: string) => {
    const run = await store.runs.get(id);
    if (run) await parts.onChange(run);
  };

  function take(id: string, deadHolder?: string) {
    if (stopping || here.has(id)) return;
    const stop = new AbortController();
    here.set(id, stop);
    void queue.add(async () => {
      try {
        if (!stopping) await execute(id, stop, deadHolder);
      } catch (error) {
        // The database is away or the row is gone; the sweep finds the run again when it is back.
        log.error({ run: id, err: error }, 'the run could not be worked on');
      } finally {
        here.delete(id);
      }
    });
  }

  async function execute(id: string, stop: AbortController, deadHolder: string | undefined) {
    const run = await store.runs.claim(id, holder, leaseSeconds, deadHolder);
    if (!run) return;
    const runLog = log.child({ run: id, workflow: run.workflow });
    runLog.info({ attempt: run.attempt, tookOver: deadHolder !== undefined }, 'run taken');
    await parts.onChange(run);
    const beat = setInterval(() => void heartbeat(), beatMs);
    const heartbeat = async () => {
      try {
        const { held, cancel } = await store.runs.beat(id, holder, leaseSeconds);
        if (!held) stop.abort('another process took the run over');
        else if (cancel) stop.abort(`canceled by ${cancel}`);
      } catch (error) {
        runLog.warn({ err: error }, 'heartbeat missed');
      }
    };
    try {
      await work(run, stop, runLog);
    } finally {
      clearInterval(beat);
    }
    await changed(id);
  }

  async function work(run: StoredRun, stop: AbortController, runLog: Log) {
    const progress = followProgress(run, runLog);
    let failedStep: () => string | null = () => null;
    try {
      const workflow = parts.workflows[run.workflow];
      const client = run.client ? await store.clients.get(run.client) : null;
      if (!workflow) throw new Unexpected(`There is no workflow "${run.workflow}".`);
      const context = await makeContext({
        run,
        client,
        ports: parts.portsFor(run, runLog),
        store,
        signal: stop.signal,
        clock: parts.clock,
        approvalDays: parts.approvalDays,
        retries: parts.retries,
        onProgress: progress.set,
        onRetry: (step, error) => noteRetry(run.id, step, error, runLog),
      });
      failedStep = () => context.failedStep();
      const summary = await workflow(context);
      await progress.flush();
      await leave(run, 'success', { summary });
    } catch (error) {
      await progress.flush().catch(() => undefined);
      await end(run, error, failedStep(), stop, runLog);
    }
  }

  async function end(run: StoredRun, error: unknown, step: string | null, stop: AbortController, runLog: Log) {
    if (error instanceof Parked) {
      await leave(run, 'waiting', { round: error.round });
      return;
    }
    if (error instanceof Asleep) {
      await leave(run, 'queued', { wake_seconds: error.milliseconds / 1_000 });
      setTimeout(nudge, error.milliseconds).unref();
      return;
    }
    if (error instanceof Stopped || stop.signal.aborted) {
      const now = await store.runs.get(run.id);
      // Stopping with the process is no cancel: the run goes back and the next process takes it at once.
      if (now?.cancelRequestedBy) await leave(run, 'canceled', { error: `Canceled by <@${now.cancelRequestedBy}>.` });
      else await leave(run, 'queued', {});
      return;
    }
    if (error instanceof Skipped) {
      // What it said of itself meanwhile stays where it has nothing more to say.
      const more = Object.keys(error.summary).length > 0 ? { summary: error.summary } : {};
      await leave(run, 'skipped', { ...more, error: error.message });
      return;
    }
    const failure = explain(error);
    runLog.error({ step, type: failure.type, err: error }, 'run stopped');
    await store.runs.error(run.id, { step, type: failure.type, message: failure.message, ...picturesOf(error) });
    const patch: RunPatch = { error: `${failure.message} ${failure.todo}`, error_type: failure.type };
    if (!(error instanceof NeedsHuman) || parts.unattended?.has(run.workflow)) {
      await leave(run, 'failed', patch);
      return;
    }
    const asked = (await store.approvals.ofRun(run.id)).filter((row) => row.kind === 'human').length;
    const round = `person ${asked + 1}`;
    await store.approvals.ask(run.id, round, [humanQuestion(error, step)], expiry());
    await leave(run, 'waiting', { ...patch, round });
  }

  /** A failed attempt has its row, so that its pictures are found, and go when their time is over. */
  function noteRetry(runId: string, step: string, error: Error, runLog: Log) {
    runLog.warn({ step, err: error }, 'trying again');
    const { type, message } = explain(error);
    const row = { step, type, message: `${message} It was tried again.`, ...picturesOf(error) };
    store.runs.error(runId, row).catch((lost: unknown) => runLog.warn({ err: lost }, 'a failed attempt was not noted'));
  }

  const expiry = () => new Date(parts.clock.now().getTime() + parts.approvalDays * 86_400_000);

  async function leave(run: StoredRun, status: RunStatus, patch: RunPatch) {
    const now = await store.runs.leave(run.id, holder, status, patch);
    log.info({ run: run.id, status: now ?? 'taken over' }, 'run left');
    if (now === 'success' || now === 'canceled' || now === 'skipped') await store.files.clear(run.id);
    if (now === 'queued' && patch.wake_seconds === undefined && !stopping) setImmediate(nudge);
  }

  /** Progress goes to the row at most once a second, and the card with it. */
  function followProgress(run: StoredRun, runLog: Log) {
    let wanted: Progress | undefined;
    let timer: NodeJS.Timeout | undefined;
    let writing = Promise.resolve();
    const write = async () => {
      timer = undefined;
      const next = wanted;
      wanted = undefined;
      if (!next) return;
      await store.runs.saveProgress(run.id, next);
      await parts.onChange({ ...run, status: 'running', progress: next });
    };
    const later = () => {
      writing = writing.then(write).catch((error: unknown) => runLog.warn({ err: error }, 'progress not written'));
    };
    return {
      set: (next: Progress) => {
        wanted = next;
        timer ??= setTimeout(later, progressMs);
      },
      flush: async () => {
        clearTimeout(timer);
        later();
        await writing;
      },
    };
  }

  async function sweep() {
    await store.approvals.expire(parts.clock.now());
    for (const run of await store.runs.open()) {
      if (run.status === 'queued') {
        if (!run.wakeAt || run.wakeAt.getTime() <= Date.now()) take(run.id);
      } else if (run.status === 'running' && run.leaseHolder) {
        // Somebody else's, unless it is surely dead; a lease that merely ran out is the claim's to judge.
        if (run.leaseHolder !== holder) take(run.id, isGone(run.leaseHolder, holder) ? run.leaseHolder : undefined);
      }
    }
  }

  function nudge() {
    sweeping = sweeping
      .then(() => (stopping ? undefined : sweep()))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'the look for open runs failed; the next one comes');
      });
  }
  if (!parts.resting) nudge();
  const timer = parts.resting ? undefined : setInterval(nudge, parts.sweepMs);

  return {
    async start(run) {
      const started = await store.runs.start(run);
      if (started.created) take(started.run.id);
      return started;
    },
    nudge,
    async cancel(id, who) {
      const status = await store.runs.cancel(id, who);
      here.get(id)?.abort(`canceled by ${who}`);
      if (status) await changed(id);
      return status;
    },
    async retry(id, who) {
      const status = await store.runs.retry(id, who);
      if (status) {
        await changed(id);
        take(id);
      }
      return status;
    },
    async stop() {
      stopping = true;
      clearInterval(timer);
      for (const stop of here.values()) stop.abort('the process is ending');
      await sweeping;
      await queue.onIdle();
    },
  };
}

function humanQuestion(error: NeedsHuman, step: string | null): Question {
  return {
    key: 'again',
    kind: 'human',
    payload: { need: error.need, message: error.message, todo: error.todo ?? '', step, ...error.facts },
    marked: true,
    requiredRole: 'operator',
  };
}

/** Keys of the pictures a connector took before it threw. */
function picturesOf(error: unknown): { screenshot?: string; tree?: string; trace?: string } {
  const column = { screenshot: 'screenshot', aria: 'tree', trace: 'trace' } as const;
  return Object.fromEntries(evidenceOf(error).map(({ kind, key }) => [column[kind], key]));
}
