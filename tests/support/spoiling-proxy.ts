import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = { readonly method: string; readonly path: string; readonly body: string };
export type Said = { readonly status: number; readonly body: string };

/** A plain HTTP proxy that may answer in its server's place: what is asked of a real part, and another answer than its own. */
export type SpoilingProxy = { readonly url: string; close(): Promise<void> };

/** @param spoil the answer to give instead, or undefined to let the server answer */
export async function startSpoilingProxy(
  to: string,
  spoil: (asked: Asked) => Said | undefined,
): Promise<SpoilingProxy> {
  const server = createServer((incoming, outgoing) => {
    void bodyOf(incoming).then((body) => {
      const asked = { method: incoming.method ?? '', path: incoming.url ?? '/', body: body.toString('utf8') };
      const said = spoil(asked);
      if (said) outgoing.writeHead(said.status, { 'content-type': 'application/json' }).end(said.body);
      else pass(new URL(asked.path, to), incoming, body, outgoing);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // listens on TCP
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // What an http request is made of.
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function pass(target: URL, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): void {
  const passed = ask(
    target,
    { method: incoming.method, headers: { ...incoming.headers, host: target.host } },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  passed.on('error', () => outgoing.destroy());
  passed.end(body);
}
