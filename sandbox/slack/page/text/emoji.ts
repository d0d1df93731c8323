import { emojiNames } from './emoji-names.ts';

/** The character of a shortcode, without its colons. */
export const characterOf = (name: string): string | undefined => emojiNames.get(name);

const pattern =
  /\p{RI}\p{RI}|[#*0-9]\uFE0F?\u20E3|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)\p{Emoji_Modifier}?(?:\u200D\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?)*/gu;

/** Text cut into pieces; every second one (odd) is an emoji character. */
export function splitEmoji(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    pieces.push(text.slice(from, match.index), match[0]);
    from = match.index + match[0].length;
  }
  return [...pieces, text.slice(from)];
}

/** The name of the character's picture in a Twemoji set: code points, joined by hyphens, variation selectors left out. */
export function pictureName(character: string): string {
  const points = Array.from(character, (each) => each.codePointAt(0)?.toString(16) ?? '');
  return (points.includes('200d') ? points : points.filter((point) => point !== 'fe0f')).join('-');
}
