import { startApp } from './wiring/app.ts';
import { readConfig } from './config.ts';
import { lastWords } from './last-words.ts';
import { makeLog, type Log } from './log.ts';

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
    // After this long the process ends all the same; what was under way is taken up by the next start, as after a
    // crash.
    setTimeout(() => process.exit(0), 15_000).unref();
    void app.stop().finally(() => process.exit(0));
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  onTheUnexpected(log);
}

/**
 * What no code of ours expected. A promise that nobody waited for leaves the rest as it was: it is logged, and the app
 * stays up. An exception that nobody caught may have left anything half done in memory: the process logs it and ends
 * with code 1, so that whoever supervises it starts it again; the rows are the truth, and runs are taken up as after
 * a crash. Neither is ever silent.
 */
function onTheUnexpected(log: Log): void {
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an exception that nobody caught: the process ends, to be started again');
    process.exit(1);
  });
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
