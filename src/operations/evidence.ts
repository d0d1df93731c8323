import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { count } from '../../pipeline/counting.ts';
import { shortId } from '../../pipeline/run.ts';
import { noted, type Done } from './noted.ts';
import type { Deps } from './deps.ts';
import type { Who } from './who.ts';

type Reading = { readonly store: Pick<Deps['store'], 'runs' | 'files'> };

const pictures = ['screenshot', 'tree', 'trace'] as const;

/**
 * Copies what was seen when something failed into a folder, for an artifact of GitHub's: `errors.json` (a run's kind, client and
 * step, the error's type and words) and the pictures, page structures and traces of each. None of them has a person of a lead
 * list in it: they are taken that way (connectors/browser/evidence.ts).
 *
 * @param args.hours how far back, in hours of the machine's time
 */
export async function copyEvidence(
  deps: Reading,
  who: Who,
  { folder, hours }: { readonly folder: string; readonly hours: number },
): Promise<Done> {
  const { store } = deps;
  return noted(deps, who, 'copy evidence', async () => {
    const errors = await store.runs.errorsSince(new Date(Date.now() - hours * 3_600_000));
    const runs = new Map((await store.runs.some([...new Set(errors.map(({ runId }) => runId))])).map((r) => [r.id, r]));
    const place = resolve(folder);
    await mkdir(place, { recursive: true, mode: 0o700 });
    let copied = 0;
    const lines: Record<string, unknown>[] = [];
    for (const error of errors) {
      const run = runs.get(error.runId);
      const files: string[] = [];
      for (const kind of pictures) {
        const key = error[kind];
        const file = key === null ? null : await store.files.read(key);
        if (key === null || file === null) continue;
        const name = `${shortId(error.runId)}-${error.id}-${kind}${extname(key)}`;
        await writeFile(join(place, name), file.bytes, { mode: 0o600 });
        files.push(name);
        copied += 1;
      }
      const { at, step, type, message } = error;
      const of = run && { workflow: run.workflow, client: run.client, month: run.month, status: run.status };
      lines.push({ at, run: error.runId, ...of, step, type, message, files });
    }
    await writeFile(join(place, 'errors.json'), `${JSON.stringify(lines, null, 2)}\n`, { mode: 0o600 });
    return {
      says: `${count(lines.length, 'error')} and ${count(copied, 'file')} of the last ${count(hours, 'hour')} are in ${place}.`,
      facts: { errors: lines.length, files: copied },
    };
  });
}
