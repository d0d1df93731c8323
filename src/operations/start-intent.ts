import type { IntentConfig } from '../../pipeline/intent/config.ts';
import { kinds } from '../../pipeline/kinds.ts';
import type { Day, Trigger } from '../../pipeline/vocabulary.ts';
import type { Clock } from '../clock.ts';
import type { Runner } from '../runs/runner.ts';
import type { NewRun } from '../store/runs/row.ts';

export type IntentRequest = {
  readonly trigger: Trigger;
  readonly user: string | null;
  /** Where its card goes; null: INTENT_CHANNEL, or whatever stands in for it. */
  readonly channel: string | null;
  readonly dryRun: boolean;
  readonly noEmail: boolean;
  /** The day of the calendar it is started for. */
  readonly due?: Day;
};

function intentRun(request: IntentRequest, config: IntentConfig, now: Date): NewRun<'intent'> {
  return {
    workflow: 'intent',
    client: null,
    month: null,
    key: kinds.intent.key({ dryRun: request.dryRun }),
    trigger: request.trigger,
    requestedBy: request.user,
    channel: request.channel,
    dryRun: request.dryRun,
    args: { noEmail: request.noEmail, ...(request.due && { due: request.due }) },
    config,
    askedAt: now,
  };
}

/** Starts a poll or a preview, or answers the live one. */
export function startIntent(
  parts: { readonly runner: Pick<Runner, 'start'>; readonly clock: Clock; readonly intentConfig: IntentConfig },
  request: IntentRequest,
) {
  return parts.runner.start(intentRun(request, parts.intentConfig, parts.clock.now()));
}
