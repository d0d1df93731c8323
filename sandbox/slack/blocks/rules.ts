/**
 * A small language for "what Slack accepts": each rule looks at one value and says what is wrong with it, in Slack's own
 * words and with Slack's JSON pointers (`must be less than 3001 characters [json-pointer:/blocks/0/text/text]`).
 */

/** Receives one problem at a time. */
export type Report = (problem: string, pointer: string) => void;
export type Rule = (value: unknown, pointer: string, report: Report) => void;

type Range = { readonly min?: number; readonly max?: number };

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A string of `min` to `max` characters; Slack counts as JavaScript does (UTF-16). */
export const string =
  ({ min = 0, max = Infinity }: Range = {}): Rule =>
  (value, pointer, report) => {
    if (typeof value !== 'string') return report('must provide a string', pointer);
    if (value.length > max) report(`must be less than ${max + 1} characters`, pointer);
    if (value.length < min) report(`must be more than ${min - 1} characters`, pointer);
  };

export const matching =
  (pattern: RegExp, what: string): Rule =>
  (value, pointer, report) => {
    if (typeof value !== 'string' || !pattern.test(value)) report(`must be ${what}`, pointer);
  };

export const flag: Rule = (value, pointer, report) => {
  if (typeof value !== 'boolean') report('must provide a boolean', pointer);
};

export const number =
  ({ min = -Infinity, max = Infinity }: Range = {}): Rule =>
  (value, pointer, report) => {
    if (typeof value !== 'number') return report('must provide a number', pointer);
    if (value < min || value > max) report(`must be between ${min} and ${max}`, pointer);
  };

export const oneOf =
  (...allowed: readonly (string | number)[]): Rule =>
  (value, pointer, report) => {
    if (!allowed.includes(value as string)) report(`must be one of: ${allowed.join(', ')}`, pointer);
  };

/** An array of `min` to `max` items. */
export const list =
  (item: Rule, { min = 0, max = Infinity }: Range = {}): Rule =>
  (value, pointer, report) => {
    if (!Array.isArray(value)) return report('must provide an array', pointer);
    if (value.length > max) return report(`no more than ${max} items allowed`, pointer);
    if (value.length < min) return report(`no fewer than ${min} items allowed`, pointer);
    value.forEach((each, index) => item(each, `${pointer}/${index}`, report));
  };

/** An object with these fields and no others. `type` is checked by whoever chose the shape. */
export const shape =
  (required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule =>
  (value, pointer, report) => {
    if (!isObject(value)) return report('must provide an object', pointer);
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) report(`missing required field: ${name}`, pointer);
    }
    for (const [name, field] of Object.entries(value)) {
      if (name === 'type' || field === undefined) continue;
      const rule = required[name] ?? optional[name];
      if (rule) rule(field, `${pointer}/${name}`, report);
      else report(`invalid additional property: ${name}`, pointer);
    }
  };

/** An object whose `type` picks its rule. */
export const kinds =
  (table: Readonly<Record<string, Rule>>): Rule =>
  (value, pointer, report) => {
    if (!isObject(value)) return report('must provide an object', pointer);
    if (typeof value['type'] !== 'string') return report('missing required field: type', pointer);
    const rule = table[value['type']];
    if (rule) rule(value, pointer, report);
    else report(`unsupported type: ${value['type']}`, `${pointer}/type`);
  };

/** Several rules on one value. */
export const all =
  (...rules: readonly Rule[]): Rule =>
  (value, pointer, report) => {
    for (const rule of rules) rule(value, pointer, report);
  };
