import { InvalidInput } from '../../pipeline/errors.ts';
import { bar, number } from '../../blocks/kit.ts';
import { runSentence } from '../../blocks/run-card.ts';
import { kinds } from '../../pipeline/kinds.ts';
import { parseMonth } from '../../pipeline/month.ts';
import { isLive } from '../../pipeline/run.ts';
import type { Client, Month } from '../../pipeline/vocabulary.ts';
import { startWorks, type Works } from '../wiring/app.ts';
import { today } from '../clock.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { pause } from '../pause.ts';
import { noteStarted } from './audit.ts';
import { doubtAbout } from '../slack/commands/pull-leads.ts';
import { parseClientAndMonth } from '../../pipeline/command-words.ts';
import type { StoredRun } from '../store/runs/row.ts';

export type PullOptions = { dryRun?: boolean; refresh?: boolean; yes?: boolean; trigger: string };

/**
 * Starts pulls and works on them here, or watches the app that does: the rows are the same. Ends when each is over or
 * waits for a person.
 *
 * @param words client and month; `all` instead of a client is every active one, one after the other
 */
export async function runPull(
  config: CliConfig,
  log: Log,
  words: readonly string[],
  options: PullOptions,
): Promise<void> {
  const works = await startWorks(config, log);
  try {
    for (const { client, month } of await wanted(works, words)) {
      const last = await pullOne(works, client, month, options);
      console.log(runSentence(last, client.name));
      if (last.status === 'failed') process.exitCode = 1;
    }
  } finally {
    await works.stop();
  }
}

async function wanted(
  { store, clock }: Works,
  words: readonly string[],
): Promise<readonly { readonly client: Client; readonly month: Month }[]> {
  const clients = await store.clients.all();
  const day = today(clock);
  if (words[0] === 'all') {
    const month = parseMonth(words.slice(1).join(' '), day);
    if (!month) throw noMonth(words.slice(1).join(' '));
    return clients.filter((client) => client.active).map((client) => ({ client, month }));
  }
  const parsed = parseClientAndMonth(words, clients, day);
  if (parsed.ok) return [parsed];
  throw parsed.problem === 'client'
    ? new InvalidInput(`There is no client "${parsed.typed}".`, {
        todo: 'For example: pull lakeside 2027-03. Nothing was started.',
      })
    : noMonth(parsed.typed);
}

function noMonth(typed: string): InvalidInput {
  return new InvalidInput(`"${typed}" is no month.`, {
    todo: 'For example: pull lakeside 2027-03. Nothing was started.',
  });
}

async function pullOne(works: Works, client: Client, month: Month, options: PullOptions): Promise<StoredRun> {
  const { store, clock, runner } = works;
  const day = today(clock);
  if (month < day.slice(0, 7)) {
    throw new InvalidInput(`${month} is over: its policies have renewed.`, { todo: 'Nothing was started.' });
  }
  const doubt = options.dryRun ? null : doubtAbout(month, day, options.refresh ?? false);
  if (doubt && !options.yes) {
    throw new InvalidInput(doubt, { todo: 'Add --yes to do it anyway. Nothing was started.' });
  }
  const { created, run } = await runner.start({
    workflow: 'pull-leads',
    client: client.slug,
    month,
    key: kinds['pull-leads'].key({ client: client.slug, month }),
    trigger: options.trigger === 'scheduled' ? 'scheduled' : 'manual',
    requestedBy: null,
    channel: null,
    dryRun: options.dryRun ?? false,
    args: { refresh: options.refresh ?? false },
    askedAt: clock.now(),
  });
  await noteStarted(store, 'pull', { created, run });
  const id = run.id.slice(0, 8);
  console.log(
    created ? `Run ${id} for ${client.slug} started.` : `Run ${id} for ${client.slug} is live already; watching it.`,
  );
  return watch(store, run);
}

/** Says on standard error how far a run is, until it is over or waits for a person. */
export async function watch(store: Works['store'], run: StoredRun): Promise<StoredRun> {
  let said = '';
  for (;;) {
    const now = (await store.runs.get(run.id)) ?? run;
    const { phase, detail, done, of, unit } = now.progress;
    const line = phase
      ? `${phase}: ${detail ?? ''} ${of ? `${bar(done ?? 0, of)} ${number(done ?? 0)}/${number(of)} ${unit ?? ''}` : ''}`.trim()
      : '';
    if (line !== said && line !== '') console.error(line);
    said = line;
    if (now.status === 'waiting' || !isLive(now)) return now;
    await pause(1_000);
  }
}
