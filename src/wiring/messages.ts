import { section } from '../../blocks/kit.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { sleep } from '../sleep.ts';
import { makeHolder } from '../runs/holder.ts';
import { makeSlackClient, type SlackConfig } from '../slack/app.ts';
import { startOutbox, type Outbox } from '../slack/outbox/index.ts';
import { purposes } from '../slack/purposes.ts';
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

/** Waits until Slack shows a run's card and file as they are, or could not be brought to; `atMostMs` at the most. */
export async function slackFollows(
  { store, notifier }: Pick<Works, 'store' | 'notifier'>,
  run: StoredRun,
  atMostMs: number,
): Promise<void> {
  // The process that ended the run writes its last messages a moment after its row; they must exist before Slack can be
  // waited for.
  await notifier.card(run);
  for (const deadline = Date.now() + atMostMs; Date.now() < deadline; await sleep(500)) {
    const messages = await Promise.all([purposes.card, purposes.file].map((one) => store.messages.find(run.id, one)));
    if (messages.every((message) => !message || message.givenUp || message.shownRevision === message.revision)) return;
  }
}

/** Tells the first admin what concerns the machine and no run. */
export async function tellAdmin(
  { store }: { readonly store: Pick<Store, 'messages'> },
  { LEADOPS_ADMINS: [admin] }: Pick<CliConfig, 'LEADOPS_ADMINS'>,
  { purpose, text }: { readonly purpose: string; readonly text: string },
): Promise<void> {
  if (admin) await store.messages.want({ runId: null, purpose, channel: admin, text, blocks: [section(text)] });
}
