import { audit, coleStats, type Result } from './audit.ts';
import { play, prepare } from './story.ts';
import { setTheStage, type Stage } from './stage.ts';
import { makeTerminal } from './terminal.ts';

/*
 * `npm run demo` — everything, and one address to open.
 * `npm run demo -- --auto` — plays the story by itself and ends with a line of JSON.
 */
const auto = process.argv.includes('--auto');
const started = Date.now();
const terminal = makeTerminal(started, process.stderr);
let stage: Stage | undefined;
let leaving = false;

async function leave(code: number): Promise<void> {
  if (leaving) return;
  leaving = true;
  setTimeout(() => process.exit(code), 20_000).unref();
  await stage?.stop().catch(() => undefined);
  process.exit(code);
}
process.on('SIGINT', () => void leave(130));
process.on('SIGTERM', () => void leave(143));

async function run(): Promise<void> {
  terminal.say('LeadOps demo: embedded database, stand-ins, and the app. Nothing leaves this machine.');
  stage = await setTheStage({
    port: auto ? 0 : Number(process.env.DEMO_PORT ?? 4000),
    fast: auto,
    say: (line) => terminal.say(line),
  });
  terminal.say(`Slack is at ${stage.slackUrl} — business time: Friday 15 January 2027, 8:55 in Chicago`);
  terminal.say('#prairie-leads: yesterday’s pull for a second client runs first, so that there are leads to spare');
  await prepare(stage, terminal);
  if (!auto) {
    terminal.say(`Ready. Open ${stage.slackUrl} and type  /pull-leads lakeside 2027-03  in #lakeside-leads.`);
    terminal.say(
      'Switch to Marcus (top right) to approve. The app’s log is .data/demo/app.log; Ctrl-C ends everything.',
    );
    terminal.say(`To try a crash: kill -9 ${stage.appPid()} — it is started again and its runs go on.`);
    console.log(stage.slackUrl);
    return;
  }
  const before = await coleStats(stage);
  await play(stage, terminal);
  const result = await audit(stage, before, 'lakeside', (Date.now() - started) / 1000);
  finish(result);
}

function finish(result: Result): void {
  console.log(JSON.stringify(result));
  void leave(result.ok ? 0 : 1);
}

run().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  if (auto) finish({ ok: false, reason, seconds: Math.round((Date.now() - started) / 1000) });
  else {
    terminal.say(`The demo cannot go on: ${reason}`);
    void leave(1);
  }
});
