import emoji from 'emoji-datasource/emoji.json' with { type: 'json' };

/** Of a character in the data, what is used here; the page's bundle keeps nothing else of it (`../serve.ts`). */
type Entry = { readonly unified: string; readonly short_names: readonly string[] };

const entries: readonly Entry[] = emoji;

/** Slack's shortcodes: it takes them from this very data. An unknown one is shown as it was written. */
export const emojiNames: ReadonlyMap<string, string> = new Map(
  entries.flatMap(({ unified, short_names }) => {
    const character = String.fromCodePoint(...unified.split('-').map((point) => Number.parseInt(point, 16)));
    return short_names.map((name) => [name, character] as const);
  }),
);
