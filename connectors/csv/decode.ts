import iconv from 'iconv-lite';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be' | 'windows-1252';

/** Byte order marks; the longer first, as UTF-32's begins like UTF-16's. */
const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-32be', [0x00, 0x00, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Bytes of a file as text, without its mark and without NUL and halves of characters, which no database holds. What is neither marked, nor Unicode by its bytes, is windows-1252. */
export function decode(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  const encoding = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0] ?? guess(bytes);
  const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding);
  return {
    text: text
      .replace(/^\ufeff/, '')
      .replaceAll('\0', '')
      .toWellFormed(),
    encoding,
  };
}

/** Letters, digits and separators have zero bytes beside them in UTF-16 and UTF-32, and nowhere else. */
function guess(bytes: Uint8Array): Encoding {
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
  return looksLikeUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

/** One bad byte in a file full of good accents is damage, not another encoding. */
function looksLikeUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    const bad = text.split('\ufffd').length - 1;
    const good = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
    return good > bad;
  }
}
