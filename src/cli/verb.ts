import type { Command } from 'commander';
import { withDeps, type CliDeps } from './deps.ts';
import { plainText } from './plain-text.ts';

type Lines = string | readonly string[];
export type Job<Typed extends readonly unknown[]> = (deps: CliDeps, ...typed: Typed) => Promise<Lines>;

/** What verbs do to what is kept. One that changes something leaves a row in the audit: a test types each of them. */
type Effect = 'looks' | 'changes';

const effects = new Map<string, Effect>();

/** The verbs there are, as they are typed (`members set`), and what each does to what is kept. */
export const verbEffects = (): ReadonlyMap<string, Effect> => effects;

/**
 * A verb of the command line.
 *
 * @param form its name and what is typed after it: `gap <client> <month...>`
 * @param does what it does with what was typed; options come last
 */
export function verb(
  parent: Command,
  effect: Effect,
  form: string,
  what: string,
  does: Parameters<Command['action']>[0],
): Command {
  const command = parent.command(form).description(what).action(does);
  effects.set([...path(parent), command.name()].join(' '), effect);
  return command;
}

/** Opens the database, does the job, and prints what it says. */
export function printing<Typed extends readonly unknown[]>(job: Job<Typed>): (...typed: Typed) => Promise<void> {
  return (...typed) => withDeps(async (deps) => print(await job(deps, ...typed)));
}

export function print(said: Lines): void {
  console.log(typeof said === 'string' ? plainText(said) : said.map(plainText).join('\n'));
}

const path = (command: Command): string[] => (command.parent === null ? [] : [...path(command.parent), command.name()]);
