/**
 * A small language for "what Slack accepts": each rule looks at one value and says what is wrong with it, in Slack's own
 * words and with Slack's JSON pointers (`must be less than 3001 characters [json-pointer:/blocks/0/text/text]`).
 */

/** Receives one problem at a time. */
export type Say = (problem: string, pointer: string) => void;
export type Rule = (value: unknown, pointer: string, say: Say) => void;

type Range = { readonly min?: number; readonly max?: number };

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A string of `min` to `max` characters; Slack counts as JavaScript does (UTF-16). */
export const string =
  ({ min = 0, max = Infinity }: Range = {}): Rule =>
  (value, pointer, say) => {
    if (typeof value !== 'string') return say('must provide a string', pointer);
    if (value.length > max) say(`must be less than ${max + 1} characters`, pointer);
    if (value.length < min) say(`must be more than ${min - 1} characters`, pointer);
  };

export const matching =
  (pattern: RegExp, what: string): Rule =>
  (value, pointer, say) => {
    if (typeof value !== 'string' || !pattern.test(value)) say(`must be ${what}`, pointer);
  };

export const flag: Rule = (value, pointer, say) => {
  if (typeof value !== 'boolean') say('must provide a boolean', pointer);
};

export const number =
  ({ min = -Infinity, max = Infinity }: Range = {}): Rule =>
  (value, pointer, say) => {
    if (typeof value !== 'number') return say('must provide a number', pointer);
    if (value < min || value > max) say(`must be between ${min} and ${max}`, pointer);
  };

export const oneOf =
  (...allowed: readonly (string | number)[]): Rule =>
  (value, pointer, say) => {
    if (!allowed.includes(value as string)) say(`must be one of: ${allowed.join(', ')}`, pointer);
  };

/** An array of `min` to `max` items. */
export const list =
  (item: Rule, { min = 0, max = Infinity }: Range = {}): Rule =>
  (value, pointer, say) => {
    if (!Array.isArray(value)) return say('must provide an array', pointer);
    if (value.length > max) return say(`no more than ${max} items allowed`, pointer);
    if (value.length < min) return say(`no fewer than ${min} items allowed`, pointer);
    value.forEach((each, index) => item(each, `${pointer}/${index}`, say));
  };

/** An object with these fields and no others. `type` is checked by whoever chose the shape. */
export const shape =
  (required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule =>
  (value, pointer, say) => {
    if (!isObject(value)) return say('must provide an object', pointer);
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) say(`missing required field: ${name}`, pointer);
    }
    for (const [name, field] of Object.entries(value)) {
      if (name === 'type' || field === undefined) continue;
      const rule = required[name] ?? optional[name];
      if (rule) rule(field, `${pointer}/${name}`, say);
      else say(`invalid additional property: ${name}`, pointer);
    }
  };

/** An object whose `type` picks its rule. */
export const kinds =
  (table: Readonly<Record<string, Rule>>): Rule =>
  (value, pointer, say) => {
    if (!isObject(value)) return say('must provide an object', pointer);
    if (typeof value['type'] !== 'string') return say('missing required field: type', pointer);
    const rule = table[value['type']];
    if (rule) rule(value, pointer, say);
    else say(`unsupported type: ${value['type']}`, `${pointer}/type`);
  };

/** Several rules on one value. */
export const all =
  (...rules: readonly Rule[]): Rule =>
  (value, pointer, say) => {
    for (const rule of rules) rule(value, pointer, say);
  };
