import { z } from 'zod';
import { SuggestionPayload } from './gap-report.ts';
import type { ApprovalState, Role } from './vocabulary.ts';

/*
 * What people are asked, and what the rounds and steps are called that others look for. Rows hold these names: they are
 * never worded anew.
 */

/** A round of PT3's questions, and the step that works them out; counted from 1. */
export const gapRound = (round: number) => `gap ${round}` as const;
/** The step that closes a round: an approval after it would not be carried out. */
export const gapRoundClosed = (round: number) => `${gapRound(round)}: supersede`;
/** What a round's approvals bring; several in a row where more is approved meanwhile. Names its steps. */
export const topUpName = (round: number, part: number) => `top-up ${round}${part > 1 ? `.${part}` : ''}` as const;
/** The pull that a run begins with; its top-ups come later. Names its steps. */
export const firstPull = 'first';
/** The round in which a run asks a person to do something, counted within the run. */
export const personRound = (time: number) => `person ${time}`;
export const differenceRound = (pull: string) => `${pull}: difference`;

/** What a question of each kind carries. Rows are read years later, so a new field has a default. */
const payloads = {
  /** A way to close a gap; decided in the gap report. */
  suggestion: SuggestionPayload,
  /** A person must do something elsewhere, then press Try again. */
  human: z.object({
    need: z.string().default(''),
    message: z.string().default('It needs a person.'),
    todo: z.string().default('Look at it, then press "Try again".'),
    step: z.string().nullable().default(null),
    /** The vendor's login it is about, `cole:tx`: its owner is told. */
    login: z.string().optional(),
    /** The vendor whose page changed: it takes no work before somebody opens it again. */
    closedLane: z.string().optional(),
  }),
  /** Yes or no. */
  question: z.object({
    question: z.string().default('Please decide.'),
    facts: z.array(z.string()).readonly().default([]),
    yes: z.string().default('Yes'),
    no: z.string().default('No'),
  }),
  /** Several answers, each of them a button; the one that was chosen is kept as the decision's reason. */
  choice: z.object({
    question: z.string(),
    facts: z.array(z.string()).readonly(),
    choices: z
      .array(z.object({ value: z.string(), text: z.string(), style: z.enum(['primary', 'danger']).optional() }))
      .readonly(),
  }),
} as const;

type Payloads = typeof payloads;
export type QuestionKind = keyof Payloads;
export type PayloadOf<Kind extends QuestionKind> = z.output<Payloads[Kind]>;

// Nothing else is in the object.
export const questionKinds = Object.keys(payloads) as readonly QuestionKind[];

/** One question put to a person. `key` is its identity within the round. */
export type Question = {
  readonly [Kind in QuestionKind]: {
    readonly key: string;
    readonly kind: Kind;
    readonly payload: Readonly<z.input<Payloads[Kind]>>;
    /** Part of the set that is approved together. */
    readonly marked: boolean;
    readonly requiredRole: Role;
  };
}[QuestionKind];

/** A question as its row has it: `payloadOf` reads what it carries. */
export type Asked = {
  readonly kind: QuestionKind;
  readonly payload: Readonly<Record<string, unknown>>;
};

export type Answer = Asked & {
  readonly id: string;
  readonly key: string;
  readonly state: ApprovalState;
  readonly decidedBy: string | null;
  readonly reason: string | null;
};

const readers: { readonly [Kind in QuestionKind]: z.ZodType<PayloadOf<Kind>> } = payloads;

/** What a question of this kind carries; null for one of another kind, and where nobody can read it. */
export function payloadOf<Kind extends QuestionKind>(kind: Kind, asked: Asked): PayloadOf<Kind> | null {
  return asked.kind === kind ? (readers[kind].safeParse(asked.payload).data ?? null) : null;
}
