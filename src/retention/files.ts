import { subDays } from 'date-fns';
import type { Store } from '../store/index.ts';

/** A file is stored shortly before the row that names it; a file without a row for a day will never get one. */
const unnamedDays = 1;

/**
 * Starts from what is in the bucket and on the disk, not from the rows, and removes kept files that no row names,
 * pictures that are too old whatever names them, and what failed runs left among the files in progress. Ages are by the
 * machine's time.
 *
 * @param now the machine's time
 * @returns how many of each went
 */
export async function sweepFiles(
  { files, people }: Pick<Store, 'files' | 'people'>,
  traceDays: number,
  now = new Date(),
): Promise<{ unnamed: number; work: number }> {
  const [young, oldPicture] = [subDays(now, unnamedDays), subDays(now, traceDays)];
  const kept = await files.kept('');
  const unnamed = await people.unnamed(kept.filter(({ at }) => at < young).map(({ key }) => key));
  const old = kept.filter(({ key, at }) => key.startsWith('evidence/') && at < oldPicture).map(({ key }) => key);
  const gone = [...new Set([...unnamed, ...old])];
  await files.discard(gone);
  return { unnamed: gone.length, work: await files.clearOlder(young) };
}
