import { evidenceOf } from '../../connectors/browser/evidence.ts';
import type { Turn } from '../../connectors/browser/lane.ts';
import { NeedsHuman, VendorChanged } from '../../pipeline/errors.ts';
import { kinds, type WorkflowName } from '../../pipeline/kinds.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import { Skipped, type Progress, type Question, type RunContext } from '../../pipeline/run.ts';
import type { Client, RunStatus } from '../../pipeline/vocabulary.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { isAway, isTakenOver } from '../store/db.ts';
import type { NewRun, RunPatch, StoredRun } from '../store/runs.ts';
import type { Store } from '../store/index.ts';
import { Asleep, makeContext, Parked, Stopped, type Retries } from './context.ts';
import { isGone } from './holder.ts';
import { keepLease, usualLease, type LeaseTimes } from './lease.ts';
import { explain, inSentences } from './outcome.ts';
import { makePlace, makePlaces, type Place } from './places.ts';

const progressMs = 1_000;
/** Milliseconds until a database that was away is asked again. */
const awayMs = 1_000;
/** Attempts in a row that met a database that was away, though it was there at their start, and finished nothing. */
const setbacksAtMost = 5;

/** What an attempt at a run has of the world that others have not. */
export type AttemptWorld = {
  /** Refuses what the attempt writes once the run has another. */
  readonly store: Store;
  /** The attempt must not go on: work at vendors stops at once. */
  readonly signal: AbortSignal;
  readonly turn: Turn;
};

/** An attempt of this process. */
type Attempt = {
  /** Asked to stop at the next row. */
  readonly stop: AbortController;
  /** The lease is not ours any more, or soon will not be. */
  readonly lost: AbortController;
  readonly place: Place;
  stands: Turn['stands'];
};

export type RunnerParts = {
  readonly store: Store;
  /** Does a run's work, whatever its kind. */
  readonly perform: (context: RunContext<Client | null>) => Promise<Readonly<Record<string, unknown>>>;
  /** The world as one run sees it: its ports log and keep evidence under the run's name. */
  readonly portsFor: (run: StoredRun, log: Log, world: AttemptWorld) => Ports;
  readonly clock: Clock;
  readonly log: Log;
  readonly holder: string;
  readonly lanes: number;
  readonly approvalDays: number;
  readonly sweepMs: number;
  /** Takes up no run by itself. */
  readonly resting: boolean;
  readonly retries: Retries;
  readonly lease?: LeaseTimes;
  /** The process ends: what attempts hold in their hands is not held any longer. */
  readonly ending?: AbortSignal;
  /** The run is not what it was a moment ago: its card follows. Never throws. */
  readonly onChange: (run: StoredRun) => Promise<void>;
};

export type Runner = {
  /** Writes the run and hands it out; a live run of the same key is answered instead. */
  start<Name extends WorkflowName>(run: NewRun<Name>): Promise<{ readonly created: boolean; readonly run: StoredRun }>;
  /** Something may have become ready (an answer, a retry): look now instead of at the next sweep. */
  nudge(): void;
  /** `noted`: the database is away. What runs here stops, and the run is canceled when the database is back. */
  cancel(id: string, who: string): Promise<RunStatus | 'noted' | null>;
  retry(id: string, who: string): Promise<RunStatus | null>;
  /** Stops taking work, lets what is running reach its next row, and gives its leases back. */
  stop(): Promise<void>;
};

/**
 * Takes queued runs, works on them under a lease, parks them on questions, and picks up what a dead process left. The
 * rows are the truth; what is in memory here can be lost at any moment.
 *
 * A database that is away is no error of a run. The attempt that meets it for longer than its retries ends without a word,
 * and the next look finds a run that is ours and that nobody here works at: it is taken again.
 */
