/**
 * Slack's mrkdwn as a tree (docs.slack.dev/messaging/formatting-message-text). Pure, so that the tests can read it.
 */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike' | 'quote'; readonly inner: readonly Node[] }
  | { readonly kind: 'code' | 'pre'; readonly text: string }
  | { readonly kind: 'link'; readonly href: string; readonly label: string }
  | { readonly kind: 'user' | 'channel' | 'broadcast'; readonly id: string; readonly label: string }
  | {
      readonly kind: 'date';
      readonly at: number;
      readonly format: string;
      readonly href: string;
      readonly fallback: string;
    }
  | { readonly kind: 'emoji'; readonly name: string }
  | { readonly kind: 'break' };

export function parseMrkdwn(source: string): Node[] {
  const nodes: Node[] = [];
  // Odd pieces stood between three backticks.
  source.split(/\n?```\n?([\s\S]*?)\n?```\n?/).forEach((piece, index) => {
    if (index % 2 === 1) nodes.push({ kind: 'pre', text: decode(piece) });
    else if (piece !== '') nodes.push(...paragraphs(piece));
  });
  return nodes;
}

/** Lines, with runs of `>` lines folded into quotes; `>>>` quotes all that follows. */
function paragraphs(piece: string): Node[] {
  const [before = '', rest] = piece.split(/^(?:>>>|&gt;&gt;&gt;)\s?/m, 2);
  const nodes: Node[] = [];
  let quoted: string[] = [];
  const endQuote = () => {
    if (quoted.length > 0) nodes.push({ kind: 'quote', inner: inline(quoted.join('\n')) });
    quoted = [];
  };
  const lines = before.split('\n');
  lines.forEach((line, index) => {
    const [, quotedText] = /^(?:>|&gt;)\s?(.*)$/.exec(line) ?? [];
    if (quotedText !== undefined) return void quoted.push(quotedText);
    const afterQuote = quoted.length > 0;
    endQuote();
    if (index > 0 && !afterQuote) nodes.push({ kind: 'break' });
    nodes.push(...inline(line));
  });
  endQuote();
  if (rest !== undefined) nodes.push({ kind: 'quote', inner: inline(rest) });
  return nodes;
}

const styles = [
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strike'],
] as const;

/** The first special thing in the text, what stands before it, and the rest again. */
function inline(text: string): Node[] {
  const found = [
    code(text),
    reference(text),
    ...styles.map(([mark, kind]) => styled(text, mark, kind)),
    shortcode(text),
  ]
    .filter((each) => each !== undefined)
    .toSorted((left, right) => left.start - right.start)[0];
  if (!found) return plain(text);
  return [...plain(text.slice(0, found.start)), found.node, ...inline(text.slice(found.end))];
}

type Found = { readonly start: number; readonly end: number; readonly node: Node } | undefined;

const at = (match: RegExpExecArray, node: Node): Found => ({
  start: match.index,
  end: match.index + match[0].length,
  node,
});

function code(text: string): Found {
  const match = /`([^`\n]+)`/.exec(text);
  return match ? at(match, { kind: 'code', text: decode(match[1] ?? '') }) : undefined;
}

/** `*bold*` and its like stand at the edge of words, and hold no blank at their own edges. */
function styled(text: string, mark: '*' | '_' | '~', kind: 'bold' | 'italic' | 'strike'): Found {
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}${mark}])[${mark}](?=\\S)([^${mark}\\n]*?\\S)[${mark}](?![\\p{L}\\p{N}])`,
    'u',
  );
  const match = pattern.exec(text);
  return match ? at(match, { kind, inner: inline(match[1] ?? '') }) : undefined;
}

function shortcode(text: string): Found {
  const match = /:([a-z0-9_+'-]+):/.exec(text);
  return match ? at(match, { kind: 'emoji', name: match[1] ?? '' }) : undefined;
}

/** `<@U…>`, `<#C…>`, `<!here>`, `<!date^…>`, `<https://…|label>`. */
function reference(text: string): Found {
  const match = /<([^<>\n]+)>/.exec(text);
  if (!match) return undefined;
  const [target = '', ...labels] = (match[1] ?? '').split('|');
  const label = decode(labels.join('|'));
  if (target.startsWith('@')) return at(match, { kind: 'user', id: target.slice(1), label });
  if (target.startsWith('#')) return at(match, { kind: 'channel', id: target.slice(1), label });
  if (target.startsWith('!date^')) {
    const [, seconds = '', format = '', href = ''] = target.split('^');
    return at(match, { kind: 'date', at: Number(seconds) * 1000, format, href, fallback: label });
  }
  if (target.startsWith('!')) return at(match, { kind: 'broadcast', id: target.slice(1), label });
  const href = decode(target);
  // Nothing that a browser would run; Slack, too, leaves such a thing as text.
  if (!/^(https?|mailto|tel|slack):/i.test(href)) return at(match, { kind: 'text', text: decode(match[0]) });
  return at(match, { kind: 'link', href, label: label || href });
}

function plain(text: string): Node[] {
  return text
    .split('\n')
    .flatMap((line, index): Node[] => [
      ...(index > 0 ? [{ kind: 'break' } as const] : []),
      ...(line === '' ? [] : [{ kind: 'text', text: decode(line) } as const]),
    ]);
}

/** The three characters Slack escapes. */
export const decode = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
