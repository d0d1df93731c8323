import { createContext, useContext } from 'react';
import type { Target, Which } from '../../client.ts';
import { initialOf } from '../../page-api/state.ts';
import type { Block, Choices, Json } from '../../types.ts';
import type { Person } from '../../client.ts';

/** What an element on the screen can do: it belongs to a message, a modal or the Home tab. */
export type Acting = {
  readonly person: Person;
  readonly target: Target;
  /** What this person has chosen here, as the server knows it. */
  readonly choices: Choices;
  /** In a modal: what is entered but not sent yet, `block_id/action_id` → value. */
  readonly entered: Readonly<Record<string, unknown>>;
  readonly enter: (key: string, value: unknown) => void;
  /** In a modal: words under a field. */
  readonly errors: Readonly<Record<string, string>>;
  readonly act: (which: Which, value?: unknown) => Promise<void>;
};

export const ActingContext = createContext<Acting | null>(null);

export function useActing(): Acting {
  const acting = useContext(ActingContext);
  if (!acting) throw new Error('An element outside of any message or view.');
  return acting;
}

/** One element's value and how to change it: kept for the submit in an input block, sent at once anywhere else. */
export function useElement(block: Block, element: Json) {
  const { choices, entered, enter, act } = useActing();
  const actionId = String(element['action_id']);
  const key = `${block.block_id}/${actionId}`;
  const which: Which = { blockId: block.block_id, actionId };
  const isInput = block.type === 'input';
  const known = choices[block.block_id]?.[actionId];
  const value = entered[key] ?? (known === undefined ? initialOf(element) : known);
  return {
    id: key,
    which,
    value,
    isInput,
    dispatches: !isInput || block['dispatch_action'] === true,
    set: (next: unknown) => {
      if (isInput) enter(key, next);
      if (!isInput || block['dispatch_action'] === true) void act(which, next);
    },
    /** Keeps what is typed without sending it. */
    keep: (next: unknown) => enter(key, next),
    send: (next: unknown) => act(which, next),
  };
}
