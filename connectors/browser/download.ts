import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Download } from 'playwright';
import { DataMismatch, NeedsHuman, Retryable } from '../../pipeline/errors.ts';
import { asDiskError } from './room.ts';

/**
 * Writes a download to `to`: into a part file beside it, forced to the disk, then renamed, so that a file at `to` is
 * always a whole one.
 * @throws Retryable NETWORK where the download broke off · DataMismatch where it is no CSV · NeedsHuman CHECK where the disk
 * takes nothing
 */
export async function saveDownload(download: Download, to: string): Promise<void> {
  const part = `${to}.part`;
  try {
    await mkdir(dirname(to), { recursive: true });
    const failure = await download.failure();
    if (failure !== null) throw new Retryable('NETWORK', `the download broke off: ${failure}`);
    await pipeline(await download.createReadStream(), createWriteStream(part));
    await refuseForeign(part);
    const file = await open(part, 'r+');
    await file.sync();
    await file.close();
    await rename(part, to);
    const folder = await open(dirname(to), 'r');
    await folder.sync().catch(() => undefined); // Not every file system can sync a folder.
    await folder.close();
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    const disk = asDiskError(error, 'The file that came was not kept.');
    if (disk instanceof NeedsHuman) throw disk;
    if (error instanceof Retryable || error instanceof DataMismatch) throw error;
    throw new Retryable('NETWORK', 'the download could not be read', { cause: error });
  } finally {
    await download.delete().catch(() => undefined);
  }
}

/** A web page or an archive under the name of a CSV. */
async function refuseForeign(path: string): Promise<void> {
  const file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
  await file.close();
  const head = buffer.subarray(0, bytesRead).toString('latin1').trimStart();
  if (/^<(!doctype|html|head|\?xml)/i.test(head))
    throw new DataMismatch('the downloaded file is a web page, not a CSV');
  if (head.startsWith('PK')) throw new DataMismatch('the downloaded file is an archive or a workbook, not a CSV');
}
