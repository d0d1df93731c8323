import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Log } from '../log.ts';
import type { FileStore } from '../store/files.ts';
import type { Message, MessageStore } from '../store/messages.ts';
import { troubleOf } from './errors.ts';
import { findFile, postFile } from './files.ts';
import { whereIs } from './whereabouts.ts';

// Slack: about one message a second a channel, chat.update about 50 a minute (docs/vendors.md#slack-limits).
const betweenPostsMs = 1_000;
const betweenUpdatesMs = 1_200;
// Longer than any call may take with its time-out (10 s, a file three of them); renewed before each.
const claimSeconds = 60;
/** An answer that never came may have been a post that is still on its way: it is looked for no sooner than this. */
const unansweredMs = 2_000;
const lookEveryMs = 5 * 60_000;
/** After somebody clicked or typed, messages are looked for, except those that were seen within this time. */
const seenLatelySeconds = 15;
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
const eventType = 'leadops_message';

export type Outbox = {
  /** A message changed in this process: look now instead of at the next poll. */
  nudge(): void;
  /** Somebody did something with us: what they may look for should be there. */
  look(): void;
  stop(): Promise<void>;
};

/**
 * Brings Slack up to what `slack_messages` says should be there. Slack's outages and limits only delay a message; the
 * last state is always shown in the end, and a message whose post was never answered is looked for before it is posted
 * again.
 */
