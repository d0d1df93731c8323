import { startBison } from './bison/index.ts';
import { startClay } from './clay/index.ts';
import { startClock } from './clock/index.ts';
import { startCole } from './cole/index.ts';
import { startDebounce } from './debounce/index.ts';
import { clayLogin, coleLogins, debounceKey, mailLogin, storyBegins, zoominfoLogin } from './demo/cast.ts';
import { bisonCampaigns, bisonLogin, bisonWorkspaces } from './demo/bison.ts';
import { demoWorld, verdictOf } from './households/index.ts';
import type { StandIn } from './kit.ts';
import { startMail } from './mail/index.ts';
import { commands } from './demo/commands.ts';
import { startSlack } from './slack/index.ts';
import { startZoominfo } from './zoominfo/index.ts';

/*
 * The stand-ins alone: starts those named (all when none is), prints their addresses as one line of JSON, and runs until
 * it is told to stop. `--port-<name> <port>` fixes a port.
 */
const names = ['clock', 'slack', 'cole', 'clay', 'debounce', 'zoominfo', 'mail', 'bison'] as const;
type Name = (typeof names)[number];

const wanted = names.filter((name) => process.argv.includes(name));
const chosen = new Set<Name>(wanted.length > 0 ? wanted : names);
const running: StandIn[] = [];
const addresses: Record<string, unknown> = {};

function port(name: Name): number {
  const place = process.argv.indexOf(`--port-${name}`);
  return place < 0 ? 0 : Number(process.argv[place + 1]);
}

const waits = {
  // The stand-ins' waiting times; the real vendors take up to an hour for what the demo shows in a minute.
  validationRowsPerSecond: Number(process.env.SANDBOX_ROWS_PER_SECOND ?? 0),
  /** Of the clock stand-in where it runs, else the machine's. */
  syncMs: Number(process.env.SANDBOX_SYNC_MS ?? 300_000),
};

async function start(): Promise<void> {
  const clock = chosen.has('clock') ? await startClock({ start: storyBegins, port: port('clock') }) : null;
  if (clock) {
    running.push(clock);
    addresses.clock = { url: clock.url };
  }
  if (chosen.has('slack')) {
    const slack = await startSlack({ port: port('slack'), commands, ...(clock && { now: () => clock.now() }) });
    running.push(slack);
    addresses.slack = { url: slack.url, apiUrl: slack.apiUrl, botToken: slack.botToken, appToken: slack.appToken };
  }
  if (chosen.has('cole')) {
    const cole = await startCole({
      port: port('cole'),
      logins: coleLogins,
      world: demoWorld,
      today: () => '2027-01-15',
    });
    running.push(cole);
    addresses.cole = { url: cole.url, logins: coleLogins };
  }
  if (chosen.has('debounce') || chosen.has('clay')) {
    const verdict = (email: string) => verdictOf(email, demoWorld.seed);
    const debounce = await startDebounce({ port: port('debounce'), key: debounceKey, verdict });
    running.push(debounce);
    addresses.debounce = { url: debounce.url, key: debounceKey };
    if (chosen.has('clay')) {
      const clay = await startClay({
        port: port('clay'),
        login: clayLogin,
        debounce: { url: debounce.url, key: debounceKey },
        waits: { validationRowsPerSecond: waits.validationRowsPerSecond },
      });
      running.push(clay);
      addresses.clay = { url: clay.url, login: clayLogin };
    }
  }
  if (chosen.has('zoominfo')) {
    const zoominfo = await startZoominfo({
      port: port('zoominfo'),
      ...zoominfoLogin,
      seed: 'demo',
      credits: 10_000,
      signalsPerDay: Number(process.env.SANDBOX_SIGNALS_PER_DAY ?? 2.5),
      ...(clock && { now: () => clock.now() }),
    });
    running.push(zoominfo);
    addresses.zoominfo = { url: zoominfo.url, login: zoominfoLogin };
  }
  if (chosen.has('mail')) {
    const mail = await startMail({ port: port('mail'), login: mailLogin, ...(clock && { now: () => clock.now() }) });
    running.push(mail);
    addresses.mail = { url: mail.url, smtpUrl: mail.smtpUrl };
  }
  if (chosen.has('bison')) {
    const bison = await startBison({
      port: port('bison'),
      login: bisonLogin,
      workspaces: bisonWorkspaces,
      campaigns: bisonCampaigns,
      waits: { syncMs: waits.syncMs },
      ...(clock && { now: () => clock.now() }),
    });
    running.push(bison);
    const tokens = Object.fromEntries(bisonWorkspaces.map(({ name, token }) => [name, token]));
    addresses.bison = { url: bison.url, login: bisonLogin, tokens };
  }
  console.log(JSON.stringify(addresses));
}

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await Promise.allSettled(running.map((standIn) => standIn.close()));
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
// Started by the demo: when it is gone, so are we.
if (process.send) process.on('disconnect', () => void stop());

await start();
