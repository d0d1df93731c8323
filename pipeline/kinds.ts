import { z } from 'zod';
import { DayText } from './calendar/day-types.ts';
import type { DueKind } from './calendar/hours.ts';
import { CheckFacts, ToldOwner } from './check-facts.ts';
import { InvalidInput } from './errors.ts';
import { GapFacts } from './gap-report.ts';
import { IntentFacts } from './intent/facts.ts';
import { MonthlyFacts } from './monthly-facts.ts';
import { EvergreenFacts, UndoFacts, UploadFacts, WeeklyFacts } from './uploads/facts.ts';
import type { Client, Day, Month, RenewalWindow } from './vocabulary.ts';

/*
 * The kinds of runs there are. A new workflow is its line here and its function in workflows/index.ts; whatever else has to
 * know of it (its card, its words) is a record over WorkflowName, so that the compiler leads there.
 */

/** Where the card of a run goes that was not asked for in a channel: with `client` the client's, then client success. */
export type CardPlace = 'client' | 'client success' | 'intent';

type Kind<Key, Args, ArgsGiven, Facts> = {
  /** As people read it. */
  readonly title: string;
  /** What may be live only once: `pull:acme:2026-12`. Rows hold it, so the wording of a key must not change. */
  readonly key: (of: Key) => string;
  /** What it is started with. Rows are read years later, so a new argument is optional or has a default. */
  readonly args: z.ZodType<Args, ArgsGiven>;
  /** What a run knows of itself, kept in its summary and shown on its card. */
  readonly facts: z.ZodType<Facts>;
  /** Never waits for a person: where one is needed it fails and says so, because tomorrow's run takes its place. */
  readonly unattended: boolean;
  readonly card: CardPlace;
};

type OfMonth = { readonly client: Client['slug']; readonly month: Month; readonly dryRun?: boolean };
type OfWindow = {
  readonly client: Client['slug'];
  readonly window: Pick<RenewalWindow, 'start'>;
  readonly dryRun?: boolean;
};
type OfMonday = {
  readonly monday: Day;
  /** PT5 alone, by command: of this client, or of `all`. */
  readonly evergreen?: string;
  /** One client's part of it, which a pause had passed over. */
  readonly only?: string;
  readonly dryRun?: boolean;
};

/** A preview has a key of its own, so that it blocks no real run. */
const aside = (key: string, dryRun = false) => (dryRun ? `${key}:preview` : key);