export function startOutbox(parts: {
  readonly messages: MessageStore;
  readonly files: Pick<FileStore, 'read'>;
  readonly slack: WebClient;
  readonly worker: string;
  /** Where a message goes whose channel is closed to us, best first. */
  readonly elsewhere: (message: Message) => Promise<readonly string[]>;
  /** Called for a message that is given up, so that whatever depends on it can say so. */
  readonly onGivenUp?: (message: Message) => Promise<void>;
  readonly log: Log;
  readonly pollMs: number;
  /** How often every message of a live run is looked for in Slack. */
  readonly lookMs?: number;
}): Outbox {
  const { messages, slack, worker, log } = parts;
  const nextPost = new Map<string, number>();
  const nextUpdate = new Map<number, number>();
  let stopping = false;
  let wanted = false;
  let lookWanted = false;
  let nextLook = Date.now() + (parts.lookMs ?? lookEveryMs);
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;

  async function round(): Promise<void> {
    if (lookWanted || Date.now() >= nextLook) await lookForLost();
    const due = await messages.claim(worker, 20, claimSeconds);
    await Promise.all(
      [...byChannel(due).values()].map(async (some) => {
        for (const message of some) await deliver(message);
      }),
    );
    if (due.length > 0) wanted = true;
  }

  async function deliver(message: Message): Promise<void> {
    const waitMs = (message.ts ? nextUpdate.get(message.id) : nextPost.get(message.channel)) ?? 0;
    if (waitMs > Date.now()) {
      await defer(message, new Date(waitMs));
      return;
    }
    if (message.ts === null && message.closedTo.includes(message.channel) && (await moveOn(message))) return;
    try {
      if (message.ts) await update(message, message.ts);
      else await post(message);
    } catch (error) {
      await handle(message, error);
    }
  }

  const defer = (message: Message, until: Date) =>
    messages.failed(message, {
      error: message.error ?? '',
      attempts: message.attempts,
      retryAt: until,
      givenUp: false,
      posting: message.posting,
    });

  async function update(message: Message, ts: string) {
    if (!(await messages.hold(message, claimSeconds, false))) return;
    await slack.chat.update({ channel: message.channel, ts, ...content(message) });
    nextUpdate.set(message.id, Date.now() + betweenUpdatesMs);
    await messages.shown(message, message.revision, ts, message.channel);
  }

  async function post(message: Message) {
    const before = message.posting ? await findPosted(message) : undefined;
    if (before) {
      // It was found. What it shows may be old, so it is updated in any case.
      await messages.shown(message, 0, before, message.channel);
      return;
    }
    if (!(await messages.hold(message, claimSeconds, true))) return;
    if (message.file) return postFileOf(message, message.file);
    const answer = await slack.chat.postMessage({
      channel: message.channel,
      ...(message.underTs && { thread_ts: message.underTs }),
      ...content(message),
      unfurl_links: false,
      unfurl_media: false,
    });
    nextPost.set(message.channel, Date.now() + betweenPostsMs);
    nextUpdate.set(message.id, Date.now() + betweenUpdatesMs);
    await messages.shown(message, message.revision, answer.ts ?? '', answer.channel ?? message.channel);
  }

  async function postFileOf(message: Message, file: NonNullable<Message['file']>) {
    const kept = await parts.files.read(file.key);
    if (!kept) {
      const gone = { error: 'it is no longer in storage', attempts: message.attempts, retryAt: new Date() };
      await messages.failed(message, { ...gone, givenUp: true, posting: false });
      await parts.onGivenUp?.(message);
      return;
    }
    const place = { ...(await threadOf(message)), name: file.name };
    const id = await postFile(slack, place, message.text, kept.bytes);
    await messages.shown(message, message.revision, id, place.channel);
  }

  /** Where the message it hangs under really is: asked for by a name or a person, Slack answers with a channel's id. */
  async function threadOf(message: Message) {
    const above = message.under === null ? null : await messages.find(message.runId, message.under);
    return { channel: above?.channel ?? message.channel, threadTs: message.underTs };
  }

  /** The `ts` of a message of ours that is in the channel although its answer never reached us. */
  async function findPosted(message: Message): Promise<string | undefined> {
    try {
      if (message.file) return await findFile(slack, { ...(await threadOf(message)), name: message.file.name });
      const page = message.underTs
        ? await slack.conversations.replies({
            channel: message.channel,
            ts: message.underTs,
            limit: 200,
            include_all_metadata: true,
          })
        : await slack.conversations.history({ channel: message.channel, limit: 200, include_all_metadata: true });
      return (page.messages ?? []).find((posted) => isOurs(posted, message))?.ts;
    } catch (error) {
      const trouble = troubleOf(error);
      // Where the channel cannot be read, the message is posted again: a duplicate is better than a run that nobody
      // sees.
      if (trouble.kind === 'refused') return undefined;
      throw error;
    }
  }

  async function handle(message: Message, error: unknown) {
    const trouble = troubleOf(error);
    const attempts = message.attempts + 1;
    const where = { message: message.id, purpose: message.purpose, run: message.runId };
    if (trouble.kind === 'refused' && message.ts !== null && goneFromSlack.includes(trouble.code)) {
      log.warn({ ...where, code: trouble.code }, 'the message is gone from Slack; posting it anew');
      await messages.lost(message);
      return;
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
        (await join(message.channel));
      if (!joined && (await moveOn(message))) return;
    }
    if (trouble.kind === 'refused' && /blocks|too_long/.test(trouble.code) && message.blocks.length > 0) {
      log.error({ ...where, reason: trouble.message }, 'Slack refused the blocks; the plain text goes instead');
      await deliver({ ...message, blocks: [] });
      return;
    }
    const waitMs =
      trouble.kind === 'rate limited'
        ? trouble.retryAfterMs
        : Math.max(
            trouble.kind === 'away' && message.ts === null ? unansweredMs : 0,
            Math.min(trouble.kind === 'away' ? longestWaitAwayMs : longestWaitMs, 500 * 2 ** Math.min(attempts, 10)),
          );
    log.warn({ ...where, trouble, attempts }, 'Slack did not take the message; trying again later');
    // An outage ends by itself, a refusal because of the channel does not. After an hour of refusals nobody waits for
    // it any more. A file is waited for by a run, and some Slacks have no uploads at all.
    const givenUp = trouble.kind === 'refused' && attempts > (message.file ? 2 : 20);
    await messages.failed(message, {
      error: trouble.kind === 'rate limited' ? 'ratelimited' : trouble.message,
      attempts,
      retryAt: new Date(Date.now() + waitMs),
      givenUp,
      // Refused and rate limited mean that it surely was not posted.
      posting: message.ts === null && trouble.kind === 'away',
    });
    if (givenUp) await parts.onGivenUp?.(message);
  }

  const join = (channel: string) =>
    slack.conversations.join({ channel }).then(
      () => true,
      () => false,
    );

  /** To the next place that is not known to be closed to us; false where there is none. */
  async function moveOn(message: Message): Promise<boolean> {
    const closed = [...message.closedTo, message.channel];
    const next = (await parts.elsewhere(message)).find((place) => !closed.includes(place));
    if (next === undefined) return false;
    log.warn({ message: message.id, run: message.runId }, 'the channel is closed to us; the message goes elsewhere');
    await messages.reroute(message, next);
    return true;
  }

  /**
   * Slack does not tell us when somebody deletes a message, so the messages of live runs are looked for. What is gone
   * is posted anew by this very round.
   */
  async function lookForLost(): Promise<void> {
    const unseenSeconds = lookWanted ? Math.min(seenLatelySeconds, nextLookSeconds()) : nextLookSeconds();
    lookWanted = false;
    nextLook = Date.now() + (parts.lookMs ?? lookEveryMs);
    for (const message of await messages.toLookAt(unseenSeconds, 20)) {
      try {
        const found = await whereIs(slack, message.channel, message.ts ?? '');
        if (found === 'there') continue;
        log.warn({ message: message.id, run: message.runId, found }, 'a message is gone from Slack; posting it anew');
        await messages.gone(message, found === 'closed');
      } catch (error) {
        const { kind } = troubleOf(error);
        log.debug({ trouble: kind, message: message.id }, 'a message could not be looked for; the next look comes');
        // A channel that cannot be read says nothing about the others, so the look goes on.
        if (kind !== 'refused') return;
      }
    }
  }

  const nextLookSeconds = () => Math.floor((parts.lookMs ?? lookEveryMs) / 1_000);

  function schedule(waitMs: number) {
    if (stopping || timer || working) return;
    timer = setTimeout(() => {
      timer = undefined;
      wanted = false;
      working = round()
        .catch((error: unknown) => log.warn({ err: error }, 'the outbox could not look; it will again'))
        .finally(() => {
          working = undefined;
          schedule(wanted ? 200 : parts.pollMs);
        });
    }, waitMs);
  }
  schedule(0);

  return {
    nudge() {
      wanted = true;
      if (working) return;
      clearTimeout(timer);
      timer = undefined;
      schedule(0);
    },
    look() {
      lookWanted = true;
      this.nudge();
    },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await working;
    },
  };
}

