import { Refusal } from './refusal.ts';
import { isObject } from '../blocks/rules.ts';
import type { Json } from '../types.ts';

/**
 * Arguments of a Web API call, readable the same way whether they came as JSON (typed) or as a form (all strings, with
 * structures as JSON text), as @slack/web-api sends them.
 */
export type Args = Readonly<Json>;

export function text(args: Args, name: string): string {
  const value = args[name];
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A text that must be there: `invalid_arguments` otherwise, naming it. */
export function needed(args: Args, name: string): string {
  const value = text(args, name);
  if (value === '') throw new Refusal('invalid_arguments', [`missing required field: ${name} [json-pointer:/${name}]`]);
  return value;
}

export const flag = (args: Args, name: string) => args[name] === true || args[name] === 'true' || args[name] === '1';

/** A whole number between 1 and `max`; absent or unreadable: `fallback`. */
export function limit(args: Args, fallback: number, max: number): number {
  const value = Number(text(args, 'limit') || fallback);
  return Number.isFinite(value) && value >= 1 ? Math.min(Math.floor(value), max) : fallback;
}

/** An array or object, or `undefined` when absent; `failure` is the refusal when it is not JSON. */
export function structure(args: Args, name: string, failure: string): unknown {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw new Refusal(failure);
  }
}

export function record(value: unknown, failure: string): Json {
  if (!isObject(value)) throw new Refusal(failure);
  return value;
}
