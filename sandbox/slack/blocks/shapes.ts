import { accessory, actionElement, cardButton, contextAction, inputElement } from './elements.ts';
import { all, flag, isObject, kinds, list, number, oneOf, shape, string, type Rule } from './rules.ts';
import { anyText, identifier, image, link, mrkdwn, plainText, richText } from './texts.ts';

/** The blocks and their limits: docs.slack.dev/reference/block-kit/blocks, and @slack/types 3.2 for the newest ones. */

const block_id = { block_id: identifier };
const block = (required: Record<string, Rule>, optional: Record<string, Rule> = {}) =>
  shape(required, { ...block_id, ...optional });

const either =
  (...names: readonly string[]): Rule =>
  (value, pointer, report) => {
    if (isObject(value) && names.every((name) => value[name] === undefined)) {
      report(`missing required field: ${names.join(' or ')}`, pointer);
    }
  };

const cell = kinds({
  raw_text: shape({ text: string() }),
  raw_number: shape({ value: number(), text: string() }),
  rich_text: richText,
});

const card = block(
  {},
  {
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    icon: image,
    hero_image: image,
    actions: list(cardButton),
  },
);

const taskCard = block(
  { task_id: string(), title: string(), status: oneOf('pending', 'in_progress', 'complete', 'error') },
  {
    details: richText,
    output: richText,
    sources: list(kinds({ url: shape({ url: string(), text: string() }) })),
  },
);

const simple: Record<string, Rule> = {
  actions: block({ elements: list(actionElement, { min: 1, max: 25 }) }),
  context: block({ elements: list(contextElement(), { min: 1, max: 10 }) }),
  divider: block({}),
  file: block({ external_id: string(), source: string() }),
  header: block({ text: plainText(150) }, { level: number({ min: 1, max: 4 }) }),
  image: all(
    block(
      { alt_text: string({ max: 2000 }) },
      { image_url: link, slack_file: shape({}, { id: string(), url: string() }), title: plainText(2000) },
    ),
    either('image_url', 'slack_file'),
  ),
  input: block(
    { label: plainText(2000), element: inputElement },
    { hint: plainText(2000), optional: flag, dispatch_action: flag },
  ),
  rich_text: richText,
  section: all(
    block({}, { text: anyText(3000), fields: list(anyText(2000), { min: 1, max: 10 }), accessory, expand: flag }),
    either('text', 'fields'),
  ),
  table: block(
    { rows: list(list(cell, { max: 20 }), { max: 100 }) },
    {
      column_settings: list(shape({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag }), { max: 20 }),
    },
  ),
  video: block(
    { alt_text: string(), title: plainText(200), thumbnail_url: string(), video_url: string() },
    {
      author_name: string({ max: 50 }),
      description: plainText(200),
      provider_icon_url: string(),
      provider_name: string(),
      title_url: string(),
    },
  ),
};

export const anyBlock = kinds({
  ...simple,
  alert: block({ text: anyText() }, { level: oneOf('default', 'info', 'warning', 'error', 'success') }),
  card,
  carousel: block({ elements: list(kinds({ card }), { min: 1, max: 10 }) }),
  container: block(
    { child_blocks: list(kinds(simple), { max: 10 }) },
    {
      title: plainText(150),
      rich_text_title: richText,
      subtitle: anyText(150),
      icon: image,
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
  ),
  context_actions: block({ elements: list(contextAction, { min: 1, max: 5 }) }),
  data_table: block(
    { caption: string(), rows: list(list(cell), { max: 100 }) },
    { page_size: number({ min: 1, max: 100 }), row_header_column_index: number({ min: 0 }) },
  ),
  markdown: block({ text: string({ min: 1, max: 12_000 }) }),
  plan: block({ title: string() }, { tasks: list(kinds({ task_card: taskCard })) }),
  task_card: taskCard,
});

/** Blocks that Slack shows in messages only. */
export const messageOnly = new Set([
  'carousel',
  'context_actions',
  'data_table',
  'file',
  'markdown',
  'plan',
  'table',
  'task_card',
]);

function contextElement(): Rule {
  return (value, pointer, report) => {
    const isImage = isObject(value) && value['type'] === 'image';
    (isImage ? image : anyText())(value, pointer, report);
  };
}
