import type { PayloadOf } from '../questions.ts';
import type { RunContext } from '../workflow.ts';
import type { Client, Role } from '../vocabulary.ts';

/** A question with several answers, and who may give one. */
export type ChoiceQuestion = PayloadOf<'choice'> & { readonly requiredRole: Role };

/**
 * Asks a person to choose, and waits.
 * @param round its identity within the run
 * @returns the value chosen; null where nobody chose in time: nothing is ever taken for granted
 */
export async function askChoice<Who extends Client | null>(
  context: Pick<RunContext<Who>, 'ask'>,
  round: string,
  { question, facts, choices, requiredRole }: ChoiceQuestion,
): Promise<string | null> {
  const [answer] = await context.ask(round, [
    { key: 'choice', kind: 'choice', payload: { question, facts, choices }, marked: true, requiredRole },
  ]);
  if (answer?.state !== 'approved') return null;
  return choices.find(({ value }) => value === answer.reason)?.value ?? null;
}
