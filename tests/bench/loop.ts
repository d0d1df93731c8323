/**
 * How long the app's loop stands still, and how soon a slash command is acknowledged meanwhile: `npm run -s bench:loop`.
 *
 * The real app (embedded database, Bolt in Socket Mode) runs in this process; the stand-in Slack and the database are
 * processes of their own, as they are in use. Each part does what a run does with large data. A timer of 2 ms beats
 * all the while: the longest time between two beats is how long nobody else was served. Beside it stands
 * the most processor time this process had between two beats: where it is much less, the machine was busy with others. During the
 * parts marked with `acks` a person types `/leadops help`; the stand-in measures when the app acknowledged.
 *
 * BENCH_LEADS (100000) makes the month smaller; BENCH_ONLY names parts, separated by commas.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../../src/wiring/app.ts';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { openStore } from '../../src/store/index.ts';
import { startSlackApart, typing, type Acks } from './loop/slack.ts';
import { longestStretch, type Stretch } from './loop/stretch.ts';
import { lakeside } from '../support/clients.ts';
import { partsOf } from './loop/parts.ts';

const leads = Number(process.env.BENCH_LEADS ?? 100_000);
const only = (process.env.BENCH_ONLY ?? '').split(',').filter((name) => name !== '');

const dataDir = mkdtempSync(join(tmpdir(), 'leadops-bench-'));
mkdirSync(join(dataDir, 'files'));
const slack = await startSlackApart();
const store = await openStore({ DATA_DIR: dataDir });
await store.clients.save({ ...lakeside, channel: 'C01LAKESIDE' });
await store.clients.saveMember({ slackId: 'U01OPERATOR', role: 'operator', client: '*', backup: null });
const config = readConfig({
  DATA_DIR: dataDir,
  SLACK_API_URL: slack.apiUrl,
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_APP_TOKEN: slack.appToken,
  LEADOPS_ADMINS: 'U03ADMIN',
  PORT: '0',
  LOG_LEVEL: 'silent',
});
const app = await startApp(config, makeLog('silent'));

const results: { name: string; seconds: number; stretch: Stretch; acks: Acks | null }[] = [];
console.log(
  'part                                             seconds  longest stretch (our own)    acks min / median / p99 / max (count)',
);
for (const part of partsOf({ store, folder: join(dataDir, 'files'), leads })) {
  if (only.length > 0 && !only.includes(part.key) && !part.always) continue;
  await part.prepare?.();
  const person = part.acks ? typing(slack) : null;
  const { seconds, stretch } = await longestStretch(part.work);
  const acks = (await person?.stop()) ?? null;
  results.push({ name: part.name, seconds, stretch, acks });
  const said = acks ? `${acks.min} / ${acks.median} / ${acks.p99} / ${acks.max} ms (${acks.count})` : '';
  console.log(
    `${part.name.padEnd(48)} ${seconds.toFixed(1).padStart(7)}  ${String(stretch.ms).padStart(6)} ms (${stretch.ownMs} ms)${' '.repeat(Math.max(1, 12 - String(stretch.ownMs).length))} ${said}`,
  );
}
const worst = results.reduce((most, one) => (one.stretch.ms > most.stretch.ms ? one : most));
const answered = results.flatMap(({ acks }) => acks ?? []);
await app.stop();
store.close();
await slack.stop();
rmSync(dataDir, { recursive: true, force: true });
console.log(
  JSON.stringify({
    leads,
    longestStretchMs: worst.stretch.ms,
    in: worst.name,
    slowestAckMs: answered.length > 0 ? Math.max(...answered.map(({ max }) => max)) : null,
    parts: Object.fromEntries(
      results.map(({ name, stretch, seconds }) => [name, { ...stretch, seconds: Math.round(seconds * 10) / 10 }]),
    ),
  }),
);
process.exit(0);
