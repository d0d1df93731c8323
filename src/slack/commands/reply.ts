import { section, type Message } from '../../../blocks/kit.ts';

/** Many lines in as few sections as hold them. */
export function lines(all: readonly string[]): Message {
  const sections: string[] = [];
  for (const line of all) {
    const last = sections.at(-1);
    if (last !== undefined && last.length + line.length < 2_800) sections[sections.length - 1] = `${last}\n${line}`;
    else sections.push(line);
  }
  return { text: all.join('\n').slice(0, 3_000), blocks: sections.slice(0, 50).map((text) => section(text)) };
}
