import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';

/** A running stand-in: an address like the vendor's, and a way to end it. */
export type StandIn = { readonly name: string; readonly url: string; close(): Promise<void> };

/** Serves `app` on loopback. Port 0 takes a free one. */
export async function serve(
  name: string,
  app: Express,
  port = 0,
): Promise<StandIn & { readonly server: Server; readonly refuse: (milliseconds: number) => void }> {
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(port, '127.0.0.1', (error) => (error ? reject(error) : resolve(listening)));
  });
  const { port: taken } = server.address() as AddressInfo;
  let reopening: NodeJS.Timeout | undefined;
  return {
    name,
    url: `http://127.0.0.1:${taken}`,
    server,
    /** Nothing listens at the address for so long. */
    refuse: (milliseconds) => {
      server.close();
      // The answer to whoever asked for it goes out first.
      setTimeout(() => server.closeAllConnections(), 50);
      reopening = setTimeout(() => server.listen(taken, '127.0.0.1'), milliseconds);
    },
    close: () =>
      new Promise((resolve, reject) => {
        clearTimeout(reopening);
        if (server.listening) server.close((error) => (error ? reject(error) : resolve()));
        else resolve();
        server.closeAllConnections();
      }),
  };
}

/**
 * The addresses every stand-in has besides the vendor's own: what was done to it from outside, how to make it misbehave,
 * and back to the beginning.
 */
export function control(
  app: Express,
  does: { stats(): unknown; fault(fault: Record<string, unknown>): void; reset(): void },
): void {
  app.get('/_control/stats', (_request, response) => void response.json(does.stats()));
  app.post('/_control/fault', express.json(), (request, response) => {
    does.fault((request.body ?? {}) as Record<string, unknown>);
    response.json({ ok: true });
  });
  app.post('/_control/reset', (_request, response) => {
    does.reset();
    response.json({ ok: true });
  });
}

// Taken out once: inside Jest every look at a global goes through a proxy.
const { imul } = Math;

/** FNV-1a, 32 bits: the same number for the same words on every machine. */
export function hash(...words: readonly (string | number)[]): number {
  let value = 0x811c9dc5;
  for (const char of words.join('\u0000')) {
    value = imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  return value >>> 0;
}

/** Numbers in [0, 1), the same sequence for the same seed (mulberry32, public domain). */
export function seeded(...seed: readonly (string | number)[]): () => number {
  let state = hash(...seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
