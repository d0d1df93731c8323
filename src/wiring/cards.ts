import type { Clock } from '../clock.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { makeNotifier, type Notifier } from '../slack/notifier.ts';
import type { Store } from '../store/index.ts';

/** Where what belongs to no client is shown: client success, else the first admin; null where there is neither. */
export function successPlace(config: Pick<CliConfig, 'SUCCESS_CHANNEL' | 'LEADOPS_ADMINS'>): string | null {
  return config.SUCCESS_CHANNEL ?? config.LEADOPS_ADMINS[0] ?? null;
}

/** What shows runs to people: rows that the outbox of a process with a Slack token brings Slack up to. */
export function cardsOver(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: Pick<CliConfig, 'SUCCESS_CHANNEL' | 'LEADOPS_ADMINS' | 'INTENT_CHANNEL'>;
  /** A message is wanted: look now. */
  readonly nudge?: () => void;
}): Notifier {
  const { store, clock, log, config, nudge = () => undefined } = parts;
  const success = successPlace(config);
  return makeNotifier({
    store,
    clock,
    log,
    admin: config.LEADOPS_ADMINS[0] ?? null,
    channels: { 'client success': success, intent: config.INTENT_CHANNEL ?? success },
    nudge,
  });
}
