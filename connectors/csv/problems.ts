import { InvalidInput } from '../../pipeline/errors.ts';

export type Problem = { readonly fileLine: number; readonly what: string };

/** Lines that a message names before it says how many more there are. */
const named = 5;

/**
 * A list that a person imports is taken whole or not at all.
 * @throws InvalidInput naming the first lines that cannot be used and what is wrong with each
 */
export function refuseProblems(problems: readonly Problem[], list: string): void {
  if (problems.length === 0) return;
  const lines = problems.slice(0, named).map(({ fileLine, what }) => `line ${fileLine}: ${what}`);
  const more = problems.length > named ? `; and ${problems.length - named} more` : '';
  throw new InvalidInput(`${list} cannot be used: ${lines.join('; ')}${more}`, {
    todo: 'Correct these lines and import the file again. Nothing was imported.',
  });
}
