import { connectAs, NotPossible, type Outcome, type Person, type Target, type Which } from '../client.ts';
import type { News } from '../page-api/live.ts';
import type { SeenChannel, SeenMessage, SeenView, Workspace } from '../page-api/reading.ts';
import type { Block, Json } from '../types.ts';

/** What the main pane shows. */
export type Place =
  | { readonly kind: 'channel'; readonly id: string }
  | { readonly kind: 'app'; readonly tab: 'home' | 'messages' | 'about' }
  | { readonly kind: 'files' };

/** An "are you sure?" that is open, and what happens on yes. */
export type Asking = { readonly confirm: Json; readonly yes: () => void };

export type State = {
  readonly workspace: Workspace;
  readonly channels: readonly SeenChannel[];
  /** channel → ts → message, replies included. */
  readonly messages: ReadonlyMap<string, ReadonlyMap<string, SeenMessage>>;
  readonly place: Place;
  /** The thread in the side panel. */
  readonly thread: { readonly channel: string; readonly ts: string } | null;
  readonly modals: readonly SeenView[];
  readonly home: SeenView | null;
  readonly asking: Asking | null;
  /** What went wrong where: `ts/block_id` of a click, or a modal's id for what it answered → words. */
  readonly failures: Readonly<Record<string, string>>;
  /** ts of the first message that was new when the channel was opened. */
  readonly firstNew: string | null;
  /** A message to scroll to and mark. */
  readonly highlight: string | null;
};

export type Store = {
  readonly person: Person;
  readonly get: () => State;
  readonly subscribe: (listener: () => void) => () => void;
  readonly open: (place: Place, highlight?: string) => Promise<void>;
  readonly openThread: (thread: State['thread']) => Promise<void>;
  /** Acts on an element; opens its confirm dialog first when it has one. */
  readonly act: (target: Target, which: Which, value?: unknown, seen?: readonly Block[]) => Promise<void>;
  readonly answer: (yes: boolean) => void;
  readonly fail: (where: string, words: string | null) => void;
  readonly close: () => void;
};

export const failureKey = (target: Target, block: string) => `${'id' in target ? target.id : target.ts}/${block}`;

const timedOut: Readonly<Record<string, string>> = {
  operation_timeout: 'Operation timed out. Apps need to respond within 3 seconds.',
  dispatch_failed: 'This app is not connected right now.',
};

export async function makeStore(url: string, user: string): Promise<Store> {
  const person = connectAs(url, user);
  const [workspace, modals, home] = await Promise.all([person.workspace(), person.modals(), person.homeNow()]);
  const [first] = workspace.channels;
  let state: State = {
    workspace,
    channels: workspace.channels,
    messages: new Map(),
    place: { kind: 'channel', id: first?.id ?? '' },
    thread: null,
    modals,
    home,
    asking: null,
    failures: {},
    firstNew: null,
    highlight: null,
  };
  const listeners = new Set<() => void>();
  const set = (change: Partial<State>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };

  const put = (channel: string, entries: readonly (readonly [string, SeenMessage | null])[]) => {
    const all = new Map(state.messages.get(channel));
    for (const [ts, message] of entries) {
      if (message) all.set(ts, message);
      else all.delete(ts);
    }
    const sorted = new Map([...all].toSorted(([left], [right]) => (left < right ? -1 : 1)));
    set({ messages: new Map(state.messages).set(channel, sorted) });
  };

  const shownChannel = () =>
    state.place.kind === 'channel'
      ? state.place.id
      : state.place.kind === 'app' && state.place.tab === 'messages'
        ? workspace.app.dm
        : null;

  const hear = (news: News) => {
    switch (news.kind) {
      case 'message':
        put(news.channel, [[news.ts, news.message]]);
        if (news.channel === shownChannel() && document.hasFocus()) void person.markRead(news.channel);
        else void person.channels().then((channels) => set({ channels }));
        return;
      case 'views':
        return set({ modals: news.modals });
      case 'home':
        return set({ home: news.home });
      case 'conversations':
        return set({ channels: news.channels });
      case 'reset':
        return location.reload();
    }
  };
  const stream = new EventSource(`${url}/client/stream?user=${user}`);
  stream.onmessage = (event: MessageEvent<string>) => hear(JSON.parse(event.data) as News);

  const load = async (channel: string) => {
    const found = await person.messages(channel);
    put(
      channel,
      found.map((message) => [message.ts, message]),
    );
  };

  const store: Store = {
    person,
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    open: async (place, highlight) => {
      const id =
        place.kind === 'channel'
          ? place.id
          : place.kind === 'app' && place.tab === 'messages'
            ? workspace.app.dm
            : null;
      const unread = state.channels.find((channel) => channel.id === id)?.unread ?? 0;
      const sameChannel = state.thread?.channel === id;
      set({ place, firstNew: null, highlight: highlight ?? null, ...(sameChannel ? {} : { thread: null }) });
      if (place.kind === 'app' && place.tab === 'home') await person.home();
      if (place.kind === 'app' && place.tab === 'messages') await person.openMessagesTab();
      if (id === null) return;
      await load(id);
      const heads = [...(state.messages.get(id)?.values() ?? [])].filter(
        (message) => message.threadTs === null && message.user !== user && !message.ephemeral,
      );
      set({ firstNew: unread > 0 ? (heads.at(-unread)?.ts ?? null) : null });
      await person.markRead(id);
    },

    openThread: async (thread) => {
      set({ thread });
      if (!thread) return;
      const found = await person.thread(thread);
      put(
        thread.channel,
        found.map((message) => [message.ts, message]),
      );
    },

    act: async (target, which, value, seen) => {
      const where = failureKey(target, which.blockId ?? '');
      store.fail(where, null);
      const settle = (outcome: Outcome) => {
        if (outcome.outcome === 'failed') store.fail(where, timedOut[outcome.error] ?? outcome.error);
      };
      const ask = (confirm: 'ask' | 'accept') =>
        person.click(target, which, { value, confirm, ...(seen ? { seen } : {}) });
      try {
        const outcome = await ask('ask');
        if (outcome.outcome !== 'confirm') return settle(outcome);
        set({ asking: { confirm: outcome.confirm, yes: () => void ask('accept').then(settle) } });
      } catch (error) {
        if (!(error instanceof NotPossible)) throw error;
        store.fail(where, error.message);
      }
    },

    answer: (yes) => {
      const { asking } = state;
      set({ asking: null });
      if (yes) asking?.yes();
    },

    fail: (where, words) => {
      const { [where]: _gone, ...others } = state.failures;
      set({ failures: words === null ? others : { ...others, [where]: words } });
    },

    close: () => stream.close(),
  };
  return store;
}
