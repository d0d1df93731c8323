import type { Block } from '../types.ts';
import { elementsOf } from './check.ts';
import { isObject } from './rules.ts';

/**
 * Accepted blocks as Slack keeps and returns them: ids given where the app gave none, `emoji` and `verbatim` spelled out.
 * Works on a copy.
 */
export function complete(blocks: readonly unknown[], newId: () => string): readonly Block[] {
  const copy = structuredClone(blocks) as Record<string, unknown>[];
  copy.forEach(spellOut);
  for (const block of copy) {
    block['block_id'] ??= newId();
    for (const element of elementsOf(block)) element['action_id'] ??= newId();
  }
  // The checker passed them and both ids are now there.
  return copy as Block[];
}

function spellOut(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(spellOut);
  if (!isObject(value)) return;
  if (value['type'] === 'plain_text') value['emoji'] ??= true;
  if (value['type'] === 'mrkdwn') value['verbatim'] ??= false;
  Object.values(value).forEach(spellOut);
}

/** All characters of text in blocks: Slack refuses a message above some 13,200 (`msg_blocks_too_long`, bolt-js#2509). */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + textLength(each), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, each]) => sum + (name === 'text' && typeof each === 'string' ? each.length : textLength(each)),
    0,
  );
}