const lines = {
  /** PT1 to PT3 of a client's month. A dry run has its key too: it counts at the same logins. */
  'pull-leads': {
    title: 'Lead pull',
    key: ({ client, month }: Omit<OfMonth, 'dryRun'>) => `pull:${client}:${month}`,
    args: z.object({
      /** Export again what is stored already. */
      refresh: z.boolean().default(false),
    }),
    facts: z.object({ gapFacts: GapFacts }),
    unattended: false,
    card: 'client',
  },
  /** PT4 of a client's month. */
  upload: {
    title: 'Upload',
    key: ({ client, month, dryRun }: OfMonth) => aside(`upload:${client}:${month}`, dryRun),
    args: z.object({}),
    facts: z.object({ upload: UploadFacts }),
    unattended: false,
    card: 'client',
  },
  /** PT5 of a client's window. */
  evergreen: {
    title: 'Evergreen',
    key: ({ client, window, dryRun }: OfWindow) => aside(`evergreen:${client}:${window.start}`, dryRun),
    args: z.object({
      /** First day of the window. */
      window: DayText,
      /** **Attach again**: its lists were attached, and that was undone. */
      again: z.boolean().default(false),
    }),
    facts: z.object({
      evergreen: EvergreenFacts,
      /** It was taken back since, by another run. */
      undone: z.object({ by: z.string().nullable(), run: z.string().optional() }).optional(),
    }),
    unattended: false,
    card: 'client',
  },
  /** Takes a run of PT5 back. */
  'evergreen-undo': {
    title: 'Evergreen undo',
    key: ({ client, window }: Omit<OfWindow, 'dryRun'>) => `undo:${client}:${window.start}`,
    args: z.object({
      /** The run of PT5 that is taken back. */
      of: z.string(),
    }),
    facts: z.object({ undo: UndoFacts }),
    unattended: false,
    card: 'client',
  },
  /** A Monday of the calendar (PT4 where it is due, then PT5), or PT5 by command. */
  weekly: {
    title: 'Monday run',
    key: ({ monday, evergreen, only, dryRun }: OfMonday) => {
      const part = evergreen !== undefined ? `:evergreen:${evergreen}` : only === undefined ? '' : `:only:${only}`;
      return aside(`weekly:${monday}${part}`, dryRun);
    },
    args: z.object({
      monday: DayText,
      /** Slugs; null: every active client. */
      clients: z.array(z.string()).nullable().default(null),
      /** PT4 before PT5. */
      uploads: z.boolean().default(true),
      /** The due time of the calendar it was started for. */
      due: z.string().optional(),
    }),
    facts: z.object({ weekly: WeeklyFacts }),
    unattended: false,
    card: 'client success',
  },
  /** The 15th: PT1 to PT3 of every active client, a run each. */
  monthly: {
    title: 'Monthly pull',
    key: ({ month, dryRun }: { readonly month: Month; readonly dryRun?: boolean }) => aside(`monthly:${month}`, dryRun),
    args: z.object({
      /** The due time of the calendar it was started for. */
      due: z.string().optional(),
    }),
    facts: z.object({ monthly: MonthlyFacts }),
    unattended: false,
    card: 'client success',
  },
  /** Every vendor login signs in, reaches the page its work begins on, and leaves. */
  check: {
    title: 'Sign-in check',
    /** A look at one does not keep the evening's look at all from beginning. */
    key: ({ login }: { readonly login: string | null }) => (login === null ? 'check' : `check:${login}`),
    args: z.object({
      /** One login (`cole:TX`), or every one of a vendor (`cole`); null: every one. */
      login: z.string().nullable().default(null),
      /** The due time of the calendar it was started for. */
      due: z.string().optional(),
    }),
    facts: z.object({ check: CheckFacts, told: z.array(ToldOwner).default([]) }),
    unattended: true,
    card: 'client success',
  },
  /** A poll for buying intent: one at a time, whoever asks for it. */
  intent: {
    title: 'Intent polling',
    key: ({ dryRun }: { readonly dryRun?: boolean }) => aside('intent', dryRun),
    args: z.object({
      /** The file is posted in Slack only. */
      noEmail: z.boolean().default(false),
      /** The day of the calendar it was started for. */
      due: z.string().optional(),
    }),
    facts: z.object({
      intent: IntentFacts,
      /** Credits that were not there: it was skipped. */
      needed: z.number().optional(),
    }),
    unattended: true,
    card: 'intent',
  },
  /** Delivers the batch of a poll once more. */
  'intent-send': {
    title: 'Intent mail',
    key: ({ batch }: { readonly batch: string }) => `intent-send:${batch}`,
    args: z.object({ batch: z.string(), by: z.enum(['email', 'slack']) }),
    facts: z.object({ batch: z.string() }),
    unattended: true,
    card: 'intent',
  },
} as const satisfies Record<string, Kind<never, unknown, unknown, unknown>>;

type Lines = typeof lines;
export type WorkflowName = keyof Lines;

/** What a run of this kind is started with, as its workflow has it. */
export type ArgsOf<Name extends WorkflowName> = z.output<Lines[Name]['args']>;
/** The same as it is given to start one: what has a default may be left out. */
export type ArgsGiven<Name extends WorkflowName> = z.input<Lines[Name]['args']>;
export type FactsOf<Name extends WorkflowName> = z.output<Lines[Name]['facts']>;

export const kinds: {
  readonly [Name in WorkflowName]: Kind<
    Parameters<Lines[Name]['key']>[0],
    ArgsOf<Name>,
    ArgsGiven<Name>,
    FactsOf<Name>
  >;
} = lines;

// Nothing else is in the object.
export const workflowNames = Object.keys(lines) as readonly WorkflowName[];

/** The kind of run that a due time starts. */
export const workflowOf: Readonly<Record<DueKind, WorkflowName>> = {
  monthly: 'monthly',
  monday: 'weekly',
  intent: 'intent',
  check: 'check',
};

type Stored = { readonly workflow: WorkflowName; readonly args: Readonly<Record<string, unknown>> };

/**
 * What the run was started with, for its workflow.
 * @throws InvalidInput where the row holds something else
 */
export function readArgs<Name extends WorkflowName>(name: Name, args: Stored['args']): ArgsOf<Name> {
  const read = kinds[name].args.safeParse(args);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new InvalidInput(`${kinds[name].title} cannot be done with what it was started with (${wrong}).`, {
    todo: 'Nothing was done. Start it anew.',
  });
}

/** For whoever looks at runs of several kinds: null for a run of another kind, and where nobody can read it. */
export function argsOf<Name extends WorkflowName>(name: Name, run: Stored): ArgsOf<Name> | null {
  return run.workflow === name ? (kinds[name].args.safeParse(run.args).data ?? null) : null;
}

/** What the run knows of itself; null for a run of another kind, and where it does not know yet. */
export function factsOf<Name extends WorkflowName>(
  name: Name,
  run: { readonly workflow: WorkflowName; readonly summary: Readonly<Record<string, unknown>> },
): FactsOf<Name> | null {
  return run.workflow === name ? (kinds[name].facts.safeParse(run.summary).data ?? null) : null;
}
