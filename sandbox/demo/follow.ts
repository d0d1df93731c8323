import type { Person, SeenMessage } from '../slack/client.ts';
import { newest, words } from './look.ts';
import type { Terminal } from './terminal.ts';

/** No step of a story takes longer; where it does, something is stuck and the demo says so. */
export const patience = 20 * 60_000;

/** Plain words of a message, as a terminal shows them. */
export function line(message: SeenMessage): string {
  return (words(message).split('\n')[0] ?? '')
    .replaceAll(/<@(\w+)>/g, '@$1')
    .replaceAll(/<!date[^|>]*\|([^>]+)>/g, '$1')
    .replaceAll(/<[^|>]+\|([^>]+)>/g, '$1')
    .replaceAll(/[*`]/g, '');
}

/** Where a card says its run is, with the bar if it has one. */
export function barOf(message: SeenMessage): string {
  const all = words(message).split('\n');
  const phase = all.find((text) => text.startsWith('▶️'))?.replaceAll('*', '') ?? line(message);
  const drawn = all.find((text) => /^[█░]+ \d+ %/.test(text)) ?? '';
  return `${phase} ${drawn.replaceAll('*', '')}`.trim();
}

/**
 * Follows a run's card until some message says what `until` waits for.
 * @param card the words of the card
 * @throws where the card says that the run failed or waits for a person
 */
export function makeFollower(terminal: Terminal) {
  return (person: Person, channel: string, card: RegExp, until: RegExp): Promise<SeenMessage> =>
    person.waitFor(
      String(until),
      async () => {
        const now = (await person.messages(channel)).findLast(
          (message) => message.isApp && !message.ephemeral && card.test(words(message)),
        );
        if (now) terminal.progress(barOf(now));
        if (now && /failed:|needs a person/.test(words(now))) throw new Error(line(now));
        return newest(person, channel, until);
      },
      patience,
    );
}
