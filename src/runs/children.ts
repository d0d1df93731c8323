import { Unexpected } from '../../pipeline/errors.ts';
import type { ChildRuns } from '../../pipeline/ports/uploads.ts';
import type { Store } from '../store/index.ts';

/**
 * Runs that a run starts: asked for by whom it was asked for, at its time, and known as its own. The next look for open
 * runs, of any process, takes them up.
 */
export function makeChildRuns(store: Pick<Store, 'runs'>, parentId: string, started: () => void): ChildRuns {
  return {
    async start(child) {
      const parent = await store.runs.get(parentId);
      if (!parent) throw new Unexpected(`There is no run ${parentId}.`);
      const { run } = await store.runs.start({
        ...child,
        trigger: parent.trigger,
        requestedBy: parent.requestedBy,
        channel: null,
        dryRun: parent.dryRun,
        askedAt: parent.askedAt,
        parent: parentId,
      });
      started();
      return run.id;
    },
    adopt: (id) => store.runs.adopt(id, parentId),
    all: (ids) => store.runs.some(ids),
  };
}
