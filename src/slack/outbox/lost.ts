import { troubleOf } from '../errors.ts';
import { whereIs } from '../whereabouts.ts';
import type { OutboxParts } from './parts.ts';

const lookEveryMs = 5 * 60_000;
/** After somebody clicked or typed, messages are looked for, except those that were seen within this time. */
const seenLatelySeconds = 15;

/** Slack does not tell us when somebody deletes a message, so the messages of live runs are looked for. */
export function makeLostSearch(parts: OutboxParts) {
  const { messages, slack, log } = parts;
  const everyMs = parts.lookMs ?? lookEveryMs;
  const unseenSeconds = Math.floor(everyMs / 1_000);
  let wanted = false;
  let next = Date.now() + everyMs;
  return {
    /** Somebody did something with us: what they may look for should be there. */
    want() {
      wanted = true;
    },

    /** Looks if it is time, or wanted. What is gone is posted anew by this very round. */
    async look(): Promise<void> {
      if (!wanted && Date.now() < next) return;
      const seconds = wanted ? Math.min(seenLatelySeconds, unseenSeconds) : unseenSeconds;
      wanted = false;
      next = Date.now() + everyMs;
      for (const message of await messages.toLookAt(seconds, 20)) {
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
    },
  };
}
