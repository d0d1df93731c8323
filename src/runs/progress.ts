import type { Progress } from '../../pipeline/run.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';
import type { StoredRun } from '../store/runs/row.ts';

const progressMs = 1_000;

/** Progress goes to the row at most once a second, and the card with it. */
export function followProgress(parts: {
  readonly run: StoredRun;
  /** Refuses what is written once the run has another attempt. */
  readonly store: Pick<Store, 'runs'>;
  readonly onChange: (run: StoredRun) => Promise<void>;
  readonly log: Log;
}) {
  const { run, store, log } = parts;
  let last: Progress = run.progress;
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
    writing = writing.then(write).catch((error: unknown) => log.warn({ err: error }, 'progress not written'));
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
