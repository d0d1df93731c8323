import type { Block } from '../types.ts';
import { flag, isObject, list, oneOf, shape, string, type Report } from './rules.ts';
import { anyBlock, messageOnly } from './shapes.ts';
import { identifier, plainText } from './texts.ts';

/** Where blocks are shown; it decides how many fit (50 in a message, 100 in a modal or a Home tab). */
export type Surface = 'message' | 'modal' | 'home';

/** What Slack would say of these blocks, as `problem [json-pointer:/…]`; none: accepted. */
export function checkBlocks(blocks: unknown, surface: Surface, root = '/blocks'): readonly string[] {
  const problems: string[] = [];
  const report: Report = (problem, pointer) => problems.push(`${problem} [json-pointer:${pointer}]`);
  // A file input works in modals only; everything else that is limited to one surface is limited to messages.
  list(anyBlock, { min: surface === 'message' ? 0 : 1, max: surface === 'message' ? 50 : 100 })(blocks, root, report);
  if (!Array.isArray(blocks) || problems.length > 0) return problems;
  blocks.forEach((block: Block, index) => {
    if (surface !== 'message' && messageOnly.has(block.type)) {
      report(`unsupported type: ${block.type}`, `${root}/${index}/type`);
    }
    if (surface !== 'modal' && isObject(block['element']) && block['element']['type'] === 'file_input') {
      report('unsupported type: file_input', `${root}/${index}/element/type`);
    }
  });
  unique(blocks, root, report);
  return problems;
}

/** block_ids are unique in a message or view, action_ids in a block; one table a message; one focused element. */
function unique(blocks: readonly Block[], root: string, report: Report): void {
  const seen = new Set<string>();
  let tables = 0;
  let focused = 0;
  blocks.forEach((block, index) => {
    const pointer = `${root}/${index}`;
    // Before `complete` has run a block may come without an id.
    const id = block.block_id as string | undefined;
    if (id !== undefined && seen.has(id)) report(`duplicate block_id: ${id}`, `${pointer}/block_id`);
    if (id !== undefined) seen.add(id);
    if (block.type === 'table' && ++tables > 1) report('only one table is allowed in a message', pointer);
    const actions = new Set<unknown>();
    for (const element of elementsOf(block)) {
      const action = element['action_id'];
      if (action !== undefined && actions.has(action)) report(`duplicate action_id: ${action as string}`, pointer);
      actions.add(action);
      if (element['focus_on_load'] === true && ++focused > 1)
        report('only one element may have focus_on_load', pointer);
    }
  });
}

/** The interactive elements of a block, wherever that block keeps them. */
export function elementsOf(block: Record<string, unknown>): Record<string, unknown>[] {
  const listed = (name: string) => (Array.isArray(block[name]) ? block[name].filter(isObject) : []);
  switch (block['type']) {
    case 'actions':
    case 'context_actions':
      return listed('elements');
    case 'section':
      return [block['accessory']].filter(isObject).filter((accessory) => accessory['type'] !== 'image');
    case 'input':
      return [block['element']].filter(isObject);
    case 'card':
      return listed('actions');
    case 'carousel':
      return listed('elements').flatMap(elementsOf);
    case 'container':
      return listed('child_blocks').flatMap(elementsOf);
    default:
      return [];
  }
}

/** What Slack would say of a view payload (views.open, update, push, publish). */
export function checkView(view: unknown): readonly string[] {
  const problems: string[] = [];
  const report: Report = (problem, pointer) => problems.push(`${problem} [json-pointer:${pointer}]`);
  const common = {
    callback_id: identifier,
    external_id: identifier,
    private_metadata: string({ max: 3000 }),
  };
  const isHome = isObject(view) && view['type'] === 'home';
  const rule = isHome
    ? shape({ blocks: () => undefined }, common)
    : shape(
        { title: plainText(24), blocks: () => undefined },
        {
          ...common,
          close: plainText(24),
          submit: plainText(24),
          clear_on_close: flag,
          notify_on_close: flag,
          submit_disabled: flag,
        },
      );
  rule(view, '/view', report);
  if (!isObject(view)) return problems;
  oneOf('modal', 'home')(view['type'], '/view/type', report);
  const blocks = view['blocks'];
  if (blocks !== undefined) problems.push(...checkBlocks(blocks, isHome ? 'home' : 'modal', '/view/blocks'));
  const needsSubmit = Array.isArray(blocks) && blocks.some((block) => isObject(block) && block['type'] === 'input');
  if (!isHome && needsSubmit && view['submit'] === undefined) report('missing required field: submit', '/view');
  return problems;
}
