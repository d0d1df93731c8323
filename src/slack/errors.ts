import { z } from 'zod';
import { errorWords } from '../../pipeline/error-words.ts';
import { quotable } from '../../pipeline/scrub.ts';

/** What went wrong with a call to Slack, by what to do about it. */
export type SlackTrouble =
  | { readonly kind: 'rate limited'; readonly retryAfterMs: number }
  /** Slack is away, or cut the answer: it may or may not have happened. */
  | { readonly kind: 'away'; readonly message: string }
  /** Slack said no, in its own word: `channel_not_found`. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

// @slack/web-api throws errors with `code`; the platform's own word is in data.error (docs: errors in Web API).
const Thrown = z.object({
  code: z.string().optional(),
  retryAfter: z.number().optional(),
  statusCode: z.number().optional(),
  data: z
    .object({ error: z.string(), response_metadata: z.object({ messages: z.array(z.string()).optional() }).optional() })
    .optional(),
});

/** What Slack's own words look like: `channel_not_found`. */
const word = /^[a-z][\w.:-]{1,99}$/i;

export function troubleOf(error: unknown): SlackTrouble {
  const thrown = Thrown.safeParse(error instanceof Error ? Object.fromEntries(Object.entries(error)) : {});
  const { message } = errorWords(error);
  if (!thrown.success) return { kind: 'away', message };
  const { code, retryAfter, data } = thrown.data;
  if (code === 'slack_webapi_rate_limited_error' || data?.error === 'ratelimited') {
    return { kind: 'rate limited', retryAfterMs: (retryAfter ?? 1) * 1_000 };
  }
  const ours = ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'];
  // A page with status 200 (a proxy's, a hotel's) is handed over as the "error": nobody at Slack said it.
  if (data && word.test(data.error) && !ours.includes(data.error)) {
    const why = quotable(data.response_metadata?.messages?.join('; ') ?? '');
    return { kind: 'refused', code: data.error, message: why ? `${data.error}: ${why}` : data.error };
  }
  const stranger = data && !word.test(data.error);
  return { kind: 'away', message: stranger ? 'Something else answered in its place.' : message };
}
