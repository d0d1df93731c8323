import type { ReactNode } from 'react';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icons.tsx';
import type { Place } from '../store.ts';
import { useShown, useStore } from '../use-store.ts';

export function SideBar() {
  const { workspace, channels, place } = useShown();
  const rooms = channels.filter((channel) => channel.kind === 'channel');
  const dm = channels.find((channel) => channel.id === workspace.app.dm);
  return (
    <nav className="side-bar" aria-label="Channels and apps">
      <h2 className="workspace-name">
        {workspace.team.name} <Icon name="down" size={16} />
      </h2>
      <h3>Channels</h3>
      <ul>
        {rooms.map((channel) => (
          <Entry
            key={channel.id}
            to={{ kind: 'channel', id: channel.id }}
            active={place.kind === 'channel' && place.id === channel.id}
            unread={channel.unread}
            badge={channel.mentions}
            label={channel.name}
          >
            <Icon name="hash" size={16} />
          </Entry>
        ))}
      </ul>
      <h3>Direct messages</h3>
      <ul>
        <Entry
          to={{ kind: 'app', tab: 'messages' }}
          active={place.kind === 'app' && place.tab === 'messages'}
          unread={dm?.unread ?? 0}
          badge={dm?.unread ?? 0}
          label={workspace.app.name}
        >
          <Avatar user={workspace.app.botUser} size={20} />
        </Entry>
        {workspace.users
          .filter((user) => !user.isBot)
          .map((user) => (
            <li key={user.id}>
              <span className="entry entry-person">
                <Avatar user={user.id} size={20} />
                <span className="entry-label">
                  {user.realName}
                  {user.id === workspace.me && <small> you</small>}
                </span>
              </span>
            </li>
          ))}
      </ul>
      <h3>Apps</h3>
      <ul>
        <Entry
          to={{ kind: 'app', tab: 'home' }}
          active={place.kind === 'app' && place.tab !== 'messages'}
          unread={0}
          badge={0}
          label={workspace.app.name}
        >
          <Avatar user={workspace.app.botUser} size={20} />
        </Entry>
      </ul>
    </nav>
  );
}

function Entry(props: {
  readonly to: Place;
  readonly active: boolean;
  readonly unread: number;
  readonly badge: number;
  readonly label: string;
  readonly children: ReactNode;
}) {
  const store = useStore();
  const { active, unread, badge } = props;
  return (
    <li>
      <button
        type="button"
        className={['entry', active && 'active', !active && unread > 0 && 'unread'].filter(Boolean).join(' ')}
        aria-current={active ? 'page' : undefined}
        onClick={() => void store.open(props.to)}
      >
        {props.children}
        <span className="entry-label">{props.label}</span>
        {!active && badge > 0 && <span className="badge">{badge}</span>}
      </button>
    </li>
  );
}
