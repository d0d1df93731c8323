import { unzipSync } from 'fflate';

/** Stands in every name, street and e-mail of the journey's people. */
export const mark = 'zqcanary';

/** What must be nowhere: its kind, and how it looks. */
export type Canary = { readonly kind: string; readonly looks: RegExp };

/** A thing that was looked through: what it is called, and its bytes. */
export type Thing = { readonly name: string; readonly bytes: Buffer };

/** A kind of place: how many things were looked through there, how much it was, and what was found. */
export type Looked = {
  readonly place: string;
  readonly things: number;
  readonly bytes: number;
  readonly found: string[];
};

/** The people, by the word in all of them and by what bears no word: numbers and days. */
export const people: readonly Canary[] = [
  { kind: 'person', looks: new RegExp([mark, ...encoded(mark)].join('|'), 'i') },
  { kind: 'phone', looks: /(?<![\d.])(?:\+?1[ .-]?)?\(?(?:214|469|512|713|817|940|972)\)?[ .-]?555[ .-]?01\d\d(?!\d)/ },
  // Purchases are of 1985 or later.
  { kind: 'day of birth', looks: /(?<!\d)(?:0\d|1[0-2])\/[0-2]\d\/19[3-7]\d(?!\d)/ },
];

export function secret(kind: string, value: string): Canary {
  const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  const alone = /^\d+$/.test(value) ? `(?<!\\d)${value}(?!\\d)` : literal(value);
  return { kind, looks: new RegExp([alone, ...encoded(value).map(literal)].join('|')) };
}

/** Base64 of the inside of a word, wherever in the bytes it begins; a short one would be found in anything. */
function encoded(word: string): readonly string[] {
  if (word.length < 8) return [];
  return [0, 1, 2].map((before) => {
    const whole = Buffer.from(`${'x'.repeat(before)}${word}`)
      .toString('base64')
      .replace(/=+$/, '');
    return whole.slice(before === 0 ? 0 : 4, whole.length - 2);
  });
}

/** Looks through things, and into archives among them. */
export function search(place: string, things: Iterable<Thing>, canaries: readonly Canary[]): Looked {
  const found: string[] = [];
  let [count, bytes] = [0, 0];
  for (const thing of opened(things)) {
    count += 1;
    bytes += thing.bytes.length;
    const text = thing.bytes.toString('latin1');
    for (const { kind, looks } of canaries) {
      const hit = looks.exec(text);
      if (!hit) continue;
      const around = text.slice(Math.max(0, hit.index - 60), hit.index + 60).replaceAll(/\s+/g, ' ');
      found.push(`${kind} in ${thing.name}: …${around}…`);
    }
  }
  return { place, things: count, bytes, found };
}

function* opened(things: Iterable<Thing>): Generator<Thing> {
  for (const thing of things) {
    yield thing;
    if (!thing.bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) continue;
    for (const [name, bytes] of Object.entries(unzipSync(thing.bytes))) {
      yield { name: `${thing.name}!${name}`, bytes: Buffer.from(bytes) };
    }
  }
}
