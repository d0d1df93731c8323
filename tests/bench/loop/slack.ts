import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { connectAs } from '../../../sandbox/slack/client.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const Addresses = z.object({
  slack: z.object({ url: z.string(), apiUrl: z.string(), botToken: z.string(), appToken: z.string() }),
});
const Stats = z.object({ ackMs: z.object({ list: z.array(z.object({ kind: z.string(), ms: z.number() })) }) });

export type SlackApart = z.output<typeof Addresses>['slack'] & { stop(): Promise<void> };
/** Milliseconds from delivery to acknowledgement, as the stand-in saw them. */
export type Acks = { min: number; median: number; p99: number; max: number; count: number };

/** The stand-in Slack in a process of its own: it must not wait for the loop that is measured. */
export async function startSlackApart(): Promise<SlackApart> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', 'slack'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { slack } = Addresses.parse(JSON.parse(line));
  const gone = once(child, 'exit');
  return {
    ...slack,
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** A person who types a command every 100 ms, whether or not the ones before were answered. */
export function typing({ url }: SlackApart): { stop(): Promise<Acks> } {
  const person = connectAs(url, 'U01OPERATOR');
  const read = async () => Stats.parse(await (await fetch(`${url}/_control/stats`)).json()).ackMs.list;
  const before = read().then(({ length }) => length);
  const said: Promise<unknown>[] = [];
  const timer = setInterval(() => said.push(person.say('C01LAKESIDE', '/leadops help').catch(() => undefined)), 100);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(said);
      const ms = (await read())
        .slice(await before)
        .map((ack) => Math.round(ack.ms))
        .sort((a, b) => a - b);
      const at = (share: number) => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))] ?? 0;
      return { min: at(0), median: at(0.5), p99: at(0.99), max: ms.at(-1) ?? 0, count: ms.length };
    },
  };
}
