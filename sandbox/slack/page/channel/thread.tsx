import { useLayoutEffect, useMemo, useRef } from 'react';
import { Icon } from '../parts/icons.tsx';
import { useShown, useStore } from '../use-store.ts';
import { Composer } from './composer.tsx';
import { follows } from './message-list.tsx';
import { MessageRow } from './message.tsx';

/** The side panel: a message and its replies. */
export function ThreadPanel() {
  const store = useStore();
  const { thread, messages, channels } = useShown();
  const end = useRef<HTMLDivElement>(null);
  const all = thread ? messages.get(thread.channel) : undefined;
  const shown = useMemo(
    () => [...(all?.values() ?? [])].filter((message) => message.ts === thread?.ts || message.threadTs === thread?.ts),
    [all, thread?.ts],
  );
  const { length } = shown;
  useLayoutEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [length]);
  if (!thread) return null;
  const [head, ...replies] = shown;
  const name = channels.find((channel) => channel.id === thread.channel)?.name ?? '';
  return (
    <aside className="thread" aria-label="Thread">
      <header className="pane-header">
        <h2>Thread</h2>
        <p className="topic">{name === 'directmessage' ? '' : `# ${name}`}</p>
        <button
          type="button"
          className="icon-button"
          aria-label="Close thread"
          onClick={() => void store.openThread(null)}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="thread-scroll" tabIndex={0} role="log" aria-label="Thread messages">
        {head && <MessageRow message={head} compact={false} inThread />}
        {replies.length > 0 && (
          <div className="reply-line" role="separator">
            <span>
              {replies.length} {replies.length === 1 ? 'reply' : 'replies'}
            </span>
          </div>
        )}
        {replies.map((message, index) => (
          <MessageRow key={message.ts} message={message} compact={follows(replies[index - 1], message)} inThread />
        ))}
        <div ref={end} />
      </div>
      <Composer key={thread.ts} channel={thread.channel} name={name} threadTs={thread.ts} />
    </aside>
  );
}
