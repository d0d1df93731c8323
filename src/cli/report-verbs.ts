import type { Command } from 'commander';
import { typedClient, typedClientAndMonth } from '../operations/typed.ts';
import { gapLines, runsLines, statusLines } from '../reports/index.ts';
import { whyAnswer } from '../reports/why.ts';
import { intentLines } from '../reports/intent.ts';
import { withDeps } from './deps.ts';
import { printing, verb } from './verb.ts';
import { windowLines } from './windows.ts';

const typedAs = (form: string) => ({ form: `\`leadops ${form}\``, nothing: 'Nothing was done.' });

/** Verbs that only look. */
export function reportVerbs(program: Command): void {
  verb(
    program,
    'looks',
    'status',
    'what is running or waits',
    printing(({ store }) => statusLines(store, new Date())),
  );
  verb(
    program,
    'looks',
    'runs [client]',
    'the last runs',
    printing(async (deps, typed?: string) => {
      const client = typed === undefined ? null : await typedClient(deps, typed, typedAs('runs [client]'));
      return runsLines(deps.store, { ...(client && { client: client.slug }), limit: 20 });
    }),
  );
  verb(
    program,
    'looks',
    'gap <client> <month...>',
    'target, cleaned leads and books',
    printing(async (deps, typed: string, typedMonth: readonly string[]) => {
      const { client, month } = await typedClientAndMonth(
        deps,
        [typed, ...typedMonth],
        typedAs('gap <client> <month>'),
      );
      return gapLines(deps.store, client, month);
    }),
  );
  verb(
    program,
    'looks',
    'why <what...>',
    'why nothing happened: of a client, a workflow, all, or a run; with a month, why its numbers are what they are',
    printing((deps, words: readonly string[]) =>
      whyAnswer(deps, words, typedAs('why <client | workflow | run> or why <client> <month>')),
    ),
  );
  verb(
    program,
    'looks',
    'windows',
    'every Monday, and the renewal window that is due on it',
    (options: { from: string; to: string; json?: boolean }) => {
      console.log(windowLines(options.from, options.to, options.json ?? false).join('\n'));
      return Promise.resolve();
    },
  )
    .requiredOption('--from <day>', 'first day, such as 2026-01-05')
    .requiredOption('--to <day>', 'last day')
    .option('--json', 'one JSON object a line');
}

/** `leadops watch`: what the app's own watcher does, from outside. */
export function watchVerb(program: Command): void {
  verb(
    program,
    'looks',
    'watch',
    'say within two minutes when a due time of the calendar did not start, from another process or machine',
    ({ once = false }: { once?: boolean }) =>
      withDeps(async (deps) => {
        const { watch } = await import('./watch.ts');
        await watch(deps, { once });
      }),
  ).option('--once', 'look once, for a cron: exit code 1 where something is overdue');
}

/** `leadops intent status`. */
export const intentStatus = printing((deps) => intentLines(deps));
