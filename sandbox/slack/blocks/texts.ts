import { flag, kinds, list, matching, number, oneOf, shape, string, type Rule } from './rules.ts';

/** Text and the small objects around it. Limits: docs.slack.dev/reference/block-kit/composition-objects. */

export const plainText = (max = 3000): Rule =>
  kinds({ plain_text: shape({ text: string({ min: 1, max }) }, { emoji: flag }) });

export const mrkdwn = (max = 3000): Rule =>
  kinds({ mrkdwn: shape({ text: string({ min: 1, max }) }, { verbatim: flag }) });

export const anyText = (max = 3000): Rule =>
  kinds({
    plain_text: shape({ text: string({ min: 1, max }) }, { emoji: flag }),
    mrkdwn: shape({ text: string({ min: 1, max }) }, { verbatim: flag }),
  });

export const identifier = string({ max: 255 });
export const link = string({ max: 3000 });
export const placeholder = plainText(150);
export const style = oneOf('primary', 'danger');
export const day = matching(/^\d{4}-\d{2}-\d{2}$/, 'a valid date: YYYY-MM-DD');

export const confirm = shape(
  { text: anyText(300) },
  { title: plainText(100), confirm: plainText(30), deny: plainText(30), style },
);

/**
 * An option. Slack's page says 150 characters for `value`, its SDK 75: the stricter, so that what passes here passes there.
 */
const optionWith = (text: Rule): Rule =>
  shape({ text }, { value: string({ max: 75 }), description: anyText(75), url: link });

/** Of selects and overflow menus: plain text only. */
export const plainOption = optionWith(plainText(75));
/** Of checkboxes and radio buttons. */
export const richOption = optionWith(anyText(75));

export const optionGroup = shape({ label: plainText(75), options: list(plainOption, { min: 1, max: 100 }) });

const slackFile = shape({}, { id: string(), url: string() });
export const image = kinds({
  image: (value, pointer, report) => {
    shape({ alt_text: string({ max: 2000 }) }, { image_url: link, slack_file: slackFile })(value, pointer, report);
    const { image_url, slack_file } = value as { image_url?: unknown; slack_file?: unknown };
    if (image_url === undefined && slack_file === undefined) report('missing required field: image_url', pointer);
  },
});

const runStyle = shape({}, { bold: flag, italic: flag, strike: flag, code: flag, underline: flag, highlight: flag });
const run = (required: Record<string, Rule>, optional: Record<string, Rule> = {}) =>
  shape(required, { style: runStyle, ...optional });
const runs = list(
  kinds({
    text: run({ text: string() }),
    link: run({ url: string() }, { text: string(), unsafe: flag }),
    emoji: run({ name: string() }, { unicode: string(), url: string(), skin_tone: number() }),
    user: run({ user_id: string() }),
    channel: run({ channel_id: string() }),
    usergroup: run({ usergroup_id: string() }),
    team: run({ team_id: string() }),
    broadcast: run({ range: oneOf('here', 'channel', 'everyone') }),
    color: run({ value: string() }),
    date: run({ timestamp: number(), format: string() }, { url: string(), fallback: string() }),
  }),
);
const border = oneOf(0, 1);
const section = kinds({ rich_text_section: shape({ elements: runs }) });

export const richText = kinds({
  rich_text: shape(
    {
      elements: list(
        kinds({
          rich_text_section: shape({ elements: runs }),
          rich_text_list: shape(
            { elements: list(section), style: oneOf('bullet', 'ordered') },
            { indent: number({ min: 0, max: 8 }), border, offset: number({ min: 0 }) },
          ),
          rich_text_quote: shape({ elements: runs }, { border }),
          rich_text_preformatted: shape({ elements: runs }, { border, language: string() }),
        }),
      ),
    },
    { block_id: identifier },
  ),
});
