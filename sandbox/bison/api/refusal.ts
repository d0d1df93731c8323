/** An answer that is no success. Its shapes differ by status, as the vendor's do (docs/vendors.md#bison-paging). */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: unknown) {
    super(`${status}`);
    this.status = status;
    this.body = body;
  }
}

export const unauthenticated = () => new Refusal(401, { message: 'Unauthenticated.' });

export const forbidden = () => new Refusal(403, { data: { success: false, message: 'This action is unauthorized.' } });

/** A record that does not exist, or not in the token's workspace. */
export const recordNotFound = (kind: string, id: string | number) =>
  new Refusal(404, {
    data: { success: false, message: 'Record not found.', record_not_found: { [kind]: String(id) } },
  });

export const routeNotFound = (path: string) =>
  new Refusal(404, {
    data: { success: false, message: `The route ${path} could not be found.`, record_not_found: null },
  });

export const methodNotAllowed = (method: string, path: string, allowed: readonly string[]) =>
  new Refusal(405, {
    message: `The ${method} method is not supported for route ${path}. Supported methods: ${allowed.join(', ')}.`,
  });

/** Field → what is wrong with it. */
export type Complaints = Readonly<Record<string, readonly string[]>>;

export function invalid(errors: Complaints): Refusal {
  const all = Object.values(errors).flat();
  const more = all.length - 1;
  const rest = more === 0 ? '' : ` (and ${more} more error${more === 1 ? '' : 's'})`;
  return new Refusal(422, { message: `${all[0] ?? 'The given data was invalid.'}${rest}`, errors });
}

/** Refused for a reason that belongs to no field. */
export const unprocessable = (message: string) => new Refusal(422, { data: { success: false, message } });

export const rateLimited = (retryAfter: number) => new Refusal(429, { error: 'rate_limited', retry_after: retryAfter });
