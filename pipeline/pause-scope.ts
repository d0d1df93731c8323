import type { DueKind } from './calendar/hours.ts';
import { argsOf, type WorkflowName } from './kinds.ts';
import type { Pause, PauseScope } from './ports/pauses.ts';

/** Kinds of runs that can be paused by themselves, by the words people use for them. */
export const pauseWords = {
  pull: 'pull-leads',
  upload: 'upload',
  evergreen: 'evergreen',
  monday: 'weekly',
  monthly: 'monthly',
  intent: 'intent',
  check: 'check',
} as const satisfies Readonly<Record<string, WorkflowName>>;
type Pausable = (typeof pauseWords)[keyof typeof pauseWords];

/** By the word people use (`pull`), or the kind's own name (`pull-leads`). */
export function pausableOf(typed: string): WorkflowName | null {
  const wanted = typed.toLowerCase();
  const found = Object.entries(pauseWords).find(([word, name]) => word === wanted || name === wanted);
  return found?.[1] ?? null;
}

type Scope = Pick<Pause, 'client' | 'workflow'>;

/** The scope as it is typed: a client's slug, a workflow's word, `everything`. */
export function scopeWord({ client, workflow }: Scope): string {
  if (client !== null) return pausableOf(client) === null && client !== 'all' ? client : `client ${client}`;
  // `all` may be a client's name, too.
  if (workflow === null) return 'everything';
  return Object.entries(pauseWords).find(([, name]) => name === workflow)?.[0] ?? workflow;
}

/** Due times of which a pause of that kind of run passes something over. */
const dueOf: Readonly<Record<Pausable, readonly DueKind[]>> = {
  'pull-leads': ['monthly'],
  upload: ['monday'],
  evergreen: ['monday'],
  weekly: ['monday'],
  monthly: ['monthly'],
  intent: ['intent'],
  check: ['check'],
};

/** The due times of which a pause passes something over: all of one, or its client's part. */
export function dueKindsOf({ client, workflow }: Scope): readonly DueKind[] {
  if (client !== null) return ['monthly', 'monday'];
  if (workflow === null) return ['monthly', 'monday', 'intent', 'check'];
  return Object.entries(dueOf).find(([name]) => name === workflow)?.[1] ?? [];
}

/** Whether a pause keeps such a run from being started. */
export const holds = (pause: Scope, scope: PauseScope): boolean =>
  (pause.client === null || pause.client === scope.client) &&
  (pause.workflow === null || pause.workflow === scope.workflow);

/**
 * What a run counts as for pauses: PT5 by command is a Monday's run that only attaches. Null: nothing pauses it, because it
 * takes back what was done.
 */
export function pauseScopeOf(run: {
  readonly workflow: WorkflowName;
  readonly client: string | null;
  readonly args: Readonly<Record<string, unknown>>;
}): PauseScope | null {
  const { workflow, client } = run;
  if (workflow === 'evergreen-undo') return null;
  const week = argsOf('weekly', run);
  if (!week) return { workflow, client };
  const [only = null, ...more] = week.clients ?? [];
  return { workflow: week.uploads ? 'weekly' : 'evergreen', client: more.length === 0 ? only : null };
}
