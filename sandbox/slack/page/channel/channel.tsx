import { useMemo } from 'react';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icons.tsx';
import { useShown } from '../use-store.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';

export function ChannelView({ id }: { readonly id: string }) {
  const { channels } = useShown();
  const channel = channels.find((each) => each.id === id);
  if (!channel) return <main className="main" />;
  return (
    <main className="main" aria-label={`Channel ${channel.name}`}>
      <header className="pane-header">
        <h1>
          <Icon name="hash" size={20} />
          {channel.name}
        </h1>
        <p className="topic">{channel.topic}</p>
        <div className="members" title={`${channel.members.length} members`}>
          {channel.members.slice(0, 3).map((user) => (
            <Avatar key={user} user={user} size={20} />
          ))}
          <span>{channel.members.length}</span>
        </div>
      </header>
      <Conversation id={id} name={`#${channel.name}`} />
    </main>
  );
}

/** What stands above a conversation's first message. */
function Beginning({ name, topic }: { readonly name: string; readonly topic: string }) {
  const isChannel = name.startsWith('#');
  return (
    <div className="beginning">
      <h2>{name.replace('#', '# ')}</h2>
      <p>
        This is the very beginning of {isChannel ? `the ${name} channel` : `your direct messages with ${name}`}.
        {isChannel && ' Type / for what the apps here can do.'}
      </p>
      {topic !== '' && <p className="beginning-topic">{topic}</p>}
    </div>
  );
}

/** Messages and the composer of one conversation; also the app's Messages tab. */
export function Conversation({ id, name }: { readonly id: string; readonly name: string }) {
  const { messages, channels } = useShown();
  const all = messages.get(id);
  const shown = useMemo(() => [...(all?.values() ?? [])].filter((message) => message.threadTs === null), [all]);
  return (
    <>
      {/* A list of its own per conversation: the scroll position is not carried over. */}
      <MessageList key={id} messages={shown}>
        <Beginning name={name} topic={channels.find((channel) => channel.id === id)?.topic ?? ''} />
      </MessageList>
      <Composer key={`composer ${id}`} channel={id} name={name} />
    </>
  );
}
