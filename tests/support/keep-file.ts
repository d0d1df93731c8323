import { writeFile } from 'node:fs/promises';
import type { Store } from '../../src/store/index.ts';

/** Keeps a file under this key, as a run keeps its exports. */
export async function keepFile({ files }: Store, key: string, text = 'rows of people'): Promise<void> {
  const path = await files.temporary('kept');
  await writeFile(path, text);
  await files.keep(key, path, 'text/csv');
  await files.remove(path);
}
