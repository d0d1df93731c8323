import { bar, number } from '../../blocks/kit.ts';
import { runSentence } from '../../blocks/run-card.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { isLive, shortId } from '../../pipeline/run.ts';
import type { Trigger } from '../../pipeline/vocabulary.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { Started } from '../operations/start-run.ts';
import { sleep } from '../sleep.ts';
import type { StoredRun } from '../store/runs/row.ts';
import { slackFollows, startMessages } from '../wiring/messages.ts';
import { startWorks, type Works } from '../wiring/works.ts';
import { print } from './verb.ts';

/** Slack gets this long to follow, once the runs are over, milliseconds. */
const slackMs = 20_000;

/**
 * Starts runs and works on them here, or watches the app that does: the rows are the same. Says how each goes and how it ended;
 * the exit code is 1 where one failed.
 *
 * @param begin the runs, one after the other: each is over, or waits for a person, before the next is asked for
 * @param ending what is said of a run besides how it ended
 */
export async function working(
  config: CliConfig,
  log: Log,
  begin: (works: Works) => AsyncIterable<StoredRun>,
  ending: (works: Works, run: StoredRun) => Promise<readonly string[]> = () => Promise.resolve([]),
): Promise<void> {
  const late: { outbox?: ReturnType<typeof startMessages> } = {};
  const works = await startWorks(config, log, { nudge: () => late.outbox?.nudge() });
  // Without a token the app's outbox, which reads the same rows, does it.
  if (config.SLACK_BOT_TOKEN !== '') late.outbox = startMessages(works, config, log);
  try {
    for await (const run of begin(works)) {
      const last = await watch(works, run);
      const name = last.client === null ? null : ((await works.store.clients.get(last.client))?.name ?? last.client);
      print([runSentence(last, name), ...(await ending(works, last))]);
      if (last.status === 'failed') process.exitCode = 1;
      if (late.outbox) await slackFollows(works, last, slackMs);
    }
  } finally {
    await late.outbox?.stop();
    await works.stop();
  }
}

/** Says which run it is. */
export function said({ created, run }: Started): StoredRun {
  console.log(created ? `Run ${shortId(run.id)} started.` : `Run ${shortId(run.id)} is live already; watching it.`);
  return run;
}

/** @throws InvalidInput */
export function triggerFrom(typed: string): Trigger {
  if (typed === 'manual' || typed === 'scheduled') return typed;
  throw new InvalidInput(`"${typed}" is no trigger.`, {
    todo: 'Write --trigger manual or --trigger scheduled. Nothing was started.',
  });
}

/** Says on standard error how far a run is, until it is over or waits for a person. */
async function watch({ store }: Works, run: StoredRun): Promise<StoredRun> {
  let before = '';
  for (;;) {
    const now = (await store.runs.get(run.id)) ?? run;
    const { phase, detail, done, of, unit } = now.progress;
    const line = phase
      ? `${phase}: ${detail ?? ''} ${of ? `${bar(done ?? 0, of)} ${number(done ?? 0)}/${number(of)} ${unit ?? ''}` : ''}`.trim()
      : '';
    if (line !== before && line !== '') console.error(line);
    before = line;
    if (now.status === 'waiting' || !isLive(now)) return now;
    await sleep(1_000);
  }
}
