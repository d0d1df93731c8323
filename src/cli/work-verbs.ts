import type { Command } from 'commander';
import { readCliConfig } from '../config.ts';
import { makeLog } from '../log.ts';
import type { IntentOptions } from './intent.ts';
import type { MonthlyOptions } from './monthly.ts';
import type { PullOptions } from './pull.ts';
import { intentStatus } from './report-verbs.ts';
import type { WeeklyOptions } from './uploads.ts';
import { verb } from './verb.ts';

type DryRun = { readonly dryRun?: boolean };

const settings = (verbose = false) => {
  const config = readCliConfig(process.env);
  return [config, makeLog(verbose ? 'debug' : config.LOG_LEVEL)] as const;
};

/*
 * Verbs that start runs and work on them. Browser and queue are loaded for them only: the other verbs answer in a second.
 */
export function workVerbs(program: Command): void {
  verb(
    program,
    'changes',
    'pull <client> <month...>',
    'PT1 → PT2 → PT3; ends when the run is over or waits for a person in Slack',
    async (client: string, month: readonly string[], options: PullOptions) => {
      const { runPull } = await import('./pull.ts');
      await runPull(...settings(), [client, ...month], options);
    },
  )
    .option('--dry-run', 'say what it would export, and export nothing')
    .option('--refresh', 'export again what is stored already')
    .option('--yes', 'do not ask about late months or --refresh')
    .option('--trigger <trigger>', 'manual or scheduled', 'manual');
  verb(
    program,
    'changes',
    'upload <client> <month...>',
    'PT4: a month’s cleaned leads into Email Bison, a list for each renewal window',
    async (client: string, month: readonly string[], { dryRun = false }: DryRun) => {
      const { runUpload } = await import('./uploads.ts');
      await runUpload(...settings(), [client, ...month], dryRun);
    },
  ).option('--dry-run', 'say what would be sent where, and touch nothing');
  verb(
    program,
    'changes',
    'evergreen [client]',
    'PT5: every window that is due into the evergreen campaign, of a client or all',
    async (client: string | undefined, { dryRun = false }: DryRun) => {
      const { runEvergreen } = await import('./uploads.ts');
      await runEvergreen(...settings(), client, dryRun);
    },
  ).option('--dry-run', 'say what would be attached where, with the old and the new title, and touch nothing');
  verb(
    program,
    'changes',
    'weekly',
    'a Monday: PT4 where it is due, then PT5, for every active client (exit code 1: something failed)',
    async (options: WeeklyOptions) => {
      const { runWeekly } = await import('./uploads.ts');
      await runWeekly(...settings(), options);
    },
  )
    .option('--monday <day>', 'which Monday; this week’s otherwise')
    .option('--client <client>', 'one client’s part of it')
    .option('--dry-run', 'say what it would do, client by client, and touch nothing')
    .option('--trigger <trigger>', 'manual, or scheduled: the calendar’s own, once, whoever starts it', 'manual');
  verb(
    program,
    'changes',
    'monthly',
    'the 15th: PT1 → PT2 → PT3 for every active client, a run each (exit code 1: a client’s pull failed)',
    async (options: MonthlyOptions) => {
      const { runMonthly } = await import('./monthly.ts');
      await runMonthly(...settings(), options);
    },
  )
    .option('--month <month>', 'which renewal month; this month + 2 otherwise')
    .option('--dry-run', 'say what it would export, client by client, and export nothing')
    .option('--trigger <trigger>', 'manual, or scheduled: the calendar’s own, once, whoever starts it', 'manual');
  intentVerbs(program);
}

function intentVerbs(program: Command): void {
  const intent = program.command('intent').description('B2B buying-intent signals, within the weekly budget');
  const run = async (options: IntentOptions) => {
    const { runIntent } = await import('./intent.ts');
    await runIntent(...settings(options.verbose), options);
  };
  verb(intent, 'changes', 'run', 'poll now; ends when the run is over (exit code 1: it failed)', run)
    .option('--dry-run', 'the free steps only: what it would cost')
    .option('--no-email', 'post the file in Slack only')
    .option('--verbose', 'say how the day went, step by step, and log more')
    .option('--trigger <trigger>', 'manual, or scheduled: the poll of today, once, whoever starts it', 'manual');
  verb(intent, 'changes', 'preview', 'the same as run --dry-run', ({ verbose = false }: { verbose?: boolean }) =>
    run({ dryRun: true, email: true, verbose, trigger: 'manual' }),
  ).option('--verbose', 'say how the day went, step by step, and log more');
  verb(intent, 'looks', 'status', 'next run, last runs, and the credits of the week', intentStatus);
}
