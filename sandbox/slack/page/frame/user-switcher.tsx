import { useRef, useState } from 'react';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icons.tsx';
import { Popover } from '../parts/popover.tsx';
import { useShown } from '../use-store.ts';

/** Who looks at this page: Slack has no such thing, a stand-in needs it, so that every role can be tried in one window. */
export function UserSwitcher({ onUser }: { readonly onUser: (user: string) => void }) {
  const { workspace } = useShown();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const me = workspace.users.find((user) => user.id === workspace.me);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className="switcher"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={`Signed in as ${me?.realName ?? ''}. Switch user`}
        onClick={() => setOpen(!open)}
      >
        <Avatar user={workspace.me} size={26} />
        <span>{me?.realName}</span>
        <Icon name="down" size={16} />
      </button>
      {open && (
        <Popover anchor={anchor} align="end" className="switcher-menu" onClose={() => setOpen(false)}>
          <h3>Look at this workspace as</h3>
          <ul role="menu" className="options">
            {workspace.users
              .filter((user) => !user.isBot)
              .map((user) => (
                <li key={user.id} role="none">
                  <button
                    type="button"
                    role="menuitemradio"
                    aria-checked={user.id === workspace.me}
                    className="option"
                    onClick={() => {
                      setOpen(false);
                      onUser(user.id);
                    }}
                  >
                    <Avatar user={user.id} size={32} />
                    <span className="option-words">
                      {user.realName}
                      <small>{user.title}</small>
                    </span>
                    {user.id === workspace.me && <Icon name="check" size={16} />}
                  </button>
                </li>
              ))}
          </ul>
        </Popover>
      )}
    </>
  );
}
