import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from '../../pipeline/ports/index.ts';
import { asDiskError } from '../../pipeline/disk-full.ts';
import { Retryable, Unexpected } from '../../pipeline/errors.ts';
import { errorWords } from '../../pipeline/error-words.ts';
import { inBatches } from '../../pipeline/in-batches.ts';
import { DatabaseAway, type Db } from './db.ts';
import { filesBelow, filesInProgress, removeOlder, type KeptFile } from './kept-files.ts';

const bucket = 'artifacts';

export type FileStore = Files & {
  /** The run is over: what it left among the files in progress, because a process died, goes. They hold people. */
  readonly clear: (runId: string) => Promise<void>;
  /** Removes kept files for good. A file that is not there is passed over. */
  readonly discard: (keys: readonly string[]) => Promise<void>;
  /** What is in the bucket below a folder (`''`: everything), whatever the rows say. */
  readonly kept: (folder: string) => Promise<KeptFile[]>;
  /** Paths of the files in progress of this machine. */
  readonly inProgress: () => Promise<string[]>;
  /**
   * Removes files in progress that nobody has written to since then: vendors' bytes as they came, of runs that failed. Such
   * a run asks its vendor again when it is retried. Answers how many.
   */
  readonly clearOlder: (before: Date) => Promise<number>;
};

/** Makes the bucket where it is not there yet. */
export async function openBucket(db: Db): Promise<void> {
  const { error } = await db.storage.createBucket(bucket, { public: false });
  if (error && !/exist/i.test(error.message)) throw troubleOf(error);
}

/**
 * Kept files lie in a private bucket of the project; people get them through the app's own short links (src/console),
 * never from the bucket. Files in progress lie under the data folder.
 */
export function makeFileStore(db: Db, dataDir: string): FileStore {
  const objects = db.storage.from(bucket);
  const read: FileStore['read'] = async (key) => {
    const answer = await objects.download(key);
    if (answer.error) {
      // Only an answer of the storage says that there is no such file.
      if (didNotAnswer(answer.error)) throw troubleOf(answer.error);
      return null;
    }
    return { bytes: Buffer.from(await answer.data.arrayBuffer()), type: answer.data.type };
  };
  return {
    read,
    async temporary(name) {
      const folder = join(dataDir, 'work');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return join(folder, name);
    },
    async keep(key, path, type) {
      const kept = await objects.upload(key, await readFile(path), { contentType: type, upsert: true });
      if (kept.error) throw troubleOf(kept.error);
    },
    async fetch(key, path) {
      const file = await read(key);
      if (!file) throw new Unexpected(`The kept file ${key} is not in the bucket.`);
      await writeFile(path, file.bytes, { mode: 0o600 }).catch((error: unknown) => {
        throw asDiskError(error, 'A kept file was not fetched.');
      });
    },
    remove: (path) => rm(path, { force: true }),
    async discard(keys) {
      for (const some of inBatches(keys, 200)) {
        const gone = await objects.remove([...some]);
        if (gone.error) throw troubleOf(gone.error);
      }
    },
    kept: (folder) => filesBelow(objects, folder, troubleOf),
    inProgress: () => filesInProgress(join(dataDir, 'work')),
    clearOlder: async (before) => removeOlder(await filesInProgress(join(dataDir, 'work')), before),
    async clear(runId) {
      const folder = join(dataDir, 'work');
      const left = await readdir(folder).catch((): string[] => []);
      for (const name of left)
        if (name.startsWith(runId)) await rm(join(folder, name), { recursive: true, force: true });
    },
    exists: (path) =>
      access(path).then(
        () => true,
        () => false,
      ),
  };
}

function didNotAnswer(error: Error): boolean {
  const status = 'status' in error && typeof error.status === 'number' ? error.status : 0;
  return status === 0 || status >= 500;
}

/** The bucket did not do it. Its message may quote a key or an address: the status says enough. */
function troubleOf(error: Error): Retryable {
  const Trouble = didNotAnswer(error) ? DatabaseAway : Retryable;
  return new Trouble('NETWORK', `The storage did not answer as it should. ${errorWords(error).message}`);
}
