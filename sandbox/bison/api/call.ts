import type { Service } from '../service.ts';
import type { Dropped } from '../faults.ts';
import type { Workspace } from '../state/world.ts';
import type { Form } from './form.ts';
import { recordNotFound } from './refusal.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Call = {
  readonly service: Service;
  /** The token's own, or the current one of a super-admin. */
  readonly workspace: Workspace;
  readonly token: 'api-user' | 'super-admin';
  /** What stood at the path's `:names`, in order. */
  readonly at: readonly string[];
  readonly query: URLSearchParams;
  /** The address without its query, for the links of a page. */
  readonly url: string;
  readonly perPage: number;
  readonly json: Readonly<Record<string, unknown>>;
  readonly form: Form | null;
};

export type Answer = { readonly status: number; readonly body: unknown };

export type Route = {
  /** Under `/api`, as `GET /campaigns/:campaign`. */
  readonly on: `${Method} /${string}`;
  /** The fault that lets this happen and loses the answer. */
  readonly drops?: Dropped;
  /** @throws Refusal */
  readonly answer: (call: Call) => Answer;
};

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const done = (message: string): Answer => ok({ data: { success: true, message } });

/** The record whose id stands in the path; another workspace's does not exist. */
export function recordAt<Found>({ at }: Call, kind: string, records: ReadonlyMap<number, Found>): Found {
  const [said = ''] = at;
  const found = records.get(Number(said));
  if (!found) throw recordNotFound(kind, said);
  return found;
}
