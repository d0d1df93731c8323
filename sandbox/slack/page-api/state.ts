import { elementsOf } from '../blocks/check.ts';
import { isObject } from '../blocks/rules.ts';
import type { Block, Json } from '../types.ts';
import type { World } from '../world.ts';

/**
 * Between what a person enters and what Slack sends. A person's value is plain: a text, a day `YYYY-MM-DD`, an option's
 * `value`, a list of those. Slack's is an entry of `state.values`, shaped by the element's type
 * (docs.slack.dev/reference/views/view-state).
 */

/** `state.values` of a message or view for one person: their choices, else the element's initial value. */
export function stateOf(world: World, blocks: readonly Block[], user: string, container: string): Json {
  const choices = world.choices.get(`${user} ${container}`) ?? {};
  const values: Record<string, Json> = {};
  for (const block of blocks) {
    for (const element of elementsOf(block)) {
      const action = String(element['action_id']);
      const entry = entryOf(element, choices[block.block_id]?.[action]);
      if (entry) values[block.block_id] = { ...values[block.block_id], [action]: entry };
    }
  }
  return values;
}

/** One entry of `state.values`; `undefined` for elements that hold no state (buttons, overflow menus). */
export function entryOf(element: Json, chosen: unknown): Json | undefined {
  const type = String(element['type']);
  const value = chosen === undefined ? initialOf(element) : chosen;
  const one = (typeof value === 'string' || typeof value === 'number') && value !== '' ? String(value) : null;
  const several = Array.isArray(value) ? value.map(String) : [];
  switch (type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return { type, value: one };
    case 'static_select':
    case 'radio_buttons':
    case 'external_select':
      return { type, selected_option: optionsOf(element, one === null ? [] : [one])[0] ?? null };
    case 'multi_static_select':
    case 'checkboxes':
    case 'multi_external_select':
      return { type, selected_options: optionsOf(element, several) };
    case 'users_select':
      return { type, selected_user: one };
    case 'conversations_select':
      return { type, selected_conversation: one };
    case 'channels_select':
      return { type, selected_channel: one };
    case 'multi_users_select':
      return { type, selected_users: several };
    case 'multi_conversations_select':
      return { type, selected_conversations: several };
    case 'multi_channels_select':
      return { type, selected_channels: several };
    case 'datepicker':
      return { type, selected_date: one };
    case 'timepicker':
      return { type, selected_time: one };
    case 'datetimepicker':
      return { type, selected_date_time: value === undefined || value === null ? null : Number(value) };
    case 'rich_text_input':
      return { type, rich_text_value: richTextOf(one) };
    case 'file_input':
      return { type, files: [] };
    default:
      return undefined;
  }
}

/** The plain value an element starts with. */
export function initialOf(element: Json): unknown {
  for (const [name, value] of Object.entries(element)) {
    if (!name.startsWith('initial_')) continue;
    if (name === 'initial_option') return isObject(value) ? value['value'] : undefined;
    if (name === 'initial_options') return Array.isArray(value) ? value.map((each: Json) => each['value']) : [];
    return value;
  }
  return undefined;
}

/** All options of an element, its groups flattened, and those an external source gave for it. */
export function offered(element: Json): Json[] {
  const groups = Array.isArray(element['option_groups']) ? element['option_groups'].filter(isObject) : [];
  return [element, ...groups].flatMap((holder) =>
    Array.isArray(holder['options']) ? holder['options'].filter(isObject) : [],
  );
}

/** The options a person means, by `value` or by the text they read. */
function optionsOf(element: Json, wanted: readonly string[]): Json[] {
  const known = offered(element);
  const listed = Array.isArray(element['initial_options']) ? element['initial_options'].filter(isObject) : [];
  const initial = [element['initial_option']].filter(isObject).concat(listed);
  const all = [...known, ...initial];
  return wanted.flatMap((value) => {
    const found = all.find((option) => option['value'] === value || textOf(option['text']) === value);
    if (found) return [found];
    // An external select's option is not part of the view; the client sends it along as its JSON.
    return value.startsWith('{') ? [JSON.parse(value) as Json] : [];
  });
}

export const textOf = (text: unknown) => (isObject(text) && typeof text['text'] === 'string' ? text['text'] : '');

const richTextOf = (text: string | null) =>
  text === null
    ? null
    : { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] };

/**
 * What Slack's client itself refuses before a modal is sent: empty required fields, text too short or long, numbers out of
 * range. block_id → the words under the field.
 */
export function complaints(blocks: readonly Block[], values: Json): Record<string, string> {
  const found: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== 'input') continue;
    const [element] = elementsOf(block);
    const entries = values[block.block_id];
    if (!element || !isObject(entries)) continue;
    const entry = entries[String(element['action_id'])];
    const problem = isObject(entry) ? complaint(block, element, entry) : undefined;
    if (problem) found[block.block_id] = problem;
  }
  return found;
}

function complaint(block: Block, element: Json, entry: Json): string | undefined {
  const [, value] = Object.entries(entry).find(([name]) => name !== 'type') ?? [];
  const empty = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  if (empty) return block['optional'] === true ? undefined : 'Please complete this required field.';
  const most = element['max_selected_items'];
  if (Array.isArray(value) && typeof most === 'number' && value.length > most) return `Select at most ${most} items.`;
  if (typeof value !== 'string') return undefined;
  const { min_length, max_length, min_value, max_value, is_decimal_allowed } = element;
  if (typeof min_length === 'number' && value.length < min_length) return `Enter at least ${min_length} characters.`;
  if (typeof max_length === 'number' && value.length > max_length) return `Enter at most ${max_length} characters.`;
  if (element['type'] === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value)) return 'Enter a valid email address.';
  if (element['type'] === 'url_text_input' && !URL.canParse(value)) return 'Enter a valid URL.';
  if (element['type'] !== 'number_input') return undefined;
  const number = Number(value);
  if (!Number.isFinite(number)) return 'Enter a number.';
  if (is_decimal_allowed !== true && !Number.isInteger(number)) return 'Enter a whole number.';
  if (min_value !== undefined && number < Number(min_value))
    return `Enter a number of at least ${min_value as string}.`;
  if (max_value !== undefined && number > Number(max_value)) return `Enter a number of at most ${max_value as string}.`;
  return undefined;
}
