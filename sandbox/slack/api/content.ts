import { checkBlocks } from '../blocks/check.ts';
import { complete, textLength } from '../blocks/complete.ts';
import { isObject } from '../blocks/rules.ts';
import type { Block, Metadata } from '../types.ts';
import type { World } from '../world.ts';
import { structure, text, type Args } from './args.ts';
import { Refusal } from './refusal.ts';

/** What a message says, once Slack has accepted it. `undefined` blocks: the argument was not given. */
export type Content = {
  readonly text: string;
  readonly blocks: readonly Block[] | undefined;
  readonly metadata: Metadata | undefined;
};

/** Characters of `text` before Slack refuses; above 4,000 it only advises against. */
const longestText = 40_000;
/** Observed, not documented: bolt-js#2509. */
const longestBlocks = 13_200;

/** Reads and checks text, blocks and metadata of chat.* and of a response_url. */
export function contentOf(world: World, args: Args, { mayBeEmpty = false } = {}): Content {
  const given = text(args, 'text');
  const blocks = acceptedBlocks(world, structure(args, 'blocks', 'invalid_blocks_format'));
  const attachments = structure(args, 'attachments', 'invalid_attachments');
  const hasAttachments = Array.isArray(attachments) && attachments.length > 0;
  if (given === '' && !mayBeEmpty && (blocks ?? []).length === 0 && !hasAttachments) throw new Refusal('no_text');
  if (given.length > longestText) throw new Refusal('msg_too_long');
  const shown = given === '' && (blocks ?? []).length > 0 ? 'This content can’t be displayed.' : given;
  return { text: shown, blocks, metadata: metadataOf(args) };
}

function acceptedBlocks(world: World, blocks: unknown): readonly Block[] | undefined {
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks)) throw new Refusal('invalid_blocks_format');
  const problems = checkBlocks(blocks, 'message');
  if (problems.length > 0) {
    world.stats.refusedBlocks += 1;
    throw new Refusal('invalid_blocks', problems);
  }
  if (textLength(blocks) > longestBlocks) {
    world.stats.refusedBlocks += 1;
    throw new Refusal('msg_blocks_too_long');
  }
  return complete(blocks, () => world.id('b'));
}

function metadataOf(args: Args): Metadata | undefined {
  const metadata = structure(args, 'metadata', 'invalid_metadata_format');
  if (metadata === undefined) return undefined;
  if (!isObject(metadata)) throw new Refusal('invalid_metadata_format');
  const { event_type, event_payload } = metadata;
  if (typeof event_type !== 'string' || !isObject(event_payload)) throw new Refusal('invalid_metadata_schema');
  if (JSON.stringify(metadata).length > 8000) throw new Refusal('metadata_too_large');
  return { event_type, event_payload };
}
