import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Download } from 'playwright';
import { asDiskError } from '../../pipeline/disk-full.ts';
import { DataMismatch, NeedsHuman, Retryable } from '../../pipeline/errors.ts';
import type { Scale } from './weight.ts';

export type Limits = {
  readonly mostBytes: number;
  /** For the file to arrive, milliseconds. */
  readonly mostMs: number;
  readonly scale: Scale;
};

/**
 * Writes a download to `to`: into a part file beside it, forced to the disk, then renamed, so that a file at `to` is
 * always a whole one. What is not taken leaves nothing behind.
 * @throws Retryable NETWORK where the download broke off, TIMEOUT where it did not end · DataMismatch where it is no CSV ·
 *   NeedsHuman where it is larger than it may be, or the disk is full
 */
export async function saveDownload(download: Download, to: string, limits: Limits): Promise<void> {
  const part = `${to}.part`;
  try {
    await mkdir(dirname(to), { recursive: true });
    await whole(download, limits);
    await pipeline(await bytesOf(download), atMost(limits.mostBytes), createWriteStream(part));
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
    const known = asDiskError(error, 'The file that came was not kept.');
    if (known instanceof Retryable || known instanceof DataMismatch || known instanceof NeedsHuman) throw known;
    throw new Retryable('NETWORK', 'the download could not be read', { cause: error });
  } finally {
    await download.delete().catch(() => undefined);
  }
}

/**
 * Playwright's stream neither ends nor fails when the browser dies during a read: without this the reader would wait
 * for ever.
 */
export async function bytesOf(download: Download): Promise<Readable> {
  const stream = await download.createReadStream();
  const read = stream._read.bind(stream);
  stream._read = (size) => {
    Promise.resolve(read(size)).catch((error: unknown) => stream.destroy(error instanceof Error ? error : undefined));
  };
  return stream;
}

/** Waits until the browser has all of it. One that grows too large, or does not end, is broken off. */
async function whole(download: Download, { mostBytes, mostMs, scale }: Limits): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<'too long'>((resolve) => {
    timer = setTimeout(() => resolve('too long'), mostMs);
  });
  const tooLarge = new Promise<'too large'>((resolve) => scale.onTooLarge(() => resolve('too large')));
  try {
    const end = await Promise.race([download.failure().then((failure) => ({ failure })), tooLong, tooLarge]);
    if (typeof end === 'object') {
      if (end.failure !== null) throw new Retryable('NETWORK', `the download broke off: ${end.failure}`);
      return;
    }
    await download.cancel();
    if (end === 'too large') throw overweight(mostBytes);
    throw new Retryable('TIMEOUT', `the download did not end within ${Math.round(mostMs / 1_000)} seconds`);
  } finally {
    clearTimeout(timer);
  }
}

/** The finished file's size is checked too: a window that closed early may have downloaded unobserved. */
function atMost(mostBytes: number) {
  return async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw overweight(mostBytes);
      yield chunk;
    }
  };
}

function overweight(mostBytes: number): NeedsHuman {
  const megabytes = Math.round(mostBytes / 100_000) / 10;
  return new NeedsHuman('DATA', `The file that was downloaded is larger than ${megabytes} MB; it was not taken.`, {
    todo: 'Look at what the vendor exports: a full export has some megabytes. Where it is right, raise DOWNLOAD_MAX_MB and restart; then press "Try again".',
    facts: { megabytes },
  });
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
