import { all, flag, isObject, kinds, list, matching, number, oneOf, shape, string, type Rule } from './rules.ts';
import {
  confirm,
  day,
  identifier,
  image,
  link,
  optionGroup,
  placeholder,
  plainOption,
  plainText,
  richOption,
  richText,
  style,
} from './texts.ts';

/** The interactive elements and their limits: docs.slack.dev/reference/block-kit/block-elements. */

const acting = { action_id: identifier, confirm };
const picking = { ...acting, placeholder, focus_on_load: flag };
const typing = {
  action_id: identifier,
  placeholder,
  focus_on_load: flag,
  dispatch_action_config: shape(
    {},
    { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1 }) },
  ),
};
const many = { max_selected_items: number({ min: 1 }) };
const ids = list(string());

const sameOption = (left: unknown, right: unknown) =>
  isObject(left) && isObject(right) && left['value'] === right['value'];

/** What is chosen at first must be among the options, as Slack insists. */
const chosenAreOffered: Rule = (value, pointer, report) => {
  if (!isObject(value)) return;
  const groups = Array.isArray(value['option_groups']) ? value['option_groups'] : [];
  const offered = [value['options'], ...groups.map((group) => isObject(group) && group['options'])]
    .filter((options): options is unknown[] => Array.isArray(options))
    .flat();
  const initial = value['initial_options'] ?? (value['initial_option'] === undefined ? [] : [value['initial_option']]);
  if (!Array.isArray(initial)) return;
  for (const one of initial) {
    if (!offered.some((option) => sameOption(option, one))) {
      report('initial option(s) must match one or more of the options', pointer);
    }
  }
};

const options = (option: Rule, max: number) => list(option, { min: 1, max });

/** Static selects: `options` or `option_groups`, one of them. */
const staticSelect = (initial: Record<string, Rule>): Rule =>
  all(
    shape(
      {},
      {
        ...picking,
        ...initial,
        options: options(plainOption, 100),
        option_groups: list(optionGroup, { min: 1, max: 100 }),
      },
    ),
    (value, pointer, report) => {
      if (!isObject(value)) return;
      if (value['options'] === undefined && value['option_groups'] === undefined) {
        report('missing required field: options', pointer);
      }
      if (value['options'] !== undefined && value['option_groups'] !== undefined) {
        report('only one of options and option_groups is allowed', pointer);
      }
    },
    chosenAreOffered,
  );

const conversations = {
  default_to_current_conversation: flag,
  filter: shape(
    {},
    {
      include: list(oneOf('im', 'mpim', 'private', 'public')),
      exclude_bot_users: flag,
      exclude_external_shared_channels: flag,
    },
  ),
};

const button = shape(
  { text: plainText(75) },
  { ...acting, style, url: link, value: string({ max: 2000 }), accessibility_label: string({ max: 75 }) },
);

const selects: Record<string, Rule> = {
  static_select: staticSelect({ initial_option: plainOption }),
  external_select: shape({}, { ...picking, initial_option: plainOption, min_query_length: number({ min: 0 }) }),
  users_select: shape({}, { ...picking, initial_user: string() }),
  conversations_select: shape(
    {},
    { ...picking, ...conversations, initial_conversation: string(), response_url_enabled: flag },
  ),
  channels_select: shape({}, { ...picking, initial_channel: string(), response_url_enabled: flag }),
  multi_static_select: staticSelect({ ...many, initial_options: list(plainOption, { max: 100 }) }),
  multi_external_select: shape(
    {},
    { ...picking, ...many, initial_options: list(plainOption), min_query_length: number({ min: 0 }) },
  ),
  multi_users_select: shape({}, { ...picking, ...many, initial_users: ids }),
  multi_conversations_select: shape({}, { ...picking, ...many, ...conversations, initial_conversations: ids }),
  multi_channels_select: shape({}, { ...picking, ...many, initial_channels: ids }),
};

const choices: Record<string, Rule> = {
  ...selects,
  checkboxes: all(
    shape(
      { options: options(richOption, 10) },
      { ...acting, focus_on_load: flag, initial_options: list(richOption, { max: 10 }) },
    ),
    chosenAreOffered,
  ),
  radio_buttons: all(
    shape({ options: options(richOption, 10) }, { ...acting, focus_on_load: flag, initial_option: richOption }),
    chosenAreOffered,
  ),
  datepicker: shape({}, { ...picking, initial_date: day }),
  timepicker: shape(
    {},
    { ...picking, initial_time: matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a valid time: HH:mm'), timezone: string() },
  ),
  datetimepicker: shape(
    {},
    { ...acting, focus_on_load: flag, initial_date_time: number({ min: 1e9, max: 9_999_999_999 }) },
  ),
};

const richTextInput = shape(
  {},
  { ...typing, initial_value: richText, min_lines: number({ min: 1 }), max_lines: number({ min: 1 }) },
);

const workflowButton = shape(
  {
    text: plainText(75),
    workflow: shape({
      trigger: shape(
        { url: string() },
        { customizable_input_parameters: list(shape({ name: string(), value: string() })) },
      ),
    }),
  },
  { action_id: identifier, style, accessibility_label: string({ max: 75 }), confirm },
);

/** A section's one element at its right. */
export const accessory = kinds({
  ...choices,
  button,
  image,
  overflow: shape({ options: options(plainOption, 5) }, acting),
  workflow_button: workflowButton,
});

export const actionElement = kinds({
  ...choices,
  button,
  overflow: shape({ options: options(plainOption, 5) }, acting),
  workflow_button: workflowButton,
  rich_text_input: richTextInput,
});

export const inputElement = kinds({
  ...choices,
  plain_text_input: shape(
    {},
    {
      ...typing,
      initial_value: string({ max: 3000 }),
      multiline: flag,
      min_length: number({ min: 0, max: 3000 }),
      max_length: number({ min: 1, max: 3000 }),
    },
  ),
  number_input: shape(
    { is_decimal_allowed: flag },
    { ...typing, initial_value: string(), min_value: string(), max_value: string() },
  ),
  email_text_input: shape({}, { ...typing, initial_value: string() }),
  url_text_input: shape({}, { ...typing, initial_value: string() }),
  rich_text_input: richTextInput,
  file_input: shape({}, { action_id: identifier, filetypes: list(string()), max_files: number({ min: 1, max: 10 }) }),
});

const feedback = shape(
  { text: plainText(75), value: string({ max: 2000 }) },
  { accessibility_label: string({ max: 75 }) },
);
export const contextAction = kinds({
  feedback_buttons: shape({ positive_button: feedback, negative_button: feedback }, { action_id: identifier }),
  icon_button: shape(
    { icon: string(), text: plainText() },
    { ...acting, value: string({ max: 2000 }), accessibility_label: string({ max: 75 }), visible_to_user_ids: ids },
  ),
});

export const cardButton = kinds({ button });
