import { useMemo, useRef, useState } from 'react';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icons.tsx';
import { Popover } from '../parts/popover.tsx';
import { timeOf } from '../text/dates.ts';
import { useShown, useStore } from '../use-store.ts';
import { UserSwitcher } from './user-switcher.tsx';

export function TopBar(props: { readonly now: number; readonly onUser: (user: string) => void }) {
  const { workspace } = useShown();
  const me = workspace.users.find((user) => user.id === workspace.me);
  return (
    <header className="top-bar">
      <span className="stand-in" title="A stand-in for Slack, for development. Nothing here leaves this machine.">
        stand-in
      </span>
      <Search />
      <span className="zone" title="Every time on this page is in this person’s zone">
        <Icon name="clock" size={14} />
        {timeOf(props.now, me?.tz ?? 'UTC')} · {(me?.tz ?? 'UTC').split('/').at(-1)?.replaceAll('_', ' ')}
      </span>
      <UserSwitcher onUser={props.onUser} />
    </header>
  );
}

/** Finds words in the channels opened so far. */
function Search() {
  const store = useStore();
  const { workspace, messages, channels } = useShown();
  const [query, setQuery] = useState('');
  const anchor = useRef<HTMLLabelElement>(null);
  const found = useMemo(() => {
    const wanted = query.trim().toLowerCase();
    if (wanted.length < 2) return [];
    return [...messages.values()]
      .flatMap((all) => [...all.values()])
      .filter((message) => `${message.text} ${JSON.stringify(message.blocks)}`.toLowerCase().includes(wanted))
      .toReversed()
      .slice(0, 12);
  }, [messages, query]);
  return (
    <label className="search" ref={anchor}>
      <Icon name="search" size={16} />
      <input
        value={query}
        aria-label="Search messages"
        placeholder={`Search ${workspace.team.name}`}
        onChange={(event) => setQuery(event.target.value)}
      />
      {query.trim().length >= 2 && (
        <Popover anchor={anchor} onClose={() => setQuery('')}>
          <ul className="options">
            {found.length === 0 && <li className="options-none">Nothing found in the channels you have opened</li>}
            {found.map((message) => (
              <li key={message.ts}>
                <button
                  type="button"
                  className="option"
                  onClick={() => {
                    setQuery('');
                    void store.open({ kind: 'channel', id: message.channel }, message.threadTs ?? message.ts);
                  }}
                >
                  <Avatar user={message.user} size={20} />
                  <span className="option-words">
                    {message.text.slice(0, 90)}
                    <small># {channels.find((channel) => channel.id === message.channel)?.name}</small>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </Popover>
      )}
    </label>
  );
}
