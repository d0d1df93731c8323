/**
 * Slack away for so many seconds, and what the app does about it, in both modes: `npm run -s bench:outages -- --slack 600`.
 *
 * Everything real but the vendors: the app with its usual patience, the stand-in Slack, the embedded database. It prints
 * one JSON object a mode and way of being away; it ends with an error where a command did not work afterwards.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { words } from '../../sandbox/demo/look.ts';
import { connectAs } from '../../sandbox/slack/client.ts';
import { startSlack } from '../../sandbox/slack/index.ts';
import { startApp } from '../../src/wiring/app.ts';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';

const { values } = parseArgs({ options: { slack: { type: 'string', default: '20' } } });
const ways = ['cut', 'refused'] as const;
const awayMs = Number(values.slack) * 1_000;
const channel = 'C01LAKESIDE';
const signingSecret = 'bench-signing-secret';
const unhandled: unknown[] = [];
process.on('unhandledRejection', (error) => unhandled.push(error));

type Way = (typeof ways)[number];

async function prepare(mode: 'socket' | 'http', way: Way) {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadops-outage-'));
  const slack = await startSlack({ rateLimits: 'off' });
  const config = readConfig({
    DATA_DIR: dataDir,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    ...(mode === 'http' ? { SLACK_SIGNING_SECRET: signingSecret } : { SLACK_APP_TOKEN: slack.appToken }),
    LEADOPS_ADMINS: 'U03ADMIN',
    PORT: '0',
  });
  // A database from nothing takes a busy machine more than the minute it is given.
  const start = () => startApp(config, makeLog('silent'));
  const app = await start().catch(start);
  if (mode === 'http') slack.useHttp({ url: `http://127.0.0.1:${app.port}/slack/events`, signingSecret });
  const dana = connectAs(slack.url, 'U01OPERATOR');
  const answered = async () => {
    const before = (await dana.messages(channel)).length;
    await dana.say(channel, '/leadops help');
    return dana
      .waitFor(
        'help',
        async () => {
          const last = (await dana.messages(channel)).slice(before).at(-1);
          return last && words(last).includes('What I can do');
        },
        2_000,
      )
      .catch(() => false);
  };
  const health = async () =>
    (await (await fetch(`http://127.0.0.1:${app.port}/health`)).json()) as { slack: { ok: boolean } };
  return { mode, way, slack, app, answered, health, dataDir };
}

async function outage({ mode, way, slack, app, answered, health, dataDir }: Awaited<ReturnType<typeof prepare>>) {
  const worked = await answered();
  slack.fault(way === 'cut' ? { down: true } : { refuseMs: awayMs });
  await sleep(awayMs - 100);
  const saidAway = !(await health()).slack.ok;
  const asked = slack.stats().calls['apps.connections.open'] ?? 0;
  // 5xx on the way back, too.
  slack.fault({ method: 'apps.connections.open', status: 503, times: 2 });
  if (way === 'cut') slack.fault({ down: false });
  await sleep(100);
  const back = Date.now();
  let works = false;
  while (!works && Date.now() - back < 120_000) {
    works = await answered().catch(() => false);
    if (!works) await sleep(100);
  }
  const result = {
    mode,
    way,
    awaySeconds: awayMs / 1_000,
    workedBefore: worked,
    healthSaidAway: saidAway,
    worksAgain: works,
    worksAgainAfterMs: Date.now() - back,
    socketsOpen: slack.stats().sockets.open,
    askedForConnectionsBefore: asked,
    unhandledRejections: unhandled.length,
  };
  await app.stop();
  await slack.close();
  rmSync(dataDir, { recursive: true, force: true });
  return result;
}

// The databases come up one after another: each start takes the whole machine.
const prepared = [];
for (const mode of ['socket', 'http'] as const) {
  for (const way of ways) prepared.push(await prepare(mode, way));
}
const results = await Promise.all(prepared.map(outage));
for (const result of results) console.log(JSON.stringify(result));
process.exit(results.every(({ worksAgain }) => worksAgain) && unhandled.length === 0 ? 0 : 1);
