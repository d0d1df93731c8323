import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RequestHandler } from 'express';
import type { Log } from '../log.ts';
import type { Health } from './health.ts';
import { makeWeb } from './web.ts';

export type Console = { readonly port: number; close(): Promise<void> };

/** Limits for one connection: times in milliseconds, headers in bytes. Slack needs a fraction of each. */
export type Limits = {
  readonly headersMs: number;
  readonly requestMs: number;
  readonly idleMs: number;
  readonly checkEveryMs: number;
  readonly headerBytes: number;
  readonly connections: number;
};

const usual: Limits = {
  headersMs: 10_000,
  requestMs: 30_000,
  idleMs: 60_000,
  checkEveryMs: 2_000,
  headerBytes: 16 * 1024,
  connections: 500,
};

/**
 * The app's own port (see `makeWeb` for what it answers). It is open to the world in HTTP mode, so that a request can
 * be anything: what is no HTTP gets 400, what takes too long 408, and nothing that comes in ends the process.
 *
 * @throws Error where the port cannot be had
 */
export async function startConsole(parts: {
  readonly port: number;
  readonly health: Health;
  readonly file: RequestHandler;
  readonly slack: RequestListener | null;
  readonly log: Log;
  readonly limits?: Partial<Limits>;
}): Promise<Console> {
  const limits = { ...usual, ...parts.limits };
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      keepAliveTimeout: 5_000,
    },
    makeWeb(parts),
  );
  server.maxConnections = limits.connections;
  server.maxHeadersCount = 100;
  server.maxRequestsPerSocket = 1_000;
  // A client that asks for a file and never reads it would keep its bytes in memory for ever.
  server.timeout = limits.idleMs;
  server.on('clientError', refuse);
  await listen(server, parts.port);
  // After the start: a server that cannot take a connection (no file handle left) says so and goes on.
  server.on('error', (error) => parts.log.error({ err: error }, 'the port had trouble'));
  return {
    // A server that listens on a port has such an address.
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // Listening on all addresses is what Slack's HTTP mode and people's links need; everything asks for a signature.
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

const refusals: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** The bytes were no request: said once, and the connection is over. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = refusals[error.code ?? ''] ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
}
