/**
 * A person at this Slack, as functions: what the page does, what the demo plays and what the tests do, over the same HTTP
 * routes. Runs in node and in the browser.
 */
import type { Outcome, Where, Which } from './page-api/acting.ts';
import type { Submitted } from './page-api/modals.ts';
import type { SeenChannel, SeenFile, SeenMessage, SeenView, Workspace } from './page-api/reading.ts';
import type { Block, Json } from './types.ts';

export type { Outcome, Submitted, SeenChannel, SeenFile, SeenMessage, SeenView, Workspace, Which };

/** A message (or its place), or an open view. */
export type Target = { readonly channel: string; readonly ts: string } | { readonly id: string };

export type ClickOptions = {
  /** What to do when the element asks "are you sure?". Default `accept`; `ask` answers the dialog's content instead. */
  readonly confirm?: 'accept' | 'deny' | 'ask';
  /** For elements that hold a value: an option's `value` (or text), a list of them, a day, a text. */
  readonly value?: unknown;
  /** The blocks on this person's screen, if they may be older than the message now is. */
  readonly seen?: readonly Block[];
};

export type Person = {
  readonly user: string;
  readonly workspace: () => Promise<Workspace>;
  readonly channels: () => Promise<SeenChannel[]>;
  /** Types into the channel's composer and presses Enter: a message, or `/a-command with arguments`. */
  readonly say: (channel: string, text: string, threadTs?: string) => Promise<void>;
  /** What this person sees in a channel, oldest first: private notes to them included, replies in threads left out. */
  readonly messages: (channel: string) => Promise<SeenMessage[]>;
  /** A thread: its head, then the replies. */
  readonly thread: (message: { readonly channel: string; readonly ts: string }) => Promise<SeenMessage[]>;
  /**
   * Clicks or chooses. `which`: the words on the element or its action_id as a string, or an object when that is not enough
   * (`{ actionId: 'approve', carrying: 's3' }`).
   */
  readonly click: (target: Target, which: string | Which, options?: ClickOptions) => Promise<Outcome>;
  /** What an external select offers for `query`. */
  readonly options: (target: Target, which: Which, query: string) => Promise<Json[]>;
  /** The open modals, root first. */
  readonly modals: () => Promise<SeenView[]>;
  /** Enters values without sending: keys are labels, action_ids or block_ids. */
  readonly fill: (values: Json) => Promise<void>;
  /** Sends the top modal, with these values on top of what was entered. */
  readonly submit: (values?: Json) => Promise<Submitted>;
  /** Cancel: the top modal goes. `everything`: the cross, all of them go. */
  readonly close: (everything?: boolean) => Promise<void>;
  /** Opens the app's Home tab and answers what is published there now (`null`: nothing yet). */
  readonly home: () => Promise<SeenView | null>;
  /** Reads the Home tab without opening it anew. */
  readonly homeNow: () => Promise<SeenView | null>;
  /** Opens the app's Messages tab. */
  readonly openMessagesTab: () => Promise<void>;
  readonly files: (channel?: string) => Promise<SeenFile[]>;
  readonly download: (file: SeenFile) => Promise<string>;
  /** Takes away a private note. */
  readonly dismiss: (message: SeenMessage) => Promise<void>;
  readonly markRead: (channel: string) => Promise<void>;
  /**
   * Looks, and looks again whenever something moves, until `look` finds something (anything but `undefined`, `null`,
   * `false`). Throws after `timeoutMs` (default 30 s), saying what it waited for.
   */
  readonly waitFor: <Found>(
    what: string,
    look: () => Promise<Found | undefined | null | false>,
    timeoutMs?: number,
  ) => Promise<Found>;
};

/** The stand-in answered no: what the person tried cannot be done, in words. */
export class NotPossible extends Error {}

export function connectAs(url: string, user: string): Person {
  const ask = async <Result>(path: string, init?: RequestInit): Promise<Result> => {
    const response = await fetch(`${url}/client/${path}`, init);
    const answer = (await response.json()) as { ok: true; result: Result } | { ok: false; error: string };
    if (!answer.ok) throw new NotPossible(answer.error);
    return answer.result;
  };
  const read = <Result>(what: string, query: Record<string, string> = {}) =>
    ask<Result>(`${what}?${new URLSearchParams({ user, ...query }).toString()}`);
  const send = <Result = null>(what: string, body: Json = {}) =>
    ask<Result>(what, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user, ...body }),
    });

  const click = async (target: Target, which: string | Which, options: ClickOptions = {}): Promise<Outcome> => {
    const { confirm = 'accept', value, seen } = options;
    const named: Which = typeof which === 'string' ? { called: which } : which;
    const act = (confirmed: boolean) =>
      send<Outcome>('act', { where: whereOf(target), which: named, value, confirmed, seen });
    const first = await act(false);
    return first.outcome === 'confirm' && confirm === 'accept' ? act(true) : first;
  };

  const person: Person = {
    user,
    workspace: () => read('workspace'),
    channels: () => read('channels'),
    say: (channel, text, threadTs) => discard(send('say', { channel, text, threadTs })),
    messages: (channel) => read('messages', { channel }),
    thread: ({ channel, ts }) => read('messages', { channel, thread: ts }),
    click,
    options: (target, which, query) => send('suggest', { where: whereOf(target), which, query }),
    modals: () => read('modals'),
    fill: (values) => discard(send('fill', { values })),
    submit: (values = {}) => send('submit', { values }),
    close: (everything = false) => discard(send('close', { whole: everything })),
    home: async () => {
      await send('home', { tab: 'home' });
      return person.homeNow();
    },
    homeNow: () => read('home'),
    openMessagesTab: () => discard(send('home', { tab: 'messages' })),
    files: (channel) => read('files', channel === undefined ? {} : { channel }),
    download: async (file) => (await fetch(`${url}${file.href}`)).text(),
    dismiss: ({ channel, ts }) => discard(send('dismiss', { channel, ts })),
    markRead: (channel) => discard(send('read', { channel })),
    waitFor: (what, look, timeoutMs = 30_000) => waitFor(url, what, look, timeoutMs),
  };
  return person;
}

const discard = async (work: Promise<unknown>): Promise<void> => {
  await work;
};

const whereOf = (target: Target): Where =>
  'id' in target ? { viewId: target.id } : { channel: target.channel, ts: target.ts };

/** What is waited for may also be outside this Slack: look again after so many milliseconds though nothing moved here. */
const longestNap = 250;

async function waitFor<Found>(
  url: string,
  what: string,
  look: () => Promise<Found | undefined | null | false>,
  timeoutMs: number,
): Promise<Found> {
  const deadline = Date.now() + timeoutMs;
  let revision = -1;
  for (;;) {
    // Asked before looking, so that what moves in between wakes the next wait at once.
    const next = await changed(url, revision, Math.min(Math.max(deadline - Date.now(), 1), longestNap));
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() >= deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
    revision = next;
  }
}

/** The workspace's revision, as soon as it is above `after`; after `patience` in any case. */
async function changed(url: string, after: number, patience: number): Promise<number> {
  try {
    const response = await fetch(`${url}/client/changes?after=${after}`, { signal: AbortSignal.timeout(patience) });
    return ((await response.json()) as { result: { revision: number } }).result.revision;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return after;
    throw error;
  }
}
