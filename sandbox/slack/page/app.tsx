import { useEffect, useMemo, useState } from 'react';
import { AppView } from './app-view.tsx';
import { ChannelView } from './channel/channel.tsx';
import { FilesView } from './channel/files.tsx';
import { ThreadPanel } from './channel/thread.tsx';
import { ConfirmDialog } from './confirm.tsx';
import { Rail } from './frame/rail.tsx';
import { SideBar } from './frame/side-bar.tsx';
import { TopBar } from './frame/top-bar.tsx';
import { Modals } from './modal.tsx';
import { makeStore, type Store } from './store.ts';
import { StoreContext, useShown, useStore } from './use-store.ts';
import { Workspace } from './workspace-context.ts';

/** The page for whoever is chosen at the top right. The choice is in the address, so that two windows may be two people. */
export function App() {
  const [user, setUser] = useState(() => new URLSearchParams(location.search).get('user') ?? '');
  const [store, setStore] = useState<Store | null>(null);
  useEffect(() => {
    let made: Store | undefined;
    let gone = false;
    void start(user).then((ready) => {
      made = ready;
      if (gone) ready.close();
      else setStore(ready);
    });
    return () => {
      gone = true;
      made?.close();
    };
  }, [user]);
  if (!store) return null;
  const switchTo = (next: string) => {
    history.replaceState(null, '', `/?user=${next}`);
    setUser(next);
  };
  return (
    <StoreContext key={store.person.user} value={store}>
      <Frame onUser={switchTo} />
    </StoreContext>
  );
}

async function start(user: string): Promise<Store> {
  const store = await makeStore(location.origin, user || (document.documentElement.dataset['user'] ?? ''));
  const [, channel, digits] = /^\/archives\/(\w+)(?:\/p(\d+))?/.exec(location.pathname) ?? [];
  const [first] = store.get().channels;
  if (!channel) {
    await store.open({ kind: 'channel', id: first?.id ?? '' });
    return store;
  }
  const thread = new URLSearchParams(location.search).get('thread_ts');
  const ts = digits ? `${digits.slice(0, -6)}.${digits.slice(-6)}` : undefined;
  await store.open({ kind: 'channel', id: channel }, ts);
  if (thread) await store.openThread({ channel, ts: thread });
  return store;
}

function Frame({ onUser }: { readonly onUser: (user: string) => void }) {
  const store = useStore();
  const { workspace, channels, place, thread } = useShown();
  const now = useWorkspaceTime(workspace.now);
  const minute = Math.floor(now / 60_000);
  const context = useMemo(
    () => ({
      me: workspace.me,
      users: new Map(workspace.users.map((user) => [user.id, user])),
      channels,
      clock: { tz: workspace.users.find((user) => user.id === workspace.me)?.tz ?? 'UTC', now: minute * 60_000 },
      openChannel: (id: string) => void store.open({ kind: 'channel', id }),
    }),
    [workspace, channels, minute, store],
  );
  return (
    <Workspace value={context}>
      <div className={thread ? 'frame with-thread' : 'frame'}>
        <TopBar now={now} onUser={onUser} />
        <Rail />
        <SideBar />
        {place.kind === 'channel' && <ChannelView id={place.id} />}
        {place.kind === 'app' && <AppView tab={place.tab} />}
        {place.kind === 'files' && <FilesView />}
        <ThreadPanel />
      </div>
      <Modals />
      <ConfirmDialog />
    </Workspace>
  );
}

/** The workspace's clock runs at the machine's pace from where the server said it was. */
function useWorkspaceTime(started: number): number {
  const [since] = useState(() => Date.now());
  const [now, setNow] = useState(started);
  useEffect(() => {
    const timer = setInterval(() => setNow(started + Date.now() - since), 10_000);
    return () => clearInterval(timer);
  }, [started, since]);
  return now;
}
