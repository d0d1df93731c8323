import { Agent, get } from 'node:http';
import type { Validation } from './table.ts';

export type Reply =
  | { readonly kind: 'checked'; readonly validation: Validation }
  | { readonly kind: 'rate_limited' }
  | { readonly kind: 'retry' }
  | { readonly kind: 'refused' };

/** DeBounce answers five calls at once (docs/vendors.md#debounce). */
export const callsAtOnce = 5;

/**
 * One check over a kept-alive connection. `node:http` rather than `fetch`: at tens of thousands of calls a run it costs
 * half as much, and the stand-ins share two cores with everything else.
 */
export function makeDebounceClient({ url, key }: { readonly url: string; readonly key: string }) {
  const agent = new Agent({ keepAlive: true, maxSockets: callsAtOnce });
  const prefix = `${url}/v1/?api=${encodeURIComponent(key)}&email=`;
  return {
    check: (email: string): Promise<Reply> =>
      new Promise((resolve) => {
        const request = get(prefix + encodeURIComponent(email), { agent, timeout: 30_000 }, (response) => {
          let body = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (body += chunk));
          response.on('error', () => resolve({ kind: 'retry' }));
          response.on('end', () => resolve(read(email, response.statusCode ?? 0, body)));
        });
        request.on('timeout', () => request.destroy());
        request.on('error', () => resolve({ kind: 'retry' }));
      }),
    close: () => agent.destroy(),
  };
}

function read(email: string, status: number, body: string): Reply {
  if (status === 429) return { kind: 'rate_limited' };
  if (status >= 500) return { kind: 'retry' };
  if (status !== 200) return { kind: 'refused' };
  const debounce = fieldsOf(body);
  if (!debounce) return { kind: 'retry' };
  const result = debounce['result'] ?? '';
  return {
    kind: 'checked',
    validation: {
      result,
      firstSafe: result === 'Safe to Send' ? email : '',
      reason: debounce['reason'] ?? '',
      code: debounce['code'] ?? '',
      freeEmail: debounce['free_email'] ?? '',
      role: debounce['role'] ?? '',
      sendTransactional: debounce['send_transactional'] ?? '',
      didYouMean: debounce['did_you_mean'] ?? '',
    },
  };
}

/** Every value is a string (docs/vendors.md#debounce); a body that broke off is as good as none. */
function fieldsOf(body: string): Record<string, string> | null {
  try {
    return (JSON.parse(body) as { debounce: Record<string, string> }).debounce;
  } catch {
    return null;
  }
}
