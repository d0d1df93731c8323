import { createContext } from 'react';
import type { SeenChannel, SeenUser } from '../page-api/reading.ts';
import type { Clock } from './text/dates.ts';

/** What every piece of text may need to know of the workspace it is shown in. */
export type WorkspaceContext = {
  readonly me: string;
  readonly users: ReadonlyMap<string, SeenUser>;
  readonly channels: readonly SeenChannel[];
  readonly clock: Clock;
  readonly openChannel: (id: string) => void;
};

export const Workspace = createContext<WorkspaceContext>({
  me: '',
  users: new Map(),
  channels: [],
  clock: { tz: 'UTC', now: 0 },
  openChannel: () => undefined,
});
