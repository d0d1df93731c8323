import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { isObject } from '../blocks/rules.ts';
import type { Disconnect } from '../faults.ts';
import type { World } from '../world.ts';
import { patience, type Parcel, type Receipt, type Transport } from './transport.ts';

/** Slack pings so often; the SDK gives up on a socket after 30 s without one. */
const pingEvery = 10_000;
/** Sockets an app may hold (docs.slack.dev/apis/events-api/using-socket-mode). */
const mostSockets = 10;
/** From Slack's warning until it closes the socket itself. */
const closeAfter = 10_000;

export type SocketMode = Transport & {
  /** A ticketed address for one connection, as apps.connections.open answers it. */
  newUrl(): string;
  disconnect(how: Disconnect): void;
  close(): Promise<void>;
};

type Waiting = {
  readonly sentAt: number;
  readonly onAck: (ms: number) => void;
  readonly settle: (body: unknown) => void;
};

export function makeSocketMode(server: Server, world: World, isDown: () => boolean): SocketMode {
  const sockets: WebSocket[] = [];
  /** Open for the app, and nobody is behind them. */
  const dumb = new Set<WebSocket>();
  const tickets = new Set<string>();
  const waiting = new Map<string, Waiting>();
  const hub = new WebSocketServer({ noServer: true });
  let turn = 0;

  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://slack').searchParams.get('ticket') ?? '';
    if (isDown() || !tickets.delete(ticket)) return void socket.destroy();
    hub.handleUpgrade(request, socket, head, (connected) => greet(connected));
  });

  const greet = (socket: WebSocket) => {
    if (sockets.length >= mostSockets) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: debug }));
      return socket.close();
    }
    sockets.push(socket);
    world.stats.sockets.opened += 1;
    socket.on('message', (data) => {
      // A text frame of the ws package always arrives as a Buffer.
      const said = (data as Buffer).toString();
      world.settings.heard('socket', said);
      receive(said);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => void sockets.splice(sockets.indexOf(socket), sockets.includes(socket) ? 1 : 0));
    const hello = {
      type: 'hello',
      num_connections: sockets.length,
      debug_info: { ...debug, build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: world.settings.app.id },
    };
    socket.send(JSON.stringify(hello));
  };

  const receive = (frame: string) => {
    const answer: unknown = JSON.parse(frame);
    if (!isObject(answer) || typeof answer['envelope_id'] !== 'string') return;
    const asked = waiting.get(answer['envelope_id']);
    if (!asked) return;
    waiting.delete(answer['envelope_id']);
    asked.onAck(performance.now() - asked.sentAt);
    asked.settle(answer['payload']);
  };

  const heartbeat = setInterval(() => {
    for (const socket of sockets) socket.ping();
  }, pingEvery);
  heartbeat.unref();

  return {
    connections: () => sockets.length,

    newUrl: () => {
      const ticket = world.id('ticket-').toLowerCase();
      tickets.add(ticket);
      return `${world.url.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${world.settings.app.id}`;
    },

    send: (parcel, onAck) => {
      const open = sockets.filter((socket) => socket.readyState === socket.OPEN);
      const socket = open[turn++ % Math.max(open.length, 1)];
      if (!socket) {
        const reason = dumb.size > 0 ? 'timeout' : 'no_connection';
        const wait = dumb.size > 0 ? patience : 0;
        return new Promise((resolve) => setTimeout(() => resolve({ acknowledged: false, reason }), wait).unref());
      }
      const envelopeId = world.id('envelope-').toLowerCase();
      return new Promise<Receipt>((resolve) => {
        const late = setTimeout(() => resolve({ acknowledged: false, reason: 'timeout' }), patience);
        late.unref();
        const settle = (body: unknown) => {
          clearTimeout(late);
          resolve({ acknowledged: true, body });
        };
        waiting.set(envelopeId, { sentAt: performance.now(), onAck, settle });
        socket.send(JSON.stringify(envelope(envelopeId, parcel)));
      });
    },

    disconnect: (how) => {
      for (const socket of [...sockets]) {
        switch (how) {
          case 'drop':
            socket.terminate();
            break;
          case 'half-open':
            sockets.splice(sockets.indexOf(socket), 1);
            dumb.add(socket);
            socket.pause();
            break;
          case 'refresh':
            ask(socket, 'refresh_requested');
            break;
          case 'warning':
          case 'link_disabled':
            ask(socket, how);
            setTimeout(() => socket.close(), closeAfter).unref();
        }
      }
    },

    close: async () => {
      clearInterval(heartbeat);
      const gone = [...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of sockets) socket.close(1001);
      await Promise.race([Promise.all(gone), new Promise((resolve) => setTimeout(resolve, 500).unref())]);
      for (const socket of [...sockets, ...dumb]) socket.terminate();
      hub.close();
    },
  };
}

const debug = { host: 'applink-sandbox' };

const ask = (socket: WebSocket, reason: string) =>
  socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: debug }));

function envelope(id: string, { type, payload, attempt, retryReason }: Parcel): unknown {
  return {
    envelope_id: id,
    type,
    payload,
    accepts_response_payload: type !== 'events_api',
    ...(type === 'events_api' ? { retry_attempt: attempt, retry_reason: retryReason ?? '' } : {}),
  };
}
