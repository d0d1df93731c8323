import type { KnownBlock } from '@slack/types';
import { context, section } from './kit.ts';

/** Sections of a card. */
const mostSections = 40;
/**
 * Characters of all rows together: of a message with much more than 13,000 Slack says `msg_blocks_too_long`
 * (slackapi/bolt-js#2509), and a card says more than its rows.
 */
const mostCharacters = 11_000;

/**
 * Rows of mrkdwn in as few sections as hold them, as many as there is room for.
 * @param left what is said of the rows that have none
 */
export function inSections(rows: readonly string[], left: (count: number) => string): KnownBlock[] {
  const sections: string[] = [];
  let room = mostCharacters;
  let shown = 0;
  for (const row of rows) {
    room -= row.length + 1;
    const last = sections.at(-1);
    const fits = last !== undefined && last.length + row.length < 2_800;
    if (room < 0 || (!fits && sections.length === mostSections)) break;
    if (fits) sections[sections.length - 1] = `${last}\n${row}`;
    else sections.push(row);
    shown += 1;
  }
  const blocks: KnownBlock[] = sections.map((text) => section(text));
  return shown === rows.length ? blocks : [...blocks, context(left(rows.length - shown))];
}
