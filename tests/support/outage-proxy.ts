import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A proxy before a server that can be shut: whoever goes through it meets an outage, and the server never notices. */
export type Proxy = {
  readonly url: string;
  /** `refused`: nobody listens, and what is open breaks. `hung`: everything is taken and nothing is answered. */
  shut(how: 'refused' | 'hung'): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
};

export async function startProxy(to: string): Promise<Proxy> {
  const target = new URL(to);
  const pairs = new Set<readonly [Socket, Socket]>();
  let hung = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    const pair = [near, far] as const;
    pairs.add(pair);
    const end = () => {
      near.destroy();
      far.destroy();
      pairs.delete(pair);
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    near.pipe(far);
    far.pipe(near);
    if (hung) for (const socket of pair) socket.pause();
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port; // listens on TCP
  };
  const shutDown = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const [near] of pairs) near.destroy();
    await closed;
  };
  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    async shut(how) {
      if (how === 'refused') return shutDown();
      hung = true;
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    async open() {
      hung = false;
      for (const pair of pairs) for (const socket of pair) socket.resume();
      if (!server.listening) await listen(port);
    },
    close: shutDown,
  };
}
