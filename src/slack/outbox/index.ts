import type { Message } from '../../store/messages.ts';
import { claimSeconds, deliver, type Pace } from './deliver.ts';
import { makeLostSearch } from './lost.ts';
import type { OutboxParts } from './parts.ts';

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
export function startOutbox(parts: OutboxParts): Outbox {
  const { messages, worker, log } = parts;
  const pace: Pace = { nextPost: new Map(), nextUpdate: new Map() };
  const lost = makeLostSearch(parts);
  let stopping = false;
  let wanted = false;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;

  async function round(): Promise<void> {
    await lost.look();
    const due = await messages.claim(worker, 20, claimSeconds);
    await Promise.all(
      [...byChannel(due).values()].map(async (some) => {
        for (const message of some) await deliver(parts, pace, message);
      }),
    );
    if (due.length > 0) wanted = true;
  }

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
      lost.want();
      this.nudge();
    },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await working;
    },
  };
}

function byChannel(due: readonly Message[]): Map<string, Message[]> {
  const groups = new Map<string, Message[]>();
  for (const message of due) groups.set(message.channel, [...(groups.get(message.channel) ?? []), message]);
  return groups;
}
