import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import WebSocket from 'ws';
import { startSlack, type SlackStandIn } from '../slack/index.ts';

let slack: SlackStandIn;
let sockets: WebSocket[] = [];
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  sockets = [];
  await slack.close();
});

async function connect(): Promise<{ socket: WebSocket; frame: () => Promise<{ type: string; reason?: string }> }> {
  const { url } = await new WebClient(slack.appToken, { slackApiUrl: slack.apiUrl }).apps.connections.open({});
  const socket = new WebSocket(url ?? '');
  sockets.push(socket);
  const frame = () =>
    new Promise<{ type: string; reason?: string }>((resolve) =>
      socket.once('message', (data) => resolve(JSON.parse((data as Buffer).toString()) as { type: string })),
    );
  expect((await frame()).type).toBe('hello');
  return { socket, frame };
}
const fault = (body: object) =>
  fetch(`${slack.url}/_control/fault`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test.each([
  ['refresh', 'refresh_requested'],
  ['warning', 'warning'],
  ['link_disabled', 'link_disabled'],
])('asked to %s, it sends the frame that Slack sends', async (how, reason) => {
  const { frame } = await connect();
  const next = frame();
  await fault({ disconnect: how });
  expect(await next).toMatchObject({ type: 'disconnect', reason });
});

test('half open, it takes pings without an answer and keeps the connection', async () => {
  const { socket } = await connect();
  await fault({ disconnect: 'half-open' });
  let pongs = 0;
  socket.on('pong', () => (pongs += 1));
  socket.ping();
  // A connection that is well answers meanwhile.
  const other = await connect();
  const pong = new Promise((resolve) => other.socket.once('pong', resolve));
  other.socket.ping();
  await pong;
  expect(pongs).toBe(0);
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test('refusing, nothing listens at its address, and later it does again at the same', async () => {
  const { socket } = await connect();
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await fault({ refuseMs: 3_000 });
  await closed;
  const ask = () =>
    fetch(`${slack.url}/_control/stats`, { headers: { connection: 'close' } }).then(
      () => 'there',
      () => 'refused',
    );
  while ((await ask()) !== 'refused');
  while ((await ask()) !== 'there');
  expect((await fetch(`${slack.url}/_control/stats`)).status).toBe(200);
});
