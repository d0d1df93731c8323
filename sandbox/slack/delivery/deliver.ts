import type { Faults } from '../faults.ts';
import { recordAck } from '../stats.ts';
import type { Json } from '../types.ts';
import type { World } from '../world.ts';
import type { Parcel, Receipt, Transport } from './transport.ts';

/** Sends things to the app and keeps count of how it answers. */
export type Delivery = {
  command(payload: Json): Promise<Receipt>;
  interaction(payload: Json): Promise<Receipt>;
  suggestion(payload: Json): Promise<Receipt>;
  /** Delivered in the background, again after `redeliverAfter` as long as nobody acknowledges it. */
  event(event: Json & { readonly type: string }): void;
};

export function makeDelivery(world: World, faults: Faults, transport: () => Transport): Delivery {
  const attempt = async (parcel: Parcel, kind: string, name: string): Promise<Receipt> => {
    if (faults.down) return { acknowledged: false, reason: 'no_connection' };
    const receipt = await transport().send(parcel, (ms) => {
      world.stats.acks += 1;
      if (kind !== 'event') recordAck(world.stats, { kind, name, ms: Math.round(ms * 10) / 10 });
    });
    if (!receipt.acknowledged && receipt.reason === 'timeout') world.stats.timeouts += 1;
    return receipt;
  };

  const attemptEvent = async (payload: Json, number: number, retryReason?: string): Promise<void> => {
    if (number > 0) world.stats.redeliveries += 1;
    const parcel: Parcel = { type: 'events_api', payload, attempt: number, ...(retryReason ? { retryReason } : {}) };
    const receipt = await attempt(parcel, 'event', '');
    const wait = world.settings.redeliverAfter[number];
    if (receipt.acknowledged || receipt.noRetry === true || wait === undefined) return;
    world.later(wait, () => void attemptEvent(payload, number + 1, retryReasons[receipt.reason]));
  };

  return {
    command: (payload) => {
      world.stats.deliveries.commands += 1;
      return attempt({ type: 'slash_commands', payload, attempt: 0 }, 'command', String(payload['command']));
    },
    interaction: (payload) => {
      world.stats.deliveries.interactions += 1;
      return attempt({ type: 'interactive', payload, attempt: 0 }, String(payload['type']), nameOf(payload));
    },
    suggestion: (payload) => {
      world.stats.deliveries.suggestions += 1;
      return attempt({ type: 'interactive', payload, attempt: 0 }, 'block_suggestion', String(payload['action_id']));
    },
    event: (event) => {
      world.stats.deliveries.events += 1;
      const payload = eventEnvelope(world, event);
      void attemptEvent(payload, 0);
      if (faults.redeliver) void attemptEvent(payload, 1, 'http_timeout');
    },
  };
}

const retryReasons = { timeout: 'http_timeout', no_connection: 'connection_failed', http_error: 'http_error' } as const;

/** What an interaction is called in the statistics: the action clicked, or the modal sent. */
function nameOf(payload: Json): string {
  const { actions, view } = payload as { actions?: { action_id: string }[]; view?: { callback_id: string } };
  return actions?.[0]?.action_id ?? view?.callback_id ?? '';
}

function eventEnvelope(world: World, event: Json): Json {
  const { team, app } = world.settings;
  return {
    token: 'sandbox-verification-token',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: world.id('Ev'),
    event_time: Math.floor(world.settings.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: app.botUser, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event_context: world.id('4-'),
  };
}
