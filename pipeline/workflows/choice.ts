import type { Question } from '../run.ts';
import type { RunContext } from '../workflow.ts';
import type { Client } from '../vocabulary.ts';

export type Choice = { readonly value: string; readonly text: string; readonly style?: 'primary' | 'danger' };

/** A question with several answers, each of them a button. Its answer is kept as the decision's reason. */
export type ChoiceQuestion = {
  readonly question: string;
  readonly facts: readonly string[];
  readonly choices: readonly Choice[];
  readonly requiredRole: Question['requiredRole'];
};

/**
 * Asks a person to choose, and waits.
 * @param round its identity within the run
 * @returns the value chosen; null where nobody chose in time: nothing is ever taken for granted
 */
export async function askChoice<Who extends Client | null>(
  context: RunContext<Who>,
  round: string,
  { question, facts, choices, requiredRole }: ChoiceQuestion,
): Promise<string | null> {
  const [answer] = await context.ask(round, [
    { key: 'choice', kind: 'choice', payload: { question, facts, choices }, marked: true, requiredRole },
  ]);
  if (answer?.state !== 'approved') return null;
  return choices.find(({ value }) => value === answer.reason)?.value ?? null;
}
