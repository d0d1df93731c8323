import type { WebClient } from '@slack/web-api';
import type { Message } from '../../store/messages.ts';
import { troubleOf, type SlackTrouble } from '../errors.ts';
import type { OutboxParts } from './parts.ts';

/** An answer that never came may have been a post that is still on its way: it is looked for no sooner than this. */
const unansweredMs = 2_000;
const longestWaitMs = 5 * 60_000;
/** Nothing tells us that an outage is over, so what waits is tried again at least this often. */
const longestWaitAwayMs = 5_000;
/** The bot is not in the channel, the channel is private or gone: the command was typed where we cannot post. */
const isClosed = (code: string) =>
  /^(not_in_channel|channel_not_found|is_archived|is_inactive|restricted_action\w*|team_access_not_granted|no_permission|messages_tab_disabled|user_not_found|user_disabled|cannot_dm_bot)$/.test(
    code,
  );
/** Where a workspace closes messages to changes after a while, what is to be shown needs a new one. */
const goneFromSlack = ['message_not_found', 'cant_update_message', 'edit_window_closed', 'thread_not_found'];

/**
 * Writes down what becomes of a message that Slack did not take. `plain`: its blocks were refused, and nothing was written:
 * the plain text should go instead.
 */
export async function settleTrouble(
  parts: OutboxParts,
  message: Message,
  error: unknown,
): Promise<'plain' | undefined> {
  const { messages, slack, log } = parts;
  const trouble = troubleOf(error);
  const attempts = message.attempts + 1;
  const where = { message: message.id, purpose: message.purpose, run: message.runId };
  if (trouble.kind === 'refused' && message.ts !== null && goneFromSlack.includes(trouble.code)) {
    log.warn({ ...where, code: trouble.code }, 'the message is gone from Slack; posting it anew');
    await messages.lost(message);
    return undefined;
  }
  const above = message.under === null ? null : await messages.find(message.runId, message.under);
  if (trouble.kind === 'refused' && above && (goneFromSlack.includes(trouble.code) || isClosed(trouble.code))) {
    // A reply is posted where the message above it is: that one comes first.
    log.warn({ ...where, code: trouble.code }, 'the message above is gone from Slack; posting it anew');
    await messages.gone(above, isClosed(trouble.code));
  } else if (trouble.kind === 'refused' && isClosed(trouble.code)) {
    // A channel we were removed from is not joined again; one we were never in may be public.
    const joined =
      trouble.code === 'not_in_channel' &&
      message.ts === null &&
      !message.closedTo.includes(message.channel) &&
      (await join(slack, message.channel));
    if (!joined && (await moveOn(parts, message))) return undefined;
  }
  if (trouble.kind === 'refused' && /blocks|too_long/.test(trouble.code) && message.blocks.length > 0) {
    log.error({ ...where, reason: trouble.message }, 'Slack refused the blocks; the plain text goes instead');
    return 'plain';
  }
  log.warn({ ...where, trouble, attempts }, 'Slack did not take the message; trying again later');
  // An outage ends by itself, a refusal because of the channel does not. After an hour of refusals nobody waits for
  // it any more. A file is waited for by a run, and some Slacks have no uploads at all.
  const givenUp = trouble.kind === 'refused' && attempts > (message.file ? 2 : 20);
  await messages.failed(message, {
    error: trouble.kind === 'rate limited' ? 'ratelimited' : trouble.message,
    attempts,
    retryAt: new Date(Date.now() + waitOf(trouble, message, attempts)),
    givenUp,
    // Refused and rate limited mean that it surely was not posted.
    posting: message.ts === null && trouble.kind === 'away',
  });
  if (givenUp) await parts.onGivenUp?.(message);
  return undefined;
}

/** Milliseconds until it is tried again. */
function waitOf(trouble: SlackTrouble, message: Message, attempts: number): number {
  if (trouble.kind === 'rate limited') return trouble.retryAfterMs;
  const growing = Math.min(
    trouble.kind === 'away' ? longestWaitAwayMs : longestWaitMs,
    500 * 2 ** Math.min(attempts, 10),
  );
  return Math.max(trouble.kind === 'away' && message.ts === null ? unansweredMs : 0, growing);
}

const join = (slack: WebClient, channel: string) =>
  slack.conversations.join({ channel }).then(
    () => true,
    () => false,
  );

/** To the next place that is not known to be closed to us; false where there is none. */
export async function moveOn({ messages, log, ...parts }: OutboxParts, message: Message): Promise<boolean> {
  const closed = [...message.closedTo, message.channel];
  const next = (await parts.elsewhere(message)).find((place) => !closed.includes(place));
  if (next === undefined) return false;
  log.warn({ message: message.id, run: message.runId }, 'the channel is closed to us; the message goes elsewhere');
  await messages.reroute(message, next);
  return true;
}
