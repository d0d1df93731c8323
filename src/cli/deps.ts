import { followClock, machineClock } from '../clock.ts';
import { readCliConfig, type CliConfig } from '../config.ts';
import { makeLog } from '../log.ts';
import type { Deps } from '../operations/deps.ts';
import { openStore } from '../store/index.ts';
import { cardsOver } from '../wiring/cards.ts';
import { loadIntentConfig } from '../wiring/intent-config.ts';

/** What a verb has that does no work of its own: the rows. Runs are worked on by the app, which reads the same ones. */
export type CliDeps = Omit<Deps, 'config' | 'runner'> & {
  readonly config: CliConfig;
  readonly runner: Pick<Deps['runner'], 'cancel' | 'retry' | 'nudge'>;
};

/** Opens the database of the settings, does the job, and closes it again. */
export async function withDeps<T>(job: (deps: CliDeps) => Promise<T>): Promise<T> {
  const config = readCliConfig(process.env);
  const intentConfig = loadIntentConfig(config.INTENT_CONFIG);
  const following = config.CLOCK_URL ? await followClock(config.CLOCK_URL) : null;
  const clock = following ?? machineClock;
  const store = await openStore(config);
  try {
    const notifier = cardsOver({ store, clock, config, log: makeLog(config.LOG_LEVEL) });
    // Does nothing: the app is another process, and looks by itself every few seconds.
    const runner = {
      cancel: (id: string, who: string) => store.runs.cancel(id, who),
      retry: (id: string, who: string) => store.runs.retry(id, who),
      nudge: () => undefined,
    };
    return await job({ store, clock, config, intentConfig, notifier, runner });
  } finally {
    following?.stop();
    store.close();
  }
}
