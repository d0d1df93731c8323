import iconv from 'iconv-lite';
import type { InPieces } from '../../pipeline/turns.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be' | 'windows-1252';

/** Byte order marks; the longer first, as UTF-32's begins like UTF-16's. */
const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-32be', [0x00, 0x00, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Bytes read at a time: some milliseconds' work. */
const part = 256 * 1_024;

/** The bytes in parts, in order. */
export function partsOf(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / part) }, (_, index) =>
    bytes.subarray(index * part, (index + 1) * part),
  );
}

/**
 * Bytes of a file as text, without its mark and without NUL and halves of characters, which no database holds. What is
 * neither marked, nor Unicode by its bytes, is windows-1252. The text comes in parts that end neither within a character
 * nor between a carriage return and its line feed.
 */
export function* decode(
  bytes: Uint8Array,
): InPieces<{ readonly texts: readonly string[]; readonly encoding: Encoding }> {
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
  const encoding = marked ?? (yield* guess(bytes));
  const decoder = iconv.getDecoder(encoding);
  const texts: string[] = [];
  let held = '';
  const take = (decoded: string, isLast: boolean) => {
    const bare = (held + decoded).replaceAll('\0', '');
    const whole = isLast ? bare : bare.replace(/[\ud800-\udbff\r]$/, '');
    held = bare.slice(whole.length);
    const text = texts.length === 0 ? whole.replace(/^\ufeff/, '') : whole;
    if (whole !== '') texts.push(text.toWellFormed());
  };
  for (const some of partsOf(bytes)) {
    take(decoder.write(Buffer.from(some.buffer, some.byteOffset, some.byteLength)), false);
    yield;
  }
  take(decoder.end() ?? '', true);
  return { texts, encoding };
}

/** Letters, digits and separators have zero bytes beside them in UTF-16 and UTF-32, and nowhere else. */
function* guess(bytes: Uint8Array): InPieces<Encoding> {
  const sample = bytes.subarray(0, 4_096);
  const zeros = [0, 0, 0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 4] = (zeros[at % 4] ?? 0) + 1;
  });
  const [first = 0, second = 0, third = 0, fourth = 0] = zeros;
  const most = sample.length / 4 / 2; // of each of the four places, more than half
  if (second > most && third > most && fourth > most) return 'utf-32le';
  if (first > most && second > most && third > most) return 'utf-32be';
  if (second > most && fourth > most) return 'utf-16le';
  if (first > most && third > most) return 'utf-16be';
  return (yield* looksLikeUtf8(bytes)) ? 'utf-8' : 'windows-1252';
}

/** One bad byte in a file full of good accents is damage, not another encoding. */
function* looksLikeUtf8(bytes: Uint8Array): InPieces<boolean> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    for (const some of partsOf(bytes)) {
      strict.decode(some, { stream: true });
      yield;
    }
    strict.decode();
    return true;
  } catch {
    const lenient = new TextDecoder('utf-8');
    let bad = 0;
    let good = 0;
    const count = (text: string) => {
      bad += text.split('\ufffd').length - 1;
      good += text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
    };
    for (const some of partsOf(bytes)) {
      count(lenient.decode(some, { stream: true }));
      yield;
    }
    count(lenient.decode());
    return good > bad;
  }
}
