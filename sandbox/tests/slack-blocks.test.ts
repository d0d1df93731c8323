import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { checkBlocks, checkView } from '../slack/blocks/check.ts';

/** Unofficial, made from @slack/types (MIT). It knows fewer rules than Slack; where, is written below. */
const schema = JSON.parse(readFileSync(new URL('./fixtures/block-kit.schema.json', import.meta.url), 'utf8')) as object;
const schemaAccepts = new Ajv({ strict: false, validateFormats: false }).compile(schema);

type Json = Record<string, unknown>;
const plain = (text: string): Json => ({ type: 'plain_text', text });
const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text });
const option = (value: string): Json => ({ text: plain(`Option ${value}`), value });
const options = (count: number) => Array.from({ length: count }, (_, index) => option(String(index)));
const many = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);
const long = (length: number) => 'x'.repeat(length);
const section = (text: string): Json => ({ type: 'section', text: mrkdwn(text) });
const actions = (...elements: Json[]): Json => ({ type: 'actions', elements });
const button = (more: Json = {}): Json => ({ type: 'button', text: plain('Approve'), action_id: 'approve', ...more });
const confirm = { title: plain('Sure?'), text: mrkdwn('Really?'), confirm: plain('Yes'), deny: plain('No') };

/** One accepted example of every kind this product may send. */
const samples: Readonly<Record<string, Json>> = {
  section: { type: 'section', block_id: 's', text: mrkdwn('Hello'), accessory: button({ style: 'primary', confirm }) },
  fields: { type: 'section', fields: [mrkdwn('*Phase*'), plain('Raw pull')] },
  'section with a picture': {
    type: 'section',
    text: plain('Hi'),
    accessory: { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' },
  },
  header: { type: 'header', text: plain('Gap report') },
  divider: { type: 'divider' },
  context: {
    type: 'context',
    elements: [mrkdwn('run r_1'), { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' }],
  },
  buttons: actions(button({ value: 's1', style: 'danger' }), button({ action_id: 'link', url: 'https://example.com' })),
  menus: actions(
    { type: 'static_select', action_id: 'a', placeholder: plain('Pick'), options: options(2) },
    { type: 'overflow', action_id: 'b', options: options(2) },
    { type: 'datepicker', action_id: 'c', initial_date: '2027-01-15' },
    { type: 'checkboxes', action_id: 'd', options: options(2) },
    { type: 'radio_buttons', action_id: 'e', options: options(2) },
    { type: 'users_select', action_id: 'f', placeholder: plain('Who') },
  ),
  'text input': {
    type: 'input',
    label: plain('Reason'),
    hint: plain('For the audit'),
    optional: true,
    element: { type: 'plain_text_input', action_id: 'a', multiline: true, placeholder: plain('Why'), max_length: 300 },
  },
  'number input': {
    type: 'input',
    label: plain('How many'),
    element: { type: 'number_input', action_id: 'a', is_decimal_allowed: false, min_value: '1' },
  },
  'multi select': {
    type: 'input',
    label: plain('ZIPs'),
    element: { type: 'multi_static_select', action_id: 'a', options: options(3), max_selected_items: 2 },
  },
  image: { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a', title: plain('A') },
  'rich text': {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [{ type: 'text', text: 'bold', style: { bold: true } }] },
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'emoji', name: 'tada' }] }],
      },
    ],
  },
  table: { type: 'table', rows: [[{ type: 'raw_text', text: 'ZIP' }], [{ type: 'raw_text', text: '75034' }]] },
  'data table': { type: 'data_table', caption: 'States', rows: [[{ type: 'raw_number', value: 1, text: '1' }]] },
  plan: {
    type: 'plan',
    title: 'Pull',
    tasks: [{ type: 'task_card', task_id: '1', title: 'Raw pull', status: 'complete' }],
  },
  markdown: { type: 'markdown', text: '**Hello**' },
};

/** Lengths just within and just beyond every limit that Slack documents. */
const lengths = [0, 24, 25, 75, 76, 100, 101, 150, 151, 255, 256, 300, 301, 2000, 2001, 3000, 3001, 12_000, 12_001];
const counts = [0, 1, 5, 6, 10, 11, 25, 26, 50, 51, 100, 101];

/** Every way to spoil one spot of a value: a text of another length, a list of another size, a field gone, changed, added. */
function* spoiled(value: unknown): Generator {
  if (Array.isArray(value)) {
    for (const count of counts) yield many(count, value[0] as unknown);
    for (const [index, item] of value.entries()) {
      for (const other of spoiled(item)) yield value.with(index, other);
    }
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, surprise: true };
    for (const [name, field] of Object.entries(value)) {
      const { [name]: _gone, ...rest } = value as Json;
      yield rest;
      yield { ...value, [name]: 7 };
      for (const other of spoiled(field)) yield { ...value, [name]: other };
    }
  } else if (typeof value === 'string') {
    for (const length of lengths) yield long(length);
  }
}

