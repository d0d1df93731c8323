import { startApp } from './app.ts';
import { readConfig } from './config.ts';
import { lastWords } from './last-words.ts';
import { makeLog } from './log.ts';

/** `npm start`: the app, until it is told to stop. */
async function main(): Promise<void> {
  loadEnvFile();
  const config = readConfig(process.env);
  const log = makeLog(config.LOG_LEVEL);
  const app = await startApp(config, log);
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping: what is running is handed on');
    // What does not end by itself in time is taken up by the next start, as after a crash.
    setTimeout(() => process.exit(0), 15_000).unref();
    void app.stop().finally(() => process.exit(0));
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
}

/** `.env` beside the README, for those who keep their settings there; the environment wins. */
function loadEnvFile(): void {
  try {
    process.loadEnvFile();
  } catch {
    // There is none.
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${lastWords(error)}\n`);
  process.exit(1);
});
