import { subDays } from 'date-fns';
import type { Store } from '../store/index.ts';

/** A file may be kept a moment before the row that names it is written; after a day nobody writes that row any more. */
const unnamedDays = 1;

/**
 * Goes by what is there, not by what rows say: kept files of the bucket that no row names, pictures that are too old
 * whatever names them, and what failed runs left among the files in progress. All by the machine's time.
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
