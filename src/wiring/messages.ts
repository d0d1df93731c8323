import { section } from '../../blocks/kit.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { sleep } from '../sleep.ts';
import { makeHolder } from '../runs/holder.ts';
import { makeSlackClient, type SlackConfig } from '../slack/app.ts';
import { startOutbox, type Outbox } from '../slack/outbox/index.ts';
import type { Store } from '../store/index.ts';
import type { StoredRun } from '../store/runs/row.ts';
import type { Works } from './works.ts';

/** Brings Slack up to what the rows say. The app's, and the command line's where it has a token. */
export function startMessages(
  { store, notifier }: Pick<Works, 'store' | 'notifier'>,
  config: SlackConfig & Pick<CliConfig, 'LEADOPS_ADMINS'>,
  log: Log,
): Outbox {
  return startOutbox({
    messages: store.messages,
    files: store.files,
    // One try for each call: the outbox itself waits out limits and outages.
    slack: makeSlackClient(config, log, { rejectRateLimitedCalls: true, retryConfig: { retries: 0 } }),
    worker: makeHolder(),
    elsewhere: async ({ runId }) => {
      const run = runId ? await store.runs.get(runId) : null;
      return run ? notifier.places(run) : config.LEADOPS_ADMINS.slice(0, 1);
    },
    onGivenUp: async ({ runId, file }) => {
      const run = runId && file ? await store.runs.get(runId) : null;
      if (run) await notifier.card(run);
    },
    log,
    pollMs: 2_000,
  });
}

/**
 * Waits until Slack shows every message of a run and of those it started as they are, or could not be brought to;
 * `atMostMs` at the most, and as much again for every ten runs.
 */
export async function slackFollows(
  { store, notifier }: Pick<Works, 'store' | 'notifier'>,
  run: StoredRun,
  atMostMs: number,
): Promise<void> {
  const children = await store.runs.ofParent(run.id);
  // The process that ended a run writes its last messages a moment after its row; they must exist before Slack can be
  // waited for.
  for (const one of [...children, run]) await notifier.card(one);
  const ids = [...children, run].map(({ id }) => id);
  const deadline = Date.now() + atMostMs * (1 + children.length / 10);
  while (Date.now() < deadline && (await store.messages.unshown(ids)) > 0) await sleep(500);
}

/** Tells the first admin what concerns the machine and no run. */
export async function tellAdmin(
  { store }: { readonly store: Pick<Store, 'messages'> },
  { LEADOPS_ADMINS: [admin] }: Pick<CliConfig, 'LEADOPS_ADMINS'>,
  { purpose, text }: { readonly purpose: string; readonly text: string },
): Promise<void> {
  if (admin) await store.messages.want({ runId: null, purpose, channel: admin, text, blocks: [section(text)] });
}
