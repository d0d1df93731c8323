import WebSocket from 'ws';
import { z } from 'zod';
import type { Timing } from './timing.ts';

/** Something Slack delivers; answered by sending its id back. */
const Delivered = z.object({
  envelope_id: z.string(),
  type: z.string(),
  payload: z.record(z.string(), z.unknown()),
  retry_attempt: z.number().optional(),
  retry_reason: z.string().optional(),
});
export type Delivered = z.output<typeof Delivered>;

const Frame = z.union([
  Delivered,
  z.object({ type: z.literal('hello') }),
  z.object({ type: z.literal('disconnect'), reason: z.string().default('no reason given') }),
]);

/** Why a connection serves no longer. */
type Ending =
  /** Slack asks for another connection and closes this one by itself soon; until then it still serves. */
  | { readonly kind: 'replace'; readonly why: string }
  | { readonly kind: 'lost'; readonly why: string }
  /** Socket Mode was switched off for the app. */
  | { readonly kind: 'refused'; readonly why: string };

export type Connection = {
  readonly ending: Promise<Ending>;
  readonly isOpen: () => boolean;
  /** Settles when the socket is gone. */
  readonly closed: Promise<void>;
  /** Ends it at once. */
  readonly close: () => void;
};

export type OnDelivered = (delivered: Delivered, ack: (response?: unknown) => Promise<void>) => void;

/**
 * One connection of Socket Mode (docs.slack.dev/apis/events-api/using-socket-mode): opened when Slack has said hello.
 *
 * @throws Error where it does not open, or says no hello, in time
 */
export async function openConnection(url: string, timing: Timing, onDelivered: OnDelivered): Promise<Connection> {
  const socket = new WebSocket(url, { handshakeTimeout: timing.connectMs });
  const end: { resolve: (ending: Ending) => void } = { resolve: () => undefined };
  const ending = new Promise<Ending>((resolve) => (end.resolve = resolve));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const isOpen = () => socket.readyState === WebSocket.OPEN;
  let why = 'Slack closed the connection';
  // Pings without an answer. They are counted instead of timed, because after this process was paused the answers may
  // still be waiting to be read.
  let unanswered = 0;
  const heard = () => (unanswered = 0);
  const pinging = setInterval(() => {
    if (!isOpen()) return;
    if (unanswered >= timing.unansweredPings) {
      why = 'the connection is half open: Slack answers no ping';
      socket.terminate();
      return;
    }
    unanswered += 1;
    socket.ping();
  }, timing.pingMs);
  socket.on('ping', heard);
  socket.on('pong', heard);

  const ack = (id: string) => (response?: unknown) =>
    new Promise<void>((resolve, reject) => {
      // On a socket that is closing or gone this fails by the callback too.
      socket.send(JSON.stringify({ envelope_id: id, payload: asPayload(response) }), (error) =>
        error ? reject(error) : resolve(),
      );
    });

  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => {
      why = 'Slack said no hello in time';
      socket.terminate();
    }, timing.connectMs);
    socket.on('message', (data) => {
      heard();
      const frame = parse((data as Buffer).toString()); // the ws package hands text frames over as a Buffer
      if (!frame) return;
      if ('envelope_id' in frame) return onDelivered(frame, ack(frame.envelope_id));
      if (frame.type === 'hello') {
        clearTimeout(late);
        return resolve();
      }
      why = `Slack asked for a new connection (${frame.reason})`;
      if (frame.reason === 'link_disabled') {
        end.resolve({ kind: 'refused', why: 'Socket Mode is switched off in the settings of the Slack app' });
      } else if (frame.reason !== 'too_many_websockets') end.resolve({ kind: 'replace', why });
    });
    // Without a listener an error would end the process; a close follows each.
    socket.on('error', (error) => (why = error.message || 'the connection could not be opened'));
    socket.on('close', () => {
      clearTimeout(late);
      clearInterval(pinging);
      end.resolve({ kind: 'lost', why });
      reject(new Error(why));
    });
  });
  return { ending, isOpen, closed, close: () => socket.terminate() };
}

/** Slack takes an object; a bare text is what a command answers with. */
function asPayload(response: unknown): object {
  if (typeof response === 'string') return { text: response };
  return typeof response === 'object' && response !== null ? response : {};
}

function parse(text: string): z.output<typeof Frame> | undefined {
  try {
    return Frame.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