/** The message as Slack takes it. Its identity travels twice: as metadata, and as the first block's id. */
function content(message: Message) {
  // Built by our own blocks/ and kept as JSON in between.
  const [first, ...rest] = message.blocks as KnownBlock[];
  return {
    text: message.text,
    ...(first && { blocks: [{ ...first, block_id: blockId(message) }, ...rest] }),
    metadata: {
      event_type: eventType,
      event_payload: { run_id: message.runId ?? '', purpose: message.purpose },
    },
  };
}

const blockId = (message: Message) => `leadops-${message.id}`;

const Posted = z.object({
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
    .optional()
    .catch(undefined),
  blocks: z
    .array(z.object({ block_id: z.string().optional() }))
    .optional()
    .catch(undefined),
});

function isOurs(posted: unknown, message: Message): boolean {
  const { metadata, blocks } = Posted.parse(posted);
  if (blocks?.[0]?.block_id === blockId(message)) return true;
  return (
    metadata?.event_type === eventType &&
    metadata.event_payload.run_id === message.runId &&
    metadata.event_payload.purpose === message.purpose
  );
}

function byChannel(due: readonly Message[]): Map<string, Message[]> {
  const groups = new Map<string, Message[]>();
  for (const message of due) groups.set(message.channel, [...(groups.get(message.channel) ?? []), message]);
  return groups;
}
