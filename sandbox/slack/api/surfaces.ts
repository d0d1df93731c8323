import type { View } from '../types.ts';
import { exchangeTrigger } from '../triggers.ts';
import { openModal, publishHome, pushModal, replaceView, viewJson } from '../views.ts';
import type { World } from '../world.ts';
import { needed, structure, text, type Args } from './args.ts';
import type { Methods } from './router.ts';
import { Refusal } from './refusal.ts';

/** Modals and the Home tab. */
export const surfaces: Methods = {
  'views.open': (world, args) => {
    const payload = viewOf(args, 'modal');
    const { user } = exchangeTrigger(world, needed(args, 'trigger_id'));
    const view = openModal(world, payload, user);
    world.stats.views.opened += 1;
    return { view: viewJson(world, view) };
  },

  'views.push': (world, args) => {
    const payload = viewOf(args, 'modal');
    const { user } = exchangeTrigger(world, needed(args, 'trigger_id'));
    const view = pushModal(world, payload, user);
    world.stats.views.pushed += 1;
    return { view: viewJson(world, view) };
  },

  'views.update': (world, args) => {
    const view = named(world, args);
    const hash = text(args, 'hash');
    if (hash !== '' && hash !== view.hash) throw new Refusal('hash_conflict');
    const next = replaceView(world, view, viewOf(args, view.type));
    world.stats.views.updated += 1;
    return { view: viewJson(world, next) };
  },

  'views.publish': (world, args) => {
    const user = needed(args, 'user_id');
    if (!world.users.has(user)) throw new Refusal('user_not_found');
    const view = publishHome(world, viewOf(args, 'home'), user, text(args, 'hash'));
    world.stats.views.published += 1;
    return { view: viewJson(world, view) };
  },
};

function viewOf(args: Args, type: View['type']): unknown {
  const view = structure(args, 'view', 'invalid_arguments');
  if (view === undefined) throw new Refusal('invalid_arguments', ['missing required field: view [json-pointer:/view]']);
  if ((view as { type?: unknown }).type !== type) {
    throw new Refusal('invalid_arguments', [`must be one of: ${type} [json-pointer:/view/type]`]);
  }
  return view;
}

function named(world: World, args: Args): View {
  const [id, externalId] = [text(args, 'view_id'), text(args, 'external_id')];
  const found =
    id === ''
      ? [...world.views.values()].find((view) => externalId !== '' && view.externalId === externalId)
      : world.views.get(id);
  if (!found) throw new Refusal('not_found');
  return found;
}