/** What Slack refuses and the schema does not know; a difference for any other reason fails. */
const strangers = [
  'duplicate block_id',
  'duplicate action_id',
  'only one table',
  // The schema takes any object for a task of a plan.
  /\[json-pointer:\/blocks\/0\/tasks\/\d+/,
  'initial option(s) must match',
  'missing required field: options',
  /no (more|fewer) than \d+ items allowed \[json-pointer:\S*(options|option_groups|rows)\S*\]/,
  /no fewer than 1 items allowed \[json-pointer:\S*elements\]/,
  /\[json-pointer:\S*(initial_date|placeholder\/text|alt_text|title\/text|max_length|max_selected_items|image_url)\]/,
  /must be more than 0 characters \[json-pointer:\/blocks\/0\/text\]/,
];

describe('The checker and the JSON schema made from Slack’s own types', () => {
  for (const [name, sample] of Object.entries(samples)) {
    test(`agree on ${name} and on everything that can be spoiled in it`, () => {
      expect(checkBlocks([sample], 'message')).toEqual([]);
      expect(schemaAccepts({ blocks: [sample] })).toBe(true);
      const differences: string[] = [];
      for (const block of spoiled(sample)) {
        const problems = checkBlocks([block], 'message');
        if ((problems.length === 0) === schemaAccepts({ blocks: [block] })) continue;
        const explained = problems.some((problem) =>
          strangers.some((known) => (typeof known === 'string' ? problem.includes(known) : known.test(problem))),
        );
        if (!explained) differences.push(`${problems.join().slice(0, 200)} ← ${JSON.stringify(block).slice(0, 200)}`);
      }
      expect(differences).toEqual([]);
    });
  }
});

test('every limit is refused one step beyond, in Slack’s words and with its pointer', () => {
  const message = (...blocks: Json[]) => checkBlocks(blocks, 'message');
  const select = (more: Json) => actions({ type: 'static_select', action_id: 'a', ...more });
  const cases: readonly (readonly [readonly string[], string])[] = [
    [checkBlocks(many(51, { type: 'divider' }), 'message'), 'no more than 50 items allowed [json-pointer:/blocks]'],
    [checkBlocks(many(101, { type: 'divider' }), 'home'), 'no more than 100 items allowed [json-pointer:/blocks]'],
    [message(section(long(3001))), 'must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
    [message(section('')), 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    [
      message({ type: 'section', fields: many(11, mrkdwn('a')) }),
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      message({ type: 'section', fields: [mrkdwn(long(2001))] }),
      'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
    ],
    [message({ type: 'section' }), 'missing required field: text or fields [json-pointer:/blocks/0]'],
    [
      message({ type: 'header', text: plain(long(151)) }),
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      message(actions(...Array.from({ length: 26 }, (_, index) => button({ action_id: String(index) })))),
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      message(actions(button({ text: plain(long(76)) }))),
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      message(actions(button({ value: long(2001) }))),
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      message(actions(button({ confirm: { ...confirm, title: plain(long(101)) } }))),
      'must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]',
    ],
    [
      message(actions(button({ confirm: { ...confirm, text: mrkdwn(long(301)) } }))),
      'must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]',
    ],
    [
      message(select({ options: options(101) })),
      'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      message(select({ option_groups: many(101, { label: plain('a'), options: options(1) }) })),
      'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/option_groups]',
    ],
    [message(select({})), 'missing required field: options [json-pointer:/blocks/0/elements/0]'],
    [
      message(select({ options: options(2), initial_option: option('9') })),
      'initial option(s) must match one or more of the options [json-pointer:/blocks/0/elements/0]',
    ],
    [
      message(actions({ type: 'checkboxes', action_id: 'a', options: options(11) })),
      'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      message(actions({ type: 'overflow', action_id: 'a', options: options(6) })),
      'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      message({ type: 'context', elements: many(11, mrkdwn('a')) }),
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      message({ type: 'divider', block_id: long(256) }),
      'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
    ],
    [
      message({ type: 'divider', block_id: 'a' }, { type: 'divider', block_id: 'a' }),
      'duplicate block_id: a [json-pointer:/blocks/1/block_id]',
    ],
    [message(actions(button(), button())), 'duplicate action_id: approve [json-pointer:/blocks/0]'],
    [message({ type: 'sektion' }), 'unsupported type: sektion [json-pointer:/blocks/0/type]'],
    [message(actions({ type: 'knob' })), 'unsupported type: knob [json-pointer:/blocks/0/elements/0/type]'],
  ];
  for (const [problems, expected] of cases) expect(problems).toContain(expected);
});

test('a view is checked as a whole: title, buttons, metadata, blocks, and what belongs on other surfaces', () => {
  const modal = { type: 'modal', title: plain('Reject'), blocks: [section('Why?')] };
  const input = { type: 'input', label: plain('Reason'), element: { type: 'plain_text_input' } };
  expect(checkView(modal)).toEqual([]);
  expect(checkView({ type: 'home', blocks: many(100, { type: 'divider' }) })).toEqual([]);
  const cases: readonly (readonly [Json, string])[] = [
    [{ ...modal, title: plain(long(25)) }, 'must be less than 25 characters [json-pointer:/view/title/text]'],
    [{ ...modal, submit: plain(long(25)) }, 'must be less than 25 characters [json-pointer:/view/submit/text]'],
    [
      { ...modal, private_metadata: long(3001) },
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    [{ ...modal, blocks: [input] }, 'missing required field: submit [json-pointer:/view]'],
    [
      { ...modal, blocks: many(101, { type: 'divider' }) },
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ],
    [
      { ...modal, blocks: [{ type: 'markdown', text: 'a' }] },
      'unsupported type: markdown [json-pointer:/view/blocks/0/type]',
    ],
    [{ ...modal, colour: 'red' }, 'invalid additional property: colour [json-pointer:/view]'],
    [{ type: 'home', title: plain('Home'), blocks: [] }, 'invalid additional property: title [json-pointer:/view]'],
  ];
  for (const [view, expected] of cases) expect(checkView(view)).toContain(expected);
});
