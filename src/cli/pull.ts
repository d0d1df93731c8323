import { InvalidInput } from '../../pipeline/errors.ts';
import { bar, number } from '../../blocks/kit.ts';
import { runSentence } from '../../blocks/run-card.ts';
import { liveStatuses } from '../../pipeline/vocabulary.ts';
import { startWorks } from '../app.ts';
import { today } from '../clock.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { pause } from '../runs/context.ts';
import { doubtAbout, pullKey } from '../slack/commands/pull-leads.ts';
import { parseClientAndMonth } from '../slack/commands/words.ts';
import type { StoredRun } from '../store/runs.ts';

export type PullOptions = { dryRun?: boolean; refresh?: boolean; yes?: boolean; trigger: string };

/**
 * Starts a pull and works on it here, or watches the app that does: the rows are the same. Ends when the run is over or
 * waits for a person.
 */
export async function runPull(
  config: CliConfig,
  log: Log,
  words: readonly string[],
  options: PullOptions,
): Promise<void> {
  const works = await startWorks(config, log);
  try {
    const { store, clock, runner } = works;
    const day = today(clock);
    const parsed = parseClientAndMonth(words, await store.clients.all(), day);
    if (!parsed.ok) {
      const what =
        parsed.problem === 'client' ? `There is no client "${parsed.typed}".` : `"${parsed.typed}" is no month.`;
      throw new InvalidInput(what, { todo: 'For example: pull lakeside 2027-03. Nothing was started.' });
    }
    const { client, month } = parsed;
    if (month < day.slice(0, 7))
      throw new InvalidInput(`${month} is over: its policies have renewed.`, { todo: 'Nothing was started.' });
    const doubt = options.dryRun ? null : doubtAbout(month, day, options.refresh ?? false);
    if (doubt && !options.yes)
      throw new InvalidInput(doubt, { todo: 'Add --yes to do it anyway. Nothing was started.' });
    const { created, run } = await runner.start({
      workflow: 'pull-leads',
      client: client.slug,
      month,
      key: pullKey(client, month),
      trigger: options.trigger === 'scheduled' ? 'scheduled' : 'manual',
      requestedBy: null,
      channel: null,
      dryRun: options.dryRun ?? false,
      args: { refresh: options.refresh ?? false },
      askedAt: clock.now(),
    });
    console.log(
      created ? `Run ${run.id.slice(0, 8)} started.` : `Run ${run.id.slice(0, 8)} is live already; watching it.`,
    );
    const last = await watch(works.store, run);
    console.log(runSentence(last, client.name));
    if (last.status === 'failed') process.exitCode = 1;
  } finally {
    await works.stop();
  }
}

async function watch(store: Awaited<ReturnType<typeof startWorks>>['store'], run: StoredRun): Promise<StoredRun> {
  let said = '';
  for (;;) {
    const now = (await store.runs.get(run.id)) ?? run;
    const { phase, detail, done, of, unit } = now.progress;
    const line = phase
      ? `${phase}: ${detail ?? ''} ${of ? `${bar(done ?? 0, of)} ${number(done ?? 0)}/${number(of)} ${unit ?? ''}` : ''}`.trim()
      : '';
    if (line !== said && line !== '') console.error(line);
    said = line;
    if (now.status === 'waiting' || !liveStatuses.some((status) => status === now.status)) return now;
    await pause(1_000);
  }
}
