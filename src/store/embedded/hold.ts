import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';

const Address = z.object({ url: z.string(), hold: z.number(), name: z.string(), password: z.string() });
const greetingMs = 5_000;

/** A server that runs, and the connection that keeps it running. */
export type Held = { readonly url: string; readonly password: string; readonly socket: Socket };

/** The server of database.json, where it is there: its port may be another's by now, so it must say its name. */
export async function tryHold(folder: string): Promise<Held | undefined> {
  const file = join(folder, 'database.json');
  if (!existsSync(file)) return undefined;
  const address = Address.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!address.success) return undefined;
  const { url, hold, name, password } = address.data;
  const socket = connect(hold, '127.0.0.1');
  const greeted = await answerOf(socket, greetingMs);
  if (greeted !== name) {
    socket.destroy();
    return undefined;
  }
  socket.on('error', () => socket.destroy());
  // The data is read and thrown away here, because Node notices the end of a connection only while it is read.
  socket.resume();
  socket.unref();
  return { url, password, socket };
}

/** Tells the server to do something; answers its line, or undefined where it ended instead. */
export async function order({ socket, password }: Held, words: string): Promise<string | undefined> {
  if (socket.destroyed) return undefined;
  socket.ref();
  socket.write(`${password} ${words}\n`);
  const answer = await answerOf(socket);
  socket.unref();
  return answer;
}

function answerOf(socket: Socket, withinMs?: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    let line = '';
    const timer = withinMs === undefined ? undefined : setTimeout(() => end(undefined), withinMs);
    const end = (answer: string | undefined) => {
      clearTimeout(timer);
      socket.off('data', read);
      socket.off('close', gone);
      socket.off('error', gone);
      resolve(answer);
    };
    const gone = () => end(undefined);
    const read = (bytes: Buffer) => {
      line += bytes.toString();
      if (line.endsWith('\n')) end(line.trimEnd());
    };
    socket.on('data', read);
    socket.on('close', gone);
    socket.on('error', gone);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
