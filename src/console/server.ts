import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Links } from '../links.ts';
import type { Log } from '../log.ts';
import type { FileStore } from '../store/files.ts';

export type Health = () => Promise<{ readonly ok: boolean; readonly [fact: string]: unknown }>;

export type Console = { readonly port: number; close(): Promise<void> };

/**
 * The app's own port: `GET /health`, files behind signed links, and everything else Slack's (HTTP mode). Nothing here
 * changes state.
 */
export async function startConsole(parts: {
  readonly port: number;
  readonly links: () => Links;
  readonly files: Pick<FileStore, 'read'>;
  readonly health: Health;
  readonly slack: RequestListener | null;
  readonly log: Log;
}): Promise<Console> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const answer =
      request.method === 'GET' && url.pathname === '/health'
        ? health(response)
        : request.method === 'GET' && url.pathname.startsWith('/files/')
          ? file(url, response)
          : undefined;
    if (answer) {
      answer.catch((error: unknown) => {
        parts.log.warn({ err: error, path: url.pathname.split('/')[1] }, 'a request failed');
        if (!response.headersSent) plain(response, 503, 'Not available right now. Try again in a moment.');
      });
    } else if (parts.slack && url.pathname.startsWith('/slack/')) parts.slack(request, response);
    else notFound(request, response);
  });

  async function health(response: ServerResponse) {
    const facts = await parts.health();
    response.writeHead(facts.ok ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify(facts));
  }

  async function file(url: URL, response: ServerResponse) {
    const key = parts.links().verify(url.pathname, url.searchParams);
    if (!key) {
      plain(response, 403, 'This link is not valid any more. Open the details in Slack again for a new one.');
      return;
    }
    const found = await parts.files.read(key);
    if (!found) {
      plain(response, 404, 'This file was removed when its time to be kept was over.');
      return;
    }
    response.writeHead(200, {
      'content-type': found.type,
      'content-disposition': `attachment; filename="${key.split('/').at(-1) ?? 'file'}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(found.bytes);
  }

  const listening = await new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', reject);
    // Listening on all addresses is what Slack's HTTP mode and people's links need; everything asks for a signature.
    server.listen(parts.port, () => resolve(server.address() as AddressInfo));
  });
  return {
    port: listening.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function notFound(_request: IncomingMessage, response: ServerResponse) {
  plain(response, 404, 'Not found.');
}

function plain(response: ServerResponse, status: number, text: string) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}
