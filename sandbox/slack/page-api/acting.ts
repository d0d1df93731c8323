import { elementsOf } from '../blocks/check.ts';
import { isObject } from '../blocks/rules.ts';
import type { Delivery } from '../delivery/deliver.ts';
import { actionPayload, blocksOf, containerId, suggestionPayload, type Container } from '../delivery/payloads.ts';
import { messagesOf } from '../messages.ts';
import type { Block, Json } from '../types.ts';
import type { World } from '../world.ts';
import { Problem } from './problem.ts';
import { memberChannel } from './speaking.ts';
import { entryOf, offered, textOf } from './state.ts';

/** The container a person points at, if they can see it. */
export type Where = { readonly channel: string; readonly ts: string } | { readonly viewId: string };

/** Which element: by ids, by what is written on it, or by the value it carries; enough to mean exactly one. */
export type Which = {
  /** Its action_id, or the words a person reads on it. */
  readonly called?: string | undefined;
  readonly blockId?: string | undefined;
  readonly actionId?: string | undefined;
  /** A button's value. */
  readonly carrying?: string | undefined;
};

export type Outcome =
  /** The app acknowledged; `null` where nothing is sent (an input that dispatches no action). */
  | { readonly outcome: 'done'; readonly ackMs: number | null }
  /** Nothing was sent: the element asks first. Ask again with `confirmed`. */
  | { readonly outcome: 'confirm'; readonly confirm: Json }
  | { readonly outcome: 'failed'; readonly error: string };

export function containerAt(world: World, user: string, where: Where): Container {
  if ('viewId' in where) {
    const view = world.views.get(where.viewId);
    if (view?.user !== user) throw new Problem('This view is no longer open.');
    return { kind: 'view', view };
  }
  const channel = memberChannel(world, user, where.channel);
  const message = messagesOf(world, channel.id).get(where.ts);
  if (!message || (message.visibleTo && message.visibleTo !== user)) throw new Problem('This message is gone.');
  return { kind: 'message', channel, message };
}

/** Clicks, chooses, types: `value` is plain (see `state.ts`) and not needed for a button. */
export async function act(
  world: World,
  delivery: Delivery,
  given: {
    readonly user: string;
    readonly where: Where;
    readonly which: Which;
    readonly value?: unknown;
    readonly confirmed?: boolean;
    /** The blocks on the person's screen, where they may be older than the message: a click on a stale button counts. */
    readonly seen?: readonly Block[] | undefined;
  },
): Promise<Outcome> {
  const { user, which, value } = given;
  const container = containerAt(world, user, given.where);
  const { block, element } = findElement(given.seen ?? blocksOf(container), which);
  const confirm = element['confirm'];
  if (isObject(confirm) && given.confirmed !== true) return { outcome: 'confirm', confirm };
  const entry = entryOf(element, value);
  if (entry) choose(world, user, containerId(container), block.block_id, String(element['action_id']), value);
  if (block.type === 'input' && block['dispatch_action'] !== true) return { outcome: 'done', ackMs: null };
  const action = { ...described(element, value), ...entry, block_id: block.block_id };
  const started = performance.now();
  const receipt = await delivery.interaction(actionPayload(world, user, container, action));
  if (receipt.acknowledged) return { outcome: 'done', ackMs: Math.round(performance.now() - started) };
  return { outcome: 'failed', error: receipt.reason === 'timeout' ? 'operation_timeout' : 'dispatch_failed' };
}

/** What a person has entered so far, kept until the message or view is gone. */
export function choose(
  world: World,
  user: string,
  container: string,
  block: string,
  action: string,
  value: unknown,
): void {
  const key = `${user} ${container}`;
  const choices = world.choices.get(key) ?? {};
  world.choices.set(key, { ...choices, [block]: { ...choices[block], [action]: value } });
}

/** Options of an external select for what was typed so far. */
export async function suggest(
  world: World,
  delivery: Delivery,
  given: { readonly user: string; readonly where: Where; readonly which: Which; readonly query: string },
): Promise<readonly Json[]> {
  const container = containerAt(world, given.user, given.where);
  const { block, element } = findElement(blocksOf(container), given.which);
  const receipt = await delivery.suggestion(
    suggestionPayload(world, given.user, container, {
      action_id: element['action_id'],
      block_id: block.block_id,
      value: given.query,
    }),
  );
  return receipt.acknowledged && isObject(receipt.body) ? offered(receipt.body).slice(0, 100) : [];
}

export function findElement(blocks: readonly Block[], which: Which): { readonly block: Block; readonly element: Json } {
  const all = blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const found = all.filter(
    ({ block, element }) =>
      (which.blockId === undefined || block.block_id === which.blockId) &&
      (which.actionId === undefined || element['action_id'] === which.actionId) &&
      (which.called === undefined || [labelOf(block, element), element['action_id']].includes(which.called)) &&
      (which.carrying === undefined || element['value'] === which.carrying),
  );
  const [first] = found;
  if (!first) throw new Problem(`No element ${JSON.stringify(which)} here; there are: ${listed(all)}.`);
  if (found.length > 1) throw new Problem(`${found.length} elements match ${JSON.stringify(which)}: ${listed(found)}.`);
  return first;
}

const listed = (found: readonly { readonly block: Block; readonly element: Json }[]) =>
  found.map(({ block, element }) => `${String(element['action_id'])} “${labelOf(block, element)}”`).join(', ') ||
  'none';

/** What a person would call the element: the words on it, else its block's label, else its placeholder. */
export const labelOf = (block: Block, element: Json) =>
  textOf(element['text']) || textOf(block['label']) || textOf(element['placeholder']);

/** The part of an action that does not depend on state: a button's text and value, an overflow menu's choice. */
function described(element: Json, value: unknown): Json {
  const { type, action_id, text } = element;
  if (type === 'button') {
    const { value: carried, style } = element;
    return { type, action_id, text, ...(carried === undefined ? {} : { value: carried }), ...(style ? { style } : {}) };
  }
  if (type === 'overflow') {
    const selected_option = offered(element).find(
      (option) => option['value'] === value || textOf(option['text']) === value,
    );
    if (!selected_option) throw new Problem(`The menu has no option ${JSON.stringify(value)}.`);
    return { type, action_id, selected_option };
  }
  return { type, action_id };
}
