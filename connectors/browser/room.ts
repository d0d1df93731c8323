import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asDiskError, noRoom } from '../../pipeline/disk-full.ts';

/** An export of 10,000 records is below 4 MB; Chromium keeps it once and we keep it once. Bytes. */
const enough = 32 * 1024 * 1024;

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
