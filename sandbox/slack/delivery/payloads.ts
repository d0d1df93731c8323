import { messageJson } from '../messages.ts';
import { makeTrigger } from '../triggers.ts';
import { stateOf } from '../page-api/state.ts';
import type { Channel, Json, Message, View } from '../types.ts';
import { viewJson } from '../views.ts';
import type { World } from '../world.ts';
import { makeResponseUrl } from './response-url.ts';

/** Where something was clicked. */
export type Container =
  | { readonly kind: 'message'; readonly channel: Channel; readonly message: Message }
  | { readonly kind: 'view'; readonly view: View };

export const containerId = (container: Container) =>
  container.kind === 'view' ? container.view.id : container.message.ts;

export const blocksOf = (container: Container) =>
  (container.kind === 'view' ? container.view.blocks : container.message.blocks) ?? [];

const token = 'sandbox-verification-token';

function common(world: World, user: string): Json {
  const { team, app } = world.settings;
  const name = world.users.get(user)?.name ?? '';
  return {
    user: { id: user, username: name, name, team_id: team.id },
    api_app_id: app.id,
    token,
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** docs.slack.dev/interactivity/implementing-slash-commands */
export function commandPayload(world: World, user: string, channel: Channel, command: string, text: string): Json {
  const { team, app } = world.settings;
  return {
    token,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: user,
    user_name: world.users.get(user)?.name ?? '',
    command,
    text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: makeResponseUrl(world, 'commands', { user, channel: channel.id }),
    trigger_id: makeTrigger(world, user),
  };
}

/** docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export function actionPayload(world: World, user: string, container: Container, action: Json): Json {
  const viewId = container.kind === 'view' ? container.view.id : null;
  return {
    type: 'block_actions',
    ...common(world, user),
    ...place(world, user, container),
    trigger_id: makeTrigger(world, user, viewId),
    ...(container.kind === 'message' ? { response_url: answerUrl(world, user, container.message) } : {}),
    actions: [{ ...action, action_ts: world.ts() }],
  };
}

/** docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
export function suggestionPayload(world: World, user: string, container: Container, wanted: Json): Json {
  return { type: 'block_suggestion', ...common(world, user), ...place(world, user, container), ...wanted };
}

/** docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export function viewPayload(world: World, type: 'view_submission' | 'view_closed', view: View, extra: Json = {}): Json {
  return { type, ...common(world, view.user), view: viewJson(world, view), ...extra };
}

export const submissionPayload = (world: World, view: View) =>
  viewPayload(world, 'view_submission', view, {
    trigger_id: makeTrigger(world, view.user, view.id),
    response_urls: [],
  });

function place(world: World, user: string, container: Container): Json {
  if (container.kind === 'view') {
    return { container: { type: 'view', view_id: container.view.id }, view: viewJson(world, container.view) };
  }
  const { channel, message } = container;
  const ephemeral = message.visibleTo !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel: { id: channel.id, name: channel.name },
    // Slack does not keep ephemeral messages, so it cannot send them along.
    ...(ephemeral ? {} : { message: messageJson(world, message) }),
    state: { values: stateOf(world, message.blocks ?? [], user, message.ts) },
  };
}

function answerUrl(world: World, user: string, message: Message): string {
  return makeResponseUrl(world, 'actions', {
    user,
    channel: message.channel,
    messageTs: message.ts,
    ...(message.threadTs ? { threadTs: message.threadTs } : {}),
  });
}
