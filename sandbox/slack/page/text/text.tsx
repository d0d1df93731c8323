import { useContext, useState, type ReactNode } from 'react';
import { Workspace } from '../workspace-context.ts';
import { slackDate } from './dates.ts';
import { characterOf, pictureName, splitEmoji } from './emoji.ts';
import { parseMrkdwn, type Node } from './mrkdwn.ts';

/** Slack's own pictures for emoji where the server has a set, else the system's font. */
const hasPictures = document.documentElement.dataset['emoji'] === 'pictures';

export function Emoji({ character, name }: { readonly character: string; readonly name?: string }) {
  const [failed, setFailed] = useState(false);
  if (!hasPictures || failed) {
    return (
      <span className="emoji" role="img" aria-label={name ?? character}>
        {character}
      </span>
    );
  }
  return (
    <img
      className="emoji"
      src={`/emoji/${pictureName(character)}.svg`}
      alt={name ? `:${name}:` : character}
      onError={() => setFailed(true)}
    />
  );
}

/** Text in which only emoji characters are special. */
export function Words({ text }: { readonly text: string }) {
  return splitEmoji(text).map((piece, index) => (index % 2 === 1 ? <Emoji key={index} character={piece} /> : piece));
}

/** A `plain_text` object: shortcodes and line breaks, no formatting. */
export function Plain({ text }: { readonly text: string }) {
  return text.split(/(:[a-z0-9_+'-]+:|\n)/).map((piece, index) => {
    if (piece === '\n') return <br key={index} />;
    const character = /^:.*:$/.test(piece) ? characterOf(piece.slice(1, -1)) : undefined;
    if (character) return <Emoji key={index} character={character} name={piece.slice(1, -1)} />;
    return <Words key={index} text={piece} />;
  });
}

export function Mrkdwn({ text }: { readonly text: string }) {
  return <Nodes nodes={parseMrkdwn(text)} />;
}

function Nodes({ nodes }: { readonly nodes: readonly Node[] }) {
  return nodes.map((node, index) => <One key={index} node={node} />);
}

function One({ node }: { readonly node: Node }): ReactNode {
  const { users, channels, me, clock, openChannel } = useContext(Workspace);
  switch (node.kind) {
    case 'text':
      return <Words text={node.text} />;
    case 'break':
      return <br />;
    case 'bold':
      return <b>{<Nodes nodes={node.inner} />}</b>;
    case 'italic':
      return <i>{<Nodes nodes={node.inner} />}</i>;
    case 'strike':
      return <s>{<Nodes nodes={node.inner} />}</s>;
    case 'quote':
      return <blockquote>{<Nodes nodes={node.inner} />}</blockquote>;
    case 'code':
      return <code>{node.text}</code>;
    case 'pre':
      return <pre>{node.text}</pre>;
    case 'link':
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer">
          <Words text={node.label} />
        </a>
      );
    case 'user':
      return (
        <span className={node.id === me ? 'mention mention-me' : 'mention'}>
          @{users.get(node.id)?.realName ?? (node.label || node.id)}
        </span>
      );
    case 'channel':
      return (
        <button type="button" className="mention" onClick={() => openChannel(node.id)}>
          #{channels.find((channel) => channel.id === node.id)?.name ?? (node.label || node.id)}
        </button>
      );
    case 'broadcast':
      return <span className="mention mention-me">@{node.label || node.id}</span>;
    case 'date': {
      const words = slackDate(node.at, node.format, clock);
      return (
        <time dateTime={new Date(node.at).toISOString()}>{node.href ? <a href={node.href}>{words}</a> : words}</time>
      );
    }
    case 'emoji': {
      const character = characterOf(node.name);
      return character ? <Emoji character={character} name={node.name} /> : `:${node.name}:`;
    }
  }
}
