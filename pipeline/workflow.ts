import { InvalidInput, LeadOpsError } from './errors.ts';
import type { ArgsOf, FactsOf, WorkflowName } from './kinds.ts';
import type { Phase } from './phases.ts';
import type { Ports } from './ports/index.ts';
import type { Answer, Question } from './questions.ts';
import type { Progress, Run } from './run.ts';
import type { Client } from './vocabulary.ts';

/**
 * What a workflow has of the world. Everything impure is inside `step`, `once` or `ask`; the run starts again from the
 * top after a crash, a retry or an answer, and whatever is finished answers from its row.
 */
export type RunContext<Who extends Client | null = Client, Used = Ports> = {
  readonly run: Run;
  /** Whom it is done for; null where a workflow serves all of them, or none. */
  readonly client: Who;
  /** What it uses of them (ports/using.ts). */
  readonly ports: Used;
  /** Business time, the same at every reading of one run. */
  readonly now: Date;
  readonly signal: AbortSignal;
  /** Reads, and our own writes that may repeat. The output is kept as JSON: ids, counts, file keys. */
  readonly step: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /**
   * An act the outside sees. `started` is written first; finding it without `done`, `check` asks the vendor whether it
   * happened: its answer is the output, `undefined` means it did not, and a NeedsHuman asks a person.
   */
  readonly once: <T>(name: string, work: () => Promise<T>, check: () => Promise<T | undefined>) => Promise<T>;
  /** Writes the questions of a round, so that what is said about them shows them; `ask` waits for the answers. */
  readonly openRound: (round: string, questions: readonly Question[]) => Promise<void>;
  /**
   * Puts questions to people. Answers when at least one is decided, or nothing is left to decide; until then the run
   * waits and gives its place back.
   */
  readonly ask: (round: string, questions: readonly Question[]) => Promise<readonly Answer[]>;
  /**
   * Looks again and again until `look` answers, and is remembered like a step. Between two looks the run sleeps and gives
   * its place back: it starts again from the top at the next one. The answer is undefined when the time is up.
   */
  readonly until: <T>(
    name: string,
    look: () => Promise<T | undefined>,
    wait: { readonly everyMs: number; readonly atMostMs: number },
  ) => Promise<T | undefined>;
  /** Where the run stands now. Cheap: the card follows at its own pace. */
  readonly progress: (progress: Omit<Progress, 'finished' | 'phase'> & { readonly phase: Phase }) => void;
  /** The phase is over, in a few words. */
  readonly finished: (phase: Phase, outcome: string) => void;
};

/**
 * What a function has that runs inside a step: it reaches the outside, and has no steps of its own. A lint rule keeps it
 * there (src/setup/lint/impure-calls.mjs).
 */
export type InStep<Who extends Client | null = Client, Used = Ports> = Omit<
  RunContext<Who, Used>,
  'step' | 'once' | 'until' | 'ask' | 'openRound'
>;

/** What a run leaves behind: its outcome in a sentence, and what it knows of itself. */
export type Summary<Name extends WorkflowName> = { readonly outcome: string } & Partial<FactsOf<Name>>;

/** A kind's work, from the top. Started again it goes the same way, and finished steps answer from their rows. */
export type Workflow<Name extends WorkflowName, Who extends Client | null = Client | null, Used = Ports> = (
  context: RunContext<Who, Used>,
  args: ArgsOf<Name>,
) => Promise<Summary<Name>>;

/** The run ends as `skipped`: nothing was done, for a reason that is no failure. */
export class Skipped extends LeadOpsError {
  readonly summary: Readonly<Record<string, unknown>>;
  constructor(message: string, summary: Readonly<Record<string, unknown>>) {
    super(message);
    this.summary = summary;
  }
}

/** A workflow that is always done for one client. */
export function forClient<Name extends WorkflowName, Used = Ports>(
  workflow: Workflow<Name, Client, Used>,
): Workflow<Name, Client | null, Used> {
  return (context, args) => {
    const { client } = context;
    if (!client) throw new InvalidInput(`The run ${context.run.id} names no client that exists.`);
    return workflow({ ...context, client }, args);
  };
}
