import { NeedsHuman } from './errors.ts';

/** What the system says where there is no room, or none left for us. */
const full: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

/** A full disk, said as such: a person makes room, and the run goes on. Any other error as it is. */
export function orDiskFull(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (!full.has(code)) return error;
  return new NeedsHuman('CHECK', 'The disk is full: a file could not be written and was not kept.', {
    todo: 'Make room on the disk that DATA_DIR is on, then press "Try again": the run goes on from here.',
    cause: error,
  });
}
