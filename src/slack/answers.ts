import { section, type Message } from '../../blocks/kit.ts';
import type { SlackDeps } from './deps.ts';
import { troubleOf } from './errors.ts';

/** Where a private answer may go. */
export type Asker = {
  readonly user: string;
  readonly channel: string | null;
  /** Slack's response URL: usable up to five times within 30 minutes. */
  readonly responseUrl: string | null;
};

export type Tell = (message: string | Message) => Promise<void>;

/** Posts to a response URL. @throws Error where Slack does not take it */
export async function respond(url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  // Slack answers 404 for one that is used up or too old.
  if (!answer.ok) throw new Error(`the response URL answers ${answer.status}`);
}

/**
 * A private answer: the response URL, else an ephemeral message, else a direct one; where Slack is away the outbox sends
 * it when it is back. Never throws.
 *
 * @param id names the answer, so that it is kept once
 */
export function teller(deps: SlackDeps, to: Asker, id: string): Tell {
  return async (message) => {
    const { text, blocks } = typeof message === 'string' ? { text: message, blocks: [section(message)] } : message;
    const { user, channel, responseUrl } = to;
    const ways: (() => Promise<unknown>)[] = [
      ...(responseUrl === null
        ? []
        : [() => respond(responseUrl, { response_type: 'ephemeral', replace_original: false, text, blocks })]),
      ...(channel === null ? [] : [() => deps.slack.chat.postEphemeral({ channel, user, text, blocks })]),
      () => deps.slack.chat.postMessage({ channel: user, text, blocks }),
    ];
    for (const way of ways) {
      try {
        await way();
        return;
      } catch (error) {
        deps.log.debug({ trouble: troubleOf(error).kind }, 'a private answer took the next way');
      }
    }
    try {
      await deps.store.messages.want({ runId: null, purpose: `answer: ${id}`, channel: user, text, blocks });
    } catch {
      deps.log.warn({ user }, 'a private answer could not be delivered');
    }
  };
}
