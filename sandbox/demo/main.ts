import { parseArgs } from 'node:util';
import type { Result } from './audit.ts';
import { makeCamera, noCamera } from './camera.ts';
import { storyOf } from './stories.ts';
import { setTheStage, type Stage } from './stage.ts';
import { makeTerminal } from './terminal.ts';

/*
 * `npm run demo` — everything, and one address to open.
 * `npm run demo -- --auto` — plays the story by itself and ends with a line of JSON;
 * `--pictures=docs/pictures` takes pictures of the running page as it goes; `--only intent` is another story.
 */
const { values: asked } = parseArgs({
  options: { auto: { type: 'boolean', default: false }, pictures: { type: 'string' }, only: { type: 'string' } },
});
const { auto, pictures } = asked;
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

const seconds = () => (Date.now() - started) / 1000;

async function run(): Promise<void> {
  const story = storyOf(asked.only ?? 'pull');
  terminal.say('LeadOps demo: embedded database, stand-ins, and the app. Nothing leaves this machine.');
  stage = await setTheStage({
    begins: story.begins,
    bison: story.bison,
    port: auto ? 0 : Number(process.env.DEMO_PORT ?? 4000),
    fast: auto,
    say: (line) => terminal.say(line),
  });
  terminal.say(`Slack is at ${stage.slackUrl} — business time: ${story.when}`);
  if (!auto) {
    terminal.say(`Ready. Open ${stage.slackUrl} and ${story.hint}.`);
    terminal.say(
      'Switch to Marcus (top right) to approve. The app’s log is .data/demo/app.log; Ctrl-C ends everything.',
    );
    terminal.say(`To try a crash: kill -9 ${stage.appPid()} — it is started again and its runs go on.`);
    console.log(stage.slackUrl);
  }
  if (!auto) return;
  const camera = pictures ? await makeCamera(stage.slackUrl, pictures) : noCamera;
  const result = await story.play(stage, terminal, camera, seconds);
  await camera.close();
  finish(result);
}

function finish(result: Result): void {
  console.log(JSON.stringify(result));
  void leave(result.ok ? 0 : 1);
}

run().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  if (auto) finish({ ok: false, reason, seconds: Math.round(seconds()) });
  else {
    terminal.say(`${stage ? 'What was to happen by itself did not' : 'The demo cannot start'}: ${reason}`);
    if (!stage) void leave(1);
  }
});
