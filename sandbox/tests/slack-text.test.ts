import { expect, test } from '@jest/globals';
import { completionsFor } from '../slack/page/channel/completions.ts';
import { ago, dayName, slackDate, timeOf } from '../slack/page/text/dates.ts';
import { pictureName, splitEmoji } from '../slack/page/text/emoji.ts';
import { parseMrkdwn, type Node } from '../slack/page/text/mrkdwn.ts';

/** The tree as compact markup, so that a test can be read. */
const shown = (source: string) => parseMrkdwn(source).map(tag).join('');
function tag(node: Node): string {
  if ('inner' in node) return `<${node.kind}>${node.inner.map(tag).join('')}</${node.kind}>`;
  if (node.kind === 'text') return node.text;
  if ('id' in node) return `<${node.kind} ${node.id}>`;
  if (node.kind === 'break') return '⏎';
  if (node.kind === 'link') return `[${node.label}](${node.href})`;
  if (node.kind === 'emoji') return `:${node.name}:`;
  if (node.kind === 'date') return `{${node.at} ${node.format}}`;
  return `<${node.kind}>${node.text}</${node.kind}>`;
}

test('mrkdwn’s styles stand at the edges of words and may lie in one another', () => {
  expect(shown('*bold* _it_ ~gone~ `a*b*c`')).toBe(
    '<bold>bold</bold> <italic>it</italic> <strike>gone</strike> <code>a*b*c</code>',
  );
  expect(shown('*all _of_ it*')).toBe('<bold>all <italic>of</italic> it</bold>');
  expect(shown('snake_case_name 2*3*4 * not bold *')).toBe('snake_case_name 2*3*4 * not bold *');
  expect(shown('(*12,147*, _1,010–1,460_).')).toBe('(<bold>12,147</bold>, <italic>1,010–1,460</italic>).');
  expect(shown('*Records:*\n_next line_')).toBe('<bold>Records:</bold>⏎<italic>next line</italic>');
});

test('references to people, channels, links and moments are recognised, entities decoded', () => {
  expect(shown('<@U01> in <#C01|general> <!here>')).toBe('<user U01> in <channel C01> <broadcast here>');
  expect(shown('<https://a.example/?b=1&amp;c=2|a &amp; b>')).toBe('[a & b](https://a.example/?b=1&c=2)');
  expect(shown('<!date^1800025200^{date_short} at {time}|then>')).toBe('{1800025200000 {date_short} at {time}}');
  expect(shown('<javascript:alert(1)|click>')).toBe('<javascript:alert(1)|click>');
  expect(shown('5 &lt; 6 &amp;&amp; :tada: 10:30:45')).toBe('5 < 6 && :tada: 10:30:45');
});

test('quotes and code blocks take whole lines', () => {
  expect(shown('a\n> one\n> *two*\nb')).toBe('a<quote>one⏎<bold>two</bold></quote>b');
  expect(shown('&gt; escaped')).toBe('<quote>escaped</quote>');
  expect(shown('before\n```const a = *1*;\nb```\nafter')).toBe('before<pre>const a = *1*;\nb</pre>after');
  expect(shown('a\n>>> all\nof it')).toContain('<quote>all⏎of it</quote>');
});

test('moments are told in the viewer’s zone', () => {
  const at = Date.parse('2027-01-15T15:00:00Z');
  const chicago = { tz: 'America/Chicago', now: at };
  expect(timeOf(at, 'America/New_York')).toBe('10:00 AM');
  expect(dayName(at, chicago)).toBe('Today');
  expect(dayName(at - 86_400_000, chicago)).toBe('Yesterday');
  expect(dayName(at - 3 * 86_400_000, chicago)).toBe('Tuesday, January 12th');
  expect(slackDate(at, '{date_long} {time}', chicago)).toBe('Friday, January 15th, 2027 9:00 AM');
  expect(slackDate(at, '{date_short_pretty} · {date_num} · {nonsense}', chicago)).toBe(
    'today · 2027-01-15 · {nonsense}',
  );
  expect(ago(at - 5 * 60_000, at)).toBe('5 minutes ago');
});

test('emoji are cut out of text whole, and named as their pictures are', () => {
  expect(splitEmoji('✅ Done 1️⃣ ⚠️ 5 ✓')).toEqual(['', '✅', ' Done ', '1️⃣', ' ', '⚠️', ' 5 ✓']);
  expect(['✅', '1️⃣', '⚠️', '👩‍💻'].map(pictureName)).toEqual(['2705', '31-20e3', '26a0', '1f469-200d-1f4bb']);
});

test('the composer offers commands after a slash and people after an at', () => {
  const commands = [{ command: '/pull-leads', usageHint: '<client>', description: 'Pull' }];
  const people = [
    { id: 'U1', name: 'dana', realName: 'Dana Whitfield', title: '', tz: 'UTC', color: '', isBot: false },
  ];
  expect(completionsFor('/pu', commands, people)).toMatchObject([{ insert: '/pull-leads', from: 0 }]);
  expect(completionsFor('/pull-leads lake', commands, people)).toEqual([]);
  expect(completionsFor('hello @whit', commands, people)).toMatchObject([{ insert: '@dana', from: 6 }]);
  expect(completionsFor('mail@whit', commands, people)).toEqual([]);
});
