import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { NeedsHuman } from '../../pipeline/errors.ts';

/** An export of 10,000 records is below 4 MB; Chromium keeps it once and we keep it once. Bytes. */
const enough = 32 * 1024 * 1024;

/** What the system says of a disk that takes nothing more, or nothing from us: no second try helps. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'it may not be written by the user LeadOps runs as',
  EPERM: 'it may not be written by the user LeadOps runs as',
  ENOTDIR: 'a file is in its place',
  EEXIST: 'a file is in its place',
};

const Coded = z.object({ code: z.string() });

/** A disk's refusal as a question to a person; everything else as it is. */
export function asDiskError(error: unknown, done: string): unknown {
  const coded = Coded.safeParse(error);
  const reason = coded.success ? reasons[coded.data.code] : undefined;
  return reason === undefined ? error : noRoom(reason, done);
}

/**
 * Makes sure that a file can be written at `path` before a vendor is asked to make it: an export that cannot be kept would
 * be asked for again.
 * @throws NeedsHuman CHECK saying what is wrong with the disk; nothing was asked for
 */
export async function makeRoom(path: string): Promise<void> {
  const probe = `${path}.part`;
  const nothing = 'Nothing was asked for.';
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(probe, 'w', 0o600);
    try {
      await file.write(Buffer.alloc(4_096));
      await file.datasync().catch(() => undefined); // Not every file system can.
    } finally {
      await file.close();
    }
    const { bavail, bsize } = await statfs(dirname(path));
    if (bavail * bsize < enough) throw noRoom(`only ${Math.floor((bavail * bsize) / 1_048_576)} MB are free`, nothing);
  } catch (error) {
    throw asDiskError(error, nothing);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

function noRoom(reason: string, done: string): NeedsHuman {
  return new NeedsHuman('CHECK', `The work folder of LeadOps (DATA_DIR/work) takes no file: ${reason}. ${done}`, {
    todo: 'Make room or give the folder back to the user LeadOps runs as, then press "Try again".',
  });
}
