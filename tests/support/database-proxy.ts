import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy before a database, which a test may hold shut. */
export type DatabaseProxy = {
  readonly url: string;
  /** How often what `shutAfter` named was answered. */
  readonly answered: () => number;
  /** Passes everything until this rpc was answered, then nothing. */
  shutAfter(rpc: string): void;
  /** Answers nothing, takes everything. */
  shut(): void;
  open(): void;
  close(): Promise<void>;
};

/** A plain HTTP proxy to the database's address: the app behind it is real, and so is the database. */
export async function startDatabaseProxy(to: string): Promise<DatabaseProxy> {
  let isShut = false;
  let last: string | undefined;
  let answered = 0;
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (isShut) return;
    const closes = last !== undefined && incoming.url?.endsWith(`/rpc/${last}`) === true;
    const target = new URL(incoming.url ?? '/', to);
    const passed = ask(
      target,
      { method: incoming.method, headers: { ...incoming.headers, host: target.host } },
      (answer) => {
        if (closes) {
          isShut = true;
          answered += 1;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered: () => answered,
    shutAfter: (rpc) => (last = rpc),
    shut: () => (isShut = true),
    open() {
      isShut = false;
      last = undefined;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
