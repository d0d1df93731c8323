import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from './db.ts';

/** A file in the bucket, and when it was kept (the machine's time). */
export type KeptFile = { readonly key: string; readonly at: Date };

const page = 100;

/**
 * Every file of the bucket below a folder, as the bucket lists them, whether or not a row names them.
 *
 * @param troubleOf what is thrown for an answer that is none
 */
export async function filesBelow(
  objects: ReturnType<Db['storage']['from']>,
  folder: string,
  troubleOf: (error: Error) => Error,
): Promise<KeptFile[]> {
  const found: KeptFile[] = [];
  for (let offset = 0; ; offset += page) {
    const { data, error } = await objects.list(folder, {
      limit: page,
      offset,
      sortBy: { column: 'name', order: 'asc' },
    });
    if (error) throw troubleOf(error);
    for (const { name, id, updated_at: updated, created_at: created } of data) {
      // A project answers names within the folder; Supabase Lite 0.10.0 every file below it, by its whole key.
      const key = folder === '' || name.startsWith(`${folder}/`) ? name : `${folder}/${name}`;
      // A folder has no id.
      if (id === null) found.push(...(await filesBelow(objects, key, troubleOf)));
      else found.push({ key, at: new Date(updated ?? created ?? 0) });
    }
    if (data.length < page) return found;
  }
}

/** Files in progress, by path. Folders are processes' own (src/wiring/work-folder.ts) and not looked into. */
export async function filesInProgress(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
}

/** Removes those that nobody has written to since then. Answers how many. */
export async function removeOlder(paths: readonly string[], before: Date): Promise<number> {
  let removed = 0;
  for (const path of paths) {
    // Gone meanwhile: its run is done with it.
    const written = await stat(path).catch(() => null);
    if (!written || written.mtime >= before) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}
