import { createHmac } from 'node:crypto';
import type { HttpTarget } from '../options.ts';
import { patience, type Parcel, type Receipt, type Transport } from './transport.ts';

/**
 * HTTP mode: signed posts to the app's request URL, forms for commands and interactivity, JSON for events
 * (docs.slack.dev/authentication/verifying-requests-from-slack). `target` is asked each time, so that it may be set late.
 */
export function makeHttpTransport(target: () => HttpTarget | undefined): Transport {
  return {
    connections: () => 0,
    send: (parcel, onAck) => {
      const known = target();
      return known ? post(known, parcel, onAck) : Promise.resolve({ acknowledged: false, reason: 'no_connection' });
    },
  };
}

async function post(target: HttpTarget, parcel: Parcel, onAck: (ms: number) => void): Promise<Receipt> {
  const { body, contentType } = bodyOf(parcel);
  const started = performance.now();
  const answer = fetch(target.url, {
    method: 'POST',
    headers: {
      'Content-Type': contentType,
      'User-Agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      ...signature(target.signingSecret, body),
      ...(parcel.attempt > 0
        ? { 'X-Slack-Retry-Num': String(parcel.attempt), 'X-Slack-Retry-Reason': parcel.retryReason ?? 'http_timeout' }
        : {}),
    },
    body,
  })
    .then(async (response): Promise<Receipt> => {
      const text = await response.text();
      if (!response.ok) {
        return { acknowledged: false, reason: 'http_error', noRetry: response.headers.get('x-slack-no-retry') === '1' };
      }
      onAck(performance.now() - started);
      return { acknowledged: true, body: parse(text, response.headers.get('content-type') ?? '') };
    })
    .catch((): Receipt => ({ acknowledged: false, reason: 'no_connection' }));
  return Promise.race([answer, tooLate()]);
}

function tooLate(): Promise<Receipt> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ acknowledged: false, reason: 'timeout' }), patience).unref();
  });
}

function bodyOf({ type, payload }: Parcel): { readonly body: string; readonly contentType: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const form =
    type === 'interactive'
      ? new URLSearchParams({ payload: JSON.stringify(payload) })
      : new URLSearchParams(Object.entries(payload).map(([name, value]) => [name, String(value)]));
  return { body: form.toString(), contentType: 'application/x-www-form-urlencoded' };
}

/** `v0=` and the HMAC of `v0:timestamp:body`, on the machine's clock. */
function signature(secret: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'X-Slack-Request-Timestamp': timestamp, 'X-Slack-Signature': `v0=${digest}` };
}

/** An app may answer with JSON, or with bare text (for a command: an ephemeral message). */
function parse(text: string, contentType: string): unknown {
  if (text === '') return undefined;
  return contentType.includes('json') ? (JSON.parse(text) as unknown) : { text };
}
