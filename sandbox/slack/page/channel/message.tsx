import { useContext, type ReactNode } from 'react';
import type { SeenMessage } from '../../page-api/reading.ts';
import { ActingContext } from '../blocks/acting.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icons.tsx';
import { ago, momentOf, timeOf } from '../text/dates.ts';
import { characterOf } from '../text/emoji.ts';
import { Emoji, Mrkdwn } from '../text/text.tsx';
import { useShown, useStore } from '../use-store.ts';
import { Workspace } from '../workspace-context.ts';
import { FileCard } from './file-card.tsx';

const nothing = {};

/** One message. `compact`: it follows another of the same author, whose name and picture stand for both. */
export function MessageRow(props: {
  readonly message: SeenMessage;
  readonly compact: boolean;
  /** In the thread's own panel the line of replies is left out. */
  readonly inThread: boolean;
}) {
  const { message, compact } = props;
  const { clock, users } = useContext(Workspace);
  const { highlight } = useShown();
  const author = users.get(message.user);
  const time = timeOf(momentOf(message.ts), clock.tz);
  const classes = [
    'message',
    compact && 'compact',
    message.ephemeral && 'ephemeral',
    highlight === message.ts && 'marked',
  ];
  return (
    <article
      className={classes.filter(Boolean).join(' ')}
      id={`m${message.ts}`}
      aria-label={`${author?.realName ?? ''}, ${time}`}
    >
      <div className="gutter">
        {compact ? (
          <time className="hover-time">{time.replace(/ .M/, '')}</time>
        ) : (
          <Avatar user={message.user} size={36} />
        )}
      </div>
      <div className="message-body">
        {message.ephemeral && <OnlyYou message={message} />}
        {!compact && (
          <header>
            <b className="author">{author?.realName ?? message.user}</b>
            {message.isApp && <span className="app-tag">APP</span>}
            <time title={`${time} in ${clock.tz}`}>{time}</time>
          </header>
        )}
        <Content message={message} />
        {message.files.map((file) => (
          <FileCard key={file.id} file={file} />
        ))}
        {message.reactions.length > 0 && (
          <div className="reactions">
            {message.reactions.map(({ name, count }) => (
              <span key={name} className="reaction">
                <Emoji character={characterOf(name) ?? `:${name}:`} name={name} /> {count}
              </span>
            ))}
          </div>
        )}
        {!props.inThread && message.replyCount > 0 && <Replies message={message} />}
      </div>
      <Tools message={message} inThread={props.inThread} />
    </article>
  );
}

function Content({ message }: { readonly message: SeenMessage }): ReactNode {
  const store = useStore();
  const edited = message.edited && <span className="edited"> (edited)</span>;
  if (message.blocks.length === 0) {
    if (message.text === '') return null;
    return (
      <div className={`words ${message.subtype ? 'notice' : ''}`}>
        <Mrkdwn text={message.text} />
        {edited}
      </div>
    );
  }
  const acting = {
    person: store.person,
    target: message,
    choices: message.choices,
    entered: nothing,
    enter: () => undefined,
    errors: nothing as Record<string, string>,
    act: (which: Parameters<typeof store.act>[1], value?: unknown) => store.act(message, which, value, message.blocks),
  };
  return (
    <ActingContext value={acting}>
      <Blocks blocks={message.blocks} />
    </ActingContext>
  );
}

function OnlyYou({ message }: { readonly message: SeenMessage }) {
  const { person } = useStore();
  return (
    <div className="only-you">
      <Icon name="eye" size={14} /> Only visible to you
      <span aria-hidden="true"> · </span>
      <button type="button" className="plain-link" onClick={() => void person.dismiss(message)}>
        Dismiss
      </button>
    </div>
  );
}

function Replies({ message }: { readonly message: SeenMessage }) {
  const store = useStore();
  const { clock } = useContext(Workspace);
  return (
    <button type="button" className="replies" onClick={() => void store.openThread(message)}>
      {message.replyUsers.slice(0, 4).map((user) => (
        <Avatar key={user} user={user} size={24} />
      ))}
      <span className="replies-count">
        {message.replyCount} {message.replyCount === 1 ? 'reply' : 'replies'}
      </span>
      {message.latestReply && (
        <span className="replies-last">Last reply {ago(momentOf(message.latestReply), clock.now)}</span>
      )}
      <span className="replies-view">View thread</span>
      <Icon name="right" size={16} />
    </button>
  );
}

function Tools({ message, inThread }: { readonly message: SeenMessage; readonly inThread: boolean }) {
  const store = useStore();
  if (message.ephemeral) return null;
  const copy = () => {
    const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${message.channel}` : '';
    void navigator.clipboard.writeText(
      `${location.origin}/archives/${message.channel}/p${message.ts.replace('.', '')}${thread}`,
    );
  };
  return (
    <div className="tools" role="group" aria-label="Message actions">
      {!inThread && (
        <button
          type="button"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => void store.openThread(message)}
        >
          <Icon name="thread" />
        </button>
      )}
      <button type="button" aria-label="Copy link" title="Copy link" onClick={copy}>
        <Icon name="link" />
      </button>
    </div>
  );
}
