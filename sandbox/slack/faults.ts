/**
 * Misbehaviour on order (`POST /_control/fault`). A fault that names no method applies to every Web API call; `times`
 * (default 1) is how many calls it spoils.
 */
export type Fault =
  | { readonly method?: string; readonly error: string; readonly times?: number }
  | { readonly method?: string; readonly status: number; readonly times?: number }
  | { readonly method?: string; readonly rateLimited: number; readonly retryAfter?: number }
  /** Performs the call, then cuts the connection before answering. */
  | { readonly method?: string; readonly dropAfterPost: true; readonly times?: number }
  /** Holds the answer back. */
  | { readonly method?: string; readonly delayMs: number; readonly times?: number }
  /** Every connection is cut and every new one refused, until `{ down: false }`. */
  | { readonly down: boolean }
  /** Every event is delivered twice, until `{ redeliver: false }`. */
  | { readonly redeliver: boolean }
  /** Nothing listens at the address for so long, and every connection is cut: this Slack's controls are away too. */
  | { readonly refuseMs: number }
  /**
   * Socket Mode: asks every socket to reconnect (`warning`: it is closed 10 s later; `refresh`: at once in the app's own
   * time; `link_disabled`: Socket Mode was switched off), cuts them without a word (`drop`), or goes deaf and dumb on them
   * without closing (`half-open`).
   */
  | { readonly disconnect: Disconnect }
  /** Somebody archives a channel, or puts the app out of it. */
  | { readonly channel: string; readonly is: 'archived' | 'closed to the app' }
  | { readonly rateLimits: 'on' | 'off' };

export type Disconnect = 'refresh' | 'warning' | 'link_disabled' | 'drop' | 'half-open';

/** What a fault does to one call. */
export type Spoil =
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'rate'; readonly retryAfter: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'delay'; readonly ms: number };

export type Faults = {
  down: boolean;
  redeliver: boolean;
  add(fault: Fault): void;
  /** The spoil that this call meets, used up by asking. */
  next(method: string): Spoil | undefined;
  reset(): void;
};

export function makeFaults(): Faults {
  let waiting: { readonly method: string | undefined; readonly spoil: Spoil; left: number }[] = [];
  const faults: Faults = {
    down: false,
    redeliver: false,
    add: (fault) => {
      if ('down' in fault) faults.down = fault.down;
      else if ('redeliver' in fault) faults.redeliver = fault.redeliver;
      else if ('error' in fault) push(fault, { kind: 'error', error: fault.error });
      else if ('status' in fault) push(fault, { kind: 'status', status: fault.status });
      else if ('delayMs' in fault) push(fault, { kind: 'delay', ms: fault.delayMs });
      else if ('rateLimited' in fault) {
        push({ method: fault.method, times: fault.rateLimited }, { kind: 'rate', retryAfter: fault.retryAfter ?? 1 });
      } else if ('dropAfterPost' in fault) {
        push({ method: fault.method ?? 'chat.postMessage', times: fault.times }, { kind: 'cut' });
      } else if (!('disconnect' in fault) && !('rateLimits' in fault) && !('refuseMs' in fault) && !('is' in fault)) {
        throw new Error(`Not a fault this Slack knows: ${JSON.stringify(fault)}`);
      }
    },
    next: (method) => {
      const found = waiting.find((fault) => fault.method === undefined || fault.method === method);
      if (!found) return undefined;
      found.left -= 1;
      if (found.left <= 0) waiting = waiting.filter((fault) => fault !== found);
      return found.spoil;
    },
    reset: () => {
      waiting = [];
      faults.down = false;
      faults.redeliver = false;
    },
  };
  const push = (fault: { method?: string | undefined; times?: number | undefined }, spoil: Spoil) => {
    waiting.push({ method: fault.method, spoil, left: fault.times ?? 1 });
  };
  return faults;
}