export function startRunner(parts: RunnerParts): Runner {
  const { store, log, holder } = parts;
  const places = makePlaces(parts.lanes);
  const times = parts.lease ?? usualLease;
  const here = new Map<string, Attempt>();
  const jobs = new Set<Promise<void>>();
  /** Cancels that could not be written, by run. */
  const wishes = new Map<string, string>();
  /** Outputs that could not be written, by run, and the fence of the attempt that made them. */
  const unwritten = new Map<string, { readonly fence: number; readonly outputs: Map<string, unknown> }>();
  const setbacks = new Map<string, number>();
  let stopping = false;
  let sweeping: Promise<void> = Promise.resolve();
  let looking = false;

  /** A question, not a flag: it changes while somebody waits. */
  const isStopping = () => stopping;

  const changed = async (id: string) => {
    const run = await store.runs.get(id);
    if (run) await parts.onChange(run);
  };

  function take(id: string, deadHolder?: string) {
    if (stopping || here.has(id)) return;
    const stop = new AbortController();
    const place = makePlace(places, stop.signal, (login, ahead) => attempt.stands(login, ahead));
    const attempt: Attempt = { stop, lost: new AbortController(), place, stands: () => undefined };
    here.set(id, attempt);
    const job = (async () => {
      await place.take();
      try {
        if (!isStopping()) await execute(id, attempt, deadHolder);
      } catch (error) {
        if (isAway(error)) log.warn({ run: id, err: error }, 'the database is away; the run goes on when it is back');
        else log.error({ run: id, err: error }, 'the run could not be worked on');
      } finally {
        place.leave();
        here.delete(id);
        if (attempt.lost.signal.aborted && !parts.resting) setImmediate(nudge);
      }
    })();
    jobs.add(job);
    void job.finally(() => jobs.delete(job));
  }

  async function execute(id: string, attempt: Attempt, deadHolder: string | undefined) {
    const since = performance.now();
    const run = await store.runs.claim(id, holder, times.seconds, deadHolder);
    if (!run) return;
    const runLog = log.child({ run: id, workflow: run.workflow });
    runLog.info({ attempt: run.attempt, fence: run.fence, tookOver: deadHolder !== undefined }, 'run taken');
    const lease = keepLease({
      beat: () => store.runs.beat(id, holder, times.seconds, run.fence),
      since,
      times,
      lost: (why) => lose(attempt, why),
      canceled: (who) => attempt.stop.abort(`canceled by ${who}`),
      log: runLog,
    });
    try {
      await parts.onChange(run);
      if ((setbacks.get(id) ?? 0) >= setbacksAtMost) await leave(run, 'failed', givenUp);
      else if (run.cancelRequestedBy) await leave(run, 'canceled', canceledBy(run.cancelRequestedBy));
      else await work(run, attempt, runLog);
    } catch (error) {
      // A database that answers the claim and then never this run is no outage: it is not tried for ever.
      setbacks.set(id, (setbacks.get(id) ?? 0) + 1);
      throw error;
    } finally {
      lease.end();
    }
    await changed(id);
  }

  function lose(attempt: Attempt, why: string) {
    attempt.lost.abort(new Stopped(why));
    attempt.stop.abort(why);
  }

  /** What earlier attempts of ours had done and could not write; nothing where another process had the run between. */
  function owedOf(run: StoredRun): Map<string, unknown> {
    const owed = unwritten.get(run.id);
    const outputs = owed?.fence === run.fence - 1 ? owed.outputs : new Map<string, unknown>();
    unwritten.set(run.id, { fence: run.fence, outputs });
    return outputs;
  }

  async function work(run: StoredRun, attempt: Attempt, runLog: Log) {
    const { stop, lost, place } = attempt;
    const own = store.of({ run: run.id, fence: run.fence, signal: lost.signal }, parts.ending);
    const progress = followProgress(run, own, runLog);
    attempt.stands = (login, ahead) => progress.waiting(`waiting for the login ${login}, ${ahead} before it`);
    const turn: Turn = {
      ...place.turn,
      async goesOn() {
        await place.turn.goesOn();
        progress.waiting(null);
      },
    };
    const outputs = owedOf(run);
    let context: Awaited<ReturnType<typeof makeContext>> | undefined;
    try {
      const client = run.client ? await store.clients.get(run.client) : null;
      context = await makeContext({
        run,
        client,
        ports: parts.portsFor(run, runLog, { store: own, signal: lost.signal, turn }),
        store: own,
        signal: stop.signal,
        clock: parts.clock,
        approvalDays: parts.approvalDays,
        retries: parts.retries,
        onProgress: progress.set,
        onRetry: (step, error) => noteRetry(run.id, step, error, runLog),
        inStep: (step) => place.inStep(step),
        unwritten: outputs,
      });
      const summary = await parts.perform(context);
      await progress.flush();
      await leave(run, 'success', { summary });
    } catch (error) {
      await progress.flush().catch(() => undefined);
      if (context?.advanced()) setbacks.delete(run.id);
      await end(run, error, context?.failedStep() ?? null, attempt, runLog);
    }
    if (outputs.size === 0) unwritten.delete(run.id);
  }

  async function end(run: StoredRun, error: unknown, step: string | null, attempt: Attempt, runLog: Log) {
    if (attempt.lost.signal.aborted || isTakenOver(error)) {
      runLog.warn(
        { step, why: String(attempt.stop.signal.reason) },
        'stopped working on the run; nothing was said of it',
      );
      return;
    }
    if (error instanceof Parked) {
      await leave(run, 'waiting', { round: error.round });
      return;
    }
    if (error instanceof Asleep) {
      await leave(run, 'queued', { wake_seconds: error.milliseconds / 1_000 });
      setTimeout(nudge, error.milliseconds).unref();
      return;
    }
    if (error instanceof Stopped || attempt.stop.signal.aborted) {
      const now = await store.runs.get(run.id);
      // Stopping with the process is no cancel: the run goes back and the next process takes it at once.
      if (now?.cancelRequestedBy) await leave(run, 'canceled', canceledBy(now.cancelRequestedBy));
      else await leave(run, 'queued', {});
      return;
    }
    if (error instanceof Skipped) {
      // What it said of itself meanwhile stays where it has nothing more to say.
      const more = Object.keys(error.summary).length > 0 ? { summary: error.summary } : {};
      await leave(run, 'skipped', { ...more, error: error.message });
      return;
    }
    if (isAway(error)) throw error;
    await fail(run, error, step, runLog);
  }

  async function fail(run: StoredRun, error: unknown, step: string | null, runLog: Log) {
    const failure = explain(error);
    runLog.error({ step, type: failure.type, err: error }, 'run stopped');
    await store.runs.error(run.id, { step, type: failure.type, message: failure.message, ...picturesOf(error) });
    const patch: RunPatch = { error: inSentences(failure), error_type: failure.type };
    // Its card opens that vendor's lane again, and no other's.
    if (error instanceof VendorChanged) await store.runs.mergeSummary(run.id, { closedLane: error.vendor });
    if (!(error instanceof NeedsHuman) || kinds[run.workflow].unattended) {
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
    const now = await store.runs.leave(run.id, holder, status, patch, run.fence);
    log.info({ run: run.id, status: now ?? 'taken over' }, 'run left');
    setbacks.delete(run.id);
    if (now === 'success' || now === 'canceled' || now === 'skipped') await store.files.clear(run.id);
    if (now === 'queued' && patch.wake_seconds === undefined && !stopping) setImmediate(nudge);
  }

  /** Progress goes to the row at most once a second, and the card with it. */
  function followProgress(run: StoredRun, own: Store, runLog: Log) {
    let last: Progress = run.progress;
    let wanted: Progress | undefined;
    let timer: NodeJS.Timeout | undefined;
    let writing = Promise.resolve();
    const write = async () => {
      timer = undefined;
      const next = wanted;
      wanted = undefined;
      if (!next) return;
      await own.runs.saveProgress(run.id, next);
      await parts.onChange({ ...run, status: 'running', progress: next });
    };
    const later = () => {
      writing = writing.then(write).catch((error: unknown) => runLog.warn({ err: error }, 'progress not written'));
    };
    const show = (next: Progress) => {
      wanted = next;
      timer ??= setTimeout(later, progressMs);
    };
    return {
      set: (next: Progress) => show((last = next)),
      /** Shown instead of the detail while the run waits; null when it goes on. */
      waiting: (detail: string | null) => show(detail === null ? last : { ...last, detail }),
      flush: async () => {
        clearTimeout(timer);
        later();
        await writing;
      },
    };
  }

  async function sweep() {
    for (const [id, who] of wishes) {
      await store.runs.cancel(id, who);
      wishes.delete(id);
      await changed(id);
    }
    await store.approvals.expire(parts.clock.now());
    for (const run of await store.runs.open()) {
      if (run.status === 'queued') {
        if (!run.wakeAt || run.wakeAt.getTime() <= Date.now()) take(run.id);
      } else if (run.status === 'running' && run.leaseHolder) {
        // Ours, and nobody here works at it: an attempt that could not say how it ended. Somebody else's, unless it is
        // surely dead; a lease that merely ran out is the claim's to judge.
        const free = run.leaseHolder === holder || isGone(run.leaseHolder, holder);
        take(run.id, free ? run.leaseHolder : undefined);
      }
    }
  }

  function nudge() {
    if (looking || stopping) return;
    looking = true;
    sweeping = sweeping
      .then(() => {
        looking = false;
        return stopping ? undefined : sweep();
      })
      .catch((error: unknown) => {
        log.warn({ err: error }, 'the look for open runs failed; the next one comes');
        if (isAway(error)) setTimeout(nudge, awayMs).unref();
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
      try {
        const status = await store.runs.cancel(id, who);
        here.get(id)?.stop.abort(`canceled by ${who}`);
        if (status) await changed(id);
        return status;
      } catch (error) {
        if (!isAway(error)) throw error;
        wishes.set(id, who);
        here.get(id)?.stop.abort(`canceled by ${who}`);
        return 'noted';
      }
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
      for (const { stop } of here.values()) stop.abort('the process is ending');
      await sweeping;
      await Promise.all(jobs);
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

const givenUp: RunPatch = {
  error:
    `${setbacksAtMost} times in a row the database answered when the run was taken up, and not when its work was written ` +
    'down. Finished steps are kept. Look at the log of the database, then retry.',
  error_type: 'NETWORK',
};

const canceledBy = (who: string): RunPatch => ({ error: `Canceled by <@${who}>.` });

/** Keys of the pictures a connector took before it threw. */
function picturesOf(error: unknown): { screenshot?: string; tree?: string; trace?: string } {
  const column = { screenshot: 'screenshot', aria: 'tree', trace: 'trace' } as const;
  return Object.fromEntries(evidenceOf(error).map(({ kind, key }) => [column[kind], key]));
}
