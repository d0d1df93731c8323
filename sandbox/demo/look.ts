import type { Person, SeenMessage } from '../slack/client.ts';

/** What a person reads in a message: its text, and every text of its blocks. */
export function words(message: { readonly text: string; readonly blocks: readonly unknown[] }): string {
  return [message.text, ...texts(message.blocks)].join('\n');
}

function texts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : texts(inner),
  );
}

/** The newest message of a channel whose words match. */
export async function newest(person: Person, channel: string, pattern: RegExp): Promise<SeenMessage | undefined> {
  return (await person.messages(channel)).findLast((message) => pattern.test(words(message)));
}

/** Whether a button with these words is on the message. */
export function offers(message: SeenMessage, label: RegExp): boolean {
  return texts(message.blocks).some((text) => label.test(text));
}
