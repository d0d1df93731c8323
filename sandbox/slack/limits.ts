import type { World } from './world.ts';

/**
 * Slack's rate limits as token buckets (docs.slack.dev/apis/web-api/rate-limits): messages about one a second and channel
 * with short bursts, everything else by the method's tier and minute. Retry-After is when the next token is there.
 */
export type Limits = {
  enabled: boolean;
  /** Seconds to wait, or `null` when the call may go on. */
  take(method: string, channel: string): number | null;
  reset(): void;
};

const tiers: Readonly<Record<string, number>> = {
  'chat.update': 50,
  'chat.delete': 50,
  'chat.postEphemeral': 100,
  'conversations.history': 50,
  'conversations.replies': 50,
  'conversations.info': 50,
  'conversations.list': 20,
  'conversations.members': 100,
  'conversations.join': 50,
  'conversations.open': 50,
  'users.info': 100,
  'users.list': 20,
  'views.open': 100,
  'views.update': 100,
  'views.push': 100,
  'views.publish': 100,
  'files.getUploadURLExternal': 100,
  'files.completeUploadExternal': 100,
  'files.info': 100,
  'reactions.add': 50,
};

/** A burst of this many messages passes before the one-a-second rule bites. */
const burst = 8;

export function makeLimits(world: World): Limits {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const draw = (key: string, capacity: number, perSecond: number): number | null => {
    const now = performance.now();
    const bucket = buckets.get(key) ?? { tokens: capacity, at: now };
    const tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    if (tokens < 1) {
      buckets.set(key, { tokens, at: now });
      return Math.max(1, Math.ceil((1 - tokens) / perSecond));
    }
    buckets.set(key, { tokens: tokens - 1, at: now });
    return null;
  };
  const limits: Limits = {
    enabled: world.settings.rateLimits === 'on',
    take: (method, channel) => {
      if (!limits.enabled) return null;
      if (method === 'chat.postMessage') return draw(`post ${channel}`, burst, 1);
      const perMinute = tiers[method];
      return perMinute === undefined ? null : draw(method, perMinute, perMinute / 60);
    },
    reset: () => {
      buckets.clear();
      limits.enabled = world.settings.rateLimits === 'on';
    },
  };
  return limits;
}
