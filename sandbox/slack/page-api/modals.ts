import { Refusal } from '../api/refusal.ts';
import { elementsOf } from '../blocks/check.ts';
import { isObject } from '../blocks/rules.ts';
import type { Delivery } from '../delivery/deliver.ts';
import { submissionPayload, viewPayload } from '../delivery/payloads.ts';
import type { Block, Json, View } from '../types.ts';
import { closeModals, pushModal, replaceView } from '../views.ts';
import type { World } from '../world.ts';
import { choose, labelOf } from './acting.ts';
import { Problem } from './problem.ts';
import { complaints, stateOf } from './state.ts';

export type Submitted =
  | { readonly outcome: 'done' }
  /** block_id → the words under the field, from Slack's own checks or from the app. */
  | { readonly outcome: 'errors'; readonly errors: Record<string, string> }
  | { readonly outcome: 'failed'; readonly error: string };

/** Slack's words when an app fails to answer a modal properly. */
const trouble = 'We had some trouble connecting. Try again?';

/** The modal on top of a user's stack. */
export function topModal(world: World, user: string): View {
  const view = world.views.get(world.stacks.get(user)?.at(-1) ?? '');
  if (!view) throw new Problem('No modal is open.');
  return view;
}

/** Enters values into a view: the key is `block_id/action_id`, an action_id, a block_id or the field's label. */
export function fill(world: World, view: View, values: Json): void {
  for (const [key, value] of Object.entries(values)) {
    const found = view.blocks
      .flatMap((block) => elementsOf(block).map((element) => ({ block, element })))
      .filter(({ block, element }) => namesOf(block, element).includes(key));
    const [only] = found;
    if (!only || found.length > 1) throw new Problem(`${found.length} fields are called “${key}”.`);
    choose(world, view.user, view.id, only.block.block_id, String(only.element['action_id']), value);
  }
}

const namesOf = (block: Block, element: Json) => {
  const action = String(element['action_id']);
  return [`${block.block_id}/${action}`, action, block.block_id, labelOf(block, element)];
};

export async function submit(world: World, delivery: Delivery, user: string, values: Json): Promise<Submitted> {
  const view = topModal(world, user);
  fill(world, view, values);
  const own = complaints(view.blocks, stateOf(world, view.blocks, user, view.id));
  if (Object.keys(own).length > 0) return { outcome: 'errors', errors: own };
  world.stats.views.submitted += 1;
  const receipt = await delivery.interaction(submissionPayload(world, view));
  if (!receipt.acknowledged) return { outcome: 'failed', error: trouble };
  try {
    return answered(world, view, isObject(receipt.body) ? receipt.body : {});
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { outcome: 'failed', error: `${trouble} (${error.code}: ${error.details.join('; ')})` };
  }
}

/** Does what the app answered (docs.slack.dev/surfaces/modals: `response_action`); nothing closes this one view. */
function answered(world: World, view: View, body: Json): Submitted {
  switch (body['response_action']) {
    case 'errors': {
      const known = new Set(view.blocks.map((block) => block.block_id));
      const errors = Object.entries(isObject(body['errors']) ? body['errors'] : {}).filter(([id]) => known.has(id));
      if (errors.length === 0) return { outcome: 'failed', error: trouble };
      return { outcome: 'errors', errors: Object.fromEntries(errors.map(([id, words]) => [id, String(words)])) };
    }
    case 'update':
      replaceView(world, view, body['view']);
      return { outcome: 'done' };
    case 'push':
      pushModal(world, body['view'], view.user);
      return { outcome: 'done' };
    case 'clear':
      closeModals(world, view.user, true);
      return { outcome: 'done' };
    case undefined:
      closeModals(world, view.user, false);
      return { outcome: 'done' };
    default:
      return { outcome: 'failed', error: trouble };
  }
}

/** Cancel takes one modal away, the cross (or Esc) all of them; the app hears of it where a view asked to. */
export function dismiss(world: World, delivery: Delivery, user: string, whole: boolean): void {
  const top = topModal(world, user);
  const everything = whole || top.clearOnClose;
  for (const view of closeModals(world, user, everything)) {
    world.stats.views.closed += 1;
    if (view.notifyOnClose) {
      void delivery.interaction(viewPayload(world, 'view_closed', view, { is_cleared: everything }));
    }
  }
}
