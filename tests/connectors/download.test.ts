import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileFrom } from '../../connectors/browser/arrival.ts';
import type { BrowserHost } from '../../connectors/browser/chromium.ts';
import { bytesOf } from '../../connectors/browser/download.ts';
import type { Surface } from '../../connectors/browser/surface.ts';
import { NeedsHuman, Retryable, SessionExpired } from '../../pipeline/errors.ts';
import { folder, startBrowser } from './session-deps.ts';
import { showPage } from './page.ts';

let browser: BrowserHost;
let server: Server;
let address: string;
/** Bytes that left for each address, and when the browser hung up. */
const sent = new Map<string, number>();
const left = new Map<string, Promise<void>>();

beforeAll(async () => {
  browser = startBrowser();
  server = createServer((request, response) => {
    const path = request.url ?? '';
    left.set(path, new Promise((resolve) => response.once('close', resolve)));
    const length = /announced/.test(path) ? { 'content-length': '50000000' } : {};
    response.writeHead(200, {
      'content-type': 'text/csv',
      'content-disposition': 'attachment; filename=export.csv',
      ...length,
    });
    if (/small/.test(path)) response.end('a,b\r\n1,2\r\n');
    else if (/slow/.test(path)) response.write('a,b\r\n');
    else pour(path, response);
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // of a TCP server
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await browser.close();
});

/** A file without an end, as fast as it is taken. */
function pour(path: string, response: ServerResponse): void {
  const chunk = Buffer.alloc(100_000, 'line,of,a,file\r\n');
  const more = () => {
    if (response.destroyed) return;
    sent.set(path, (sent.get(path) ?? 0) + chunk.length);
    response.write(chunk, () => setImmediate(more));
  };
  more();
}

/** Presses the link to a file, and waits for it as the vendors' connectors do. */
async function fetchFile(path: string, to: string, more: Partial<Surface> = {}): Promise<void> {
  const surface = await showPage(browser, `<a href="${address}${path}">Download</a>`);
  let asked = false;
  try {
    await fileFrom(
      { ...surface, ...more },
      {
        next: () =>
          asked
            ? null
            : {
                key: 'download',
                perform: async () => {
                  asked = true;
                  await surface.page.getByRole('link', { name: 'Download' }).click({ noWaitAfter: true });
                },
              },
        refuse: () => Promise.resolve(),
        asked: () => asked,
        lost: () => Promise.reject(new Error('no file came')),
      },
      to,
    );
  } finally {
    await surface.page.context().close();
  }
}

/** What came of it, and that nothing lies where the file would be. */
async function failureOf(path: string, more: Partial<Surface> = {}): Promise<Error> {
  const to = join(folder(), 'export.csv');
  const failure = await fetchFile(path, to, more).then(
    () => new Error('it was taken'),
    (error: unknown) => error as Error, // all of ours are
  );
  expect([existsSync(to), existsSync(`${to}.part`)]).toEqual([false, false]);
  return failure;
}

describe('a download', () => {
  test('arrives whole', async () => {
    const to = join(folder(), 'export.csv');
    await fetchFile('/small', to);
    expect(readFileSync(to, 'utf8')).toBe('a,b\r\n1,2\r\n');
  });

  test('that grows larger than it may is broken off, and a person asked', async () => {
    const failure = await failureOf('/endless');
    expect(failure).toBeInstanceOf(NeedsHuman);
    expect(failure).toMatchObject({ need: 'DATA', todo: expect.stringContaining('DOWNLOAD_MAX_MB') });
    expect(failure.message).toBe('The file that was downloaded is larger than 1 MB; it was not taken.');
    // The browser hung up: this vendor would still be sending.
    await left.get('/endless');
    expect(sent.get('/endless')).toBeGreaterThan(0);
  });

  test('that is announced to be larger is not waited for', async () => {
    expect(await failureOf('/announced')).toBeInstanceOf(NeedsHuman);
    await left.get('/announced');
  });

  test('that does not end is broken off, to be tried again', async () => {
    const failure = await failureOf('/slow', { patience: { thing: 1_500, page: 5_000, file: 1_000 } });
    expect(failure).toBeInstanceOf(Retryable);
    expect(failure).toMatchObject({ kind: 'TIMEOUT', message: 'the download did not end within 1 seconds' });
    await left.get('/slow');
  });

  test.each([
    ['before the file was asked for is said at once', false, 'asks to sign in again'],
    ['after it was asked for is waited out, and then said', true, 'no file came'],
  ])('whose page asks for a password %s', async (_when, asked, said) => {
    const surface = await showPage(browser, '<input type=password aria-label=Password>');
    const way = {
      next: () => null,
      refuse: () => Promise.resolve(),
      asked: () => asked,
      lost: () => Promise.reject(new Error('no file came')),
    };
    const explain = () => Promise.reject(new SessionExpired('page asks to sign in again'));
    const patience = { thing: 500, page: 1_000, file: 60_000 };
    await expect(fileFrom({ ...surface, explain, patience }, way, join(folder(), 'export.csv'))).rejects.toThrow(said);
    await surface.page.context().close();
  });

  test('that the disk has no room for is said as such', async () => {
    // A file that is always full, in the place of the one that is written.
    if (!existsSync('/dev/full')) return;
    const to = join(folder(), 'export.csv');
    symlinkSync('/dev/full', `${to}.part`);
    const failure = await fetchFile('/small', to).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NeedsHuman);
    expect(failure).toMatchObject({ message: expect.stringMatching(/disk is full/), need: 'CHECK' });
    expect([existsSync(to), existsSync(`${to}.part`)]).toEqual([false, false]);
  });
});

test('a browser that goes away under the reading of a file is an error of that reading, and none that nobody hears', async () => {
  const surface = await showPage(browser, `<a href="${address}/small-gone">Download</a>`);
  const coming = surface.page.waitForEvent('download');
  await surface.page.getByRole('link', { name: 'Download' }).click();
  const stream = await bytesOf(await coming);
  await surface.page.context().close();
  await expect(text(stream)).rejects.toThrow(/closed/);
});
