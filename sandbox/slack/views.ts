import { checkView } from './blocks/check.ts';
import { complete } from './blocks/complete.ts';
import { isObject } from './blocks/rules.ts';
import { Refusal } from './api/refusal.ts';
import { stateOf } from './page-api/state.ts';
import type { Json, View } from './types.ts';
import type { World } from './world.ts';

/** Where a view belongs: whose it is and, for a modal, in which stack. */
type Place = { readonly user: string; readonly rootId?: string; readonly previousId?: string | null };

const largestView = 250_000;
/** A stack holds three modals (views.push: `push_limit_reached`). */
const deepestStack = 3;

/** Checks a view payload and makes a view of it, under `id` when it replaces one. */
export function makeView(world: World, payload: unknown, place: Place, id = world.id('V')): View {
  if (!isObject(payload)) throw new Refusal('invalid_arguments', ['must provide an object [json-pointer:/view]']);
  if (JSON.stringify(payload).length > largestView) throw new Refusal('view_too_large');
  const problems = checkView(payload);
  if (problems.length > 0) {
    world.stats.refusedBlocks += 1;
    throw new Refusal('invalid_arguments', ['failed to match all allowed schemas [json-pointer:/view]', ...problems]);
  }
  const externalId = stringOf(payload['external_id']);
  const namesake = [...world.views.values()].some((view) => view.externalId === externalId && view.id !== id);
  if (externalId !== '' && namesake) throw new Refusal('duplicate_external_id');
  return {
    id,
    type: payload['type'] === 'home' ? 'home' : 'modal',
    user: place.user,
    rootId: place.rootId ?? id,
    previousId: place.previousId ?? null,
    externalId,
    callbackId: stringOf(payload['callback_id']),
    privateMetadata: stringOf(payload['private_metadata']),
    ...(isObject(payload['title']) ? { title: payload['title'] } : {}),
    ...(isObject(payload['submit']) ? { submit: payload['submit'] } : {}),
    ...(isObject(payload['close']) ? { close: payload['close'] } : {}),
    blocks: complete(payload['blocks'] as unknown[], () => world.id('b')),
    clearOnClose: payload['clear_on_close'] === true,
    notifyOnClose: payload['notify_on_close'] === true,
    submitDisabled: payload['submit_disabled'] === true,
    hash: `${Math.floor(world.settings.now() / 1000)}.${world.id('h').toLowerCase()}`,
  };
}

const stringOf = (value: unknown) => (typeof value === 'string' ? value : '');

export function openModal(world: World, payload: unknown, user: string): View {
  const view = makeView(world, payload, { user });
  for (const id of world.stacks.get(user) ?? []) world.views.delete(id);
  world.stacks.set(user, [view.id]);
  return keep(world, view);
}

export function pushModal(world: World, payload: unknown, user: string): View {
  const stack = world.stacks.get(user) ?? [];
  const [rootId] = stack;
  if (rootId === undefined) throw new Refusal('not_found');
  if (stack.length >= deepestStack) throw new Refusal('push_limit_reached');
  const view = makeView(world, payload, { user, rootId, previousId: stack.at(-1) ?? null });
  world.stacks.set(user, [...stack, view.id]);
  return keep(world, view);
}

/** Replaces a view in place. What a person entered stays wherever block_id and action_id are still the same. */
export function replaceView(world: World, view: View, payload: unknown): View {
  const next = makeView(world, payload, { user: view.user, rootId: view.rootId, previousId: view.previousId }, view.id);
  return keep(world, next);
}

/** The tab of one person; published again it keeps its id. */
export function publishHome(world: World, payload: unknown, user: string, hash: string): View {
  const known = world.homes.get(user);
  if (hash !== '' && known && known.hash !== hash) throw new Refusal('hash_conflict');
  const view = makeView(world, payload, { user }, known?.id);
  if (view.type !== 'home') {
    throw new Refusal('invalid_arguments', ['must be one of: home [json-pointer:/view/type]']);
  }
  world.homes.set(user, view);
  return keep(world, view);
}

function keep(world: World, view: View): View {
  world.views.set(view.id, view);
  world.changed({ kind: view.type === 'home' ? 'home' : 'views', user: view.user });
  return view;
}

/** Takes the top modal of a user away, or the whole stack; answers what was closed, top first. */
export function closeModals(world: World, user: string, whole: boolean): View[] {
  const stack = world.stacks.get(user) ?? [];
  const going = whole ? stack : stack.slice(-1);
  world.stacks.set(user, stack.slice(0, stack.length - going.length));
  const closed = going.toReversed().flatMap((id) => world.views.get(id) ?? []);
  for (const view of closed) world.views.delete(view.id);
  world.changed({ kind: 'views', user });
  return closed;
}

/** A view as the Web API and the payloads give it. */
export function viewJson(world: World, view: View): Json {
  const { team, app } = world.settings;
  return {
    id: view.id,
    team_id: team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    state: { values: stateOf(world, view.blocks, view.user, view.id) },
    hash: view.hash,
    title: view.title ?? null,
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    submit_disabled: view.submitDisabled,
    close: view.close ?? null,
    submit: view.submit ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: app.id,
    external_id: view.externalId,
    app_installed_team_id: team.id,
    bot_id: app.botId,
  };
}
