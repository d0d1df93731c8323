import type { Client, Month } from '../../pipeline/vocabulary.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { Refused } from '../operations/refused.ts';
import { Doubtful, startPull } from '../operations/start-pull.ts';
import type { Started } from '../operations/start-run.ts';
import { typedClientAndMonth, typedMonth, withForm } from '../operations/typed.ts';
import { shell } from '../operations/who.ts';
import type { Works } from '../wiring/works.ts';
import { said, triggerFrom, working } from './working.ts';

export type PullOptions = { dryRun?: boolean; refresh?: boolean; yes?: boolean; trigger: string };

const typedAs = {
  form: '`leadops pull <client> <month> [--dry-run] [--refresh] [--yes]`, for example `leadops pull lakeside 2027-03`',
  nothing: 'Nothing was started.',
};

/**
 * Starts pulls and works on them here. Ends when each is over or waits for a person.
 *
 * @param words client and month; `all` instead of a client is every active one, one after the other
 */
export async function runPull(
  config: CliConfig,
  log: Log,
  words: readonly string[],
  options: PullOptions,
): Promise<void> {
  await working(config, log, async function* (works) {
    for (const one of await wanted(works, words)) yield said(await pullOne(works, one, options));
  });
}

type Wanted = { readonly client: Client; readonly month: Month };

async function wanted(works: Works, words: readonly string[]): Promise<readonly Wanted[]> {
  const [first, ...rest] = words;
  if (first !== 'all') return [await typedClientAndMonth(works, words, typedAs)];
  const month = typedMonth(works, rest.join(' '), typedAs);
  return (await works.store.clients.all()).filter(({ active }) => active).map((client) => ({ client, month }));
}

async function pullOne(works: Works, { client, month }: Wanted, options: PullOptions): Promise<Started> {
  const { dryRun = false, refresh = false, yes: anyway = false } = options;
  const asked = { channel: null, dryRun, trigger: triggerFrom(options.trigger) };
  try {
    return await withForm(typedAs, () => startPull(works, shell(), { client, month, refresh, anyway, ...asked }));
  } catch (error) {
    if (error instanceof Doubtful) throw new Refused(error.reason, 'Add `--yes` to do it anyway.');
    throw error;
  }
}
