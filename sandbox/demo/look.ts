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

/** The values of the message's buttons of one action, in order. */
export function valuesOf(message: { readonly blocks: readonly unknown[] }, actionId: string): string[] {
  const walk = (value: unknown): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    const own =
      'action_id' in value && value.action_id === actionId && 'value' in value && typeof value.value === 'string'
        ? [value.value]
        : [];
    return [...own, ...Object.values(value).flatMap(walk)];
  };
  return message.blocks.flatMap(walk);
}
