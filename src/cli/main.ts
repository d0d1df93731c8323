import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { InvalidInput } from '../../pipeline/errors.ts';
import { readCliConfig, type CliConfig } from '../config.ts';
import { agencyDay } from '../../pipeline/calendar/agency-day.ts';
import { followClock, machineClock } from '../clock.ts';
import { reopenLane } from '../operations/open-lane.ts';
import { loadIntentConfig } from '../wiring/intent-config.ts';
import { lastWords } from '../last-words.ts';
import { makeLog } from '../log.ts';
import { clientsLines, findRun, gapLines, runsLines, statusLines, whyLines } from '../reports/index.ts';
import { parseClientAndMonth } from '../../pipeline/command-words.ts';
import { intentLines } from '../reports/intent.ts';
import { openStore, type Store } from '../store/index.ts';
import type { IntentOptions } from './intent.ts';
import { importClients, importHomes, importZips, setCredential, theClient } from './set-up.ts';
import { scheduleLines } from '../reports/schedule.ts';
import { changing, commandLineUser, type Done } from './audit.ts';
import { removeMember, setAway, setBack, setMember } from './members.ts';
import { membersLines } from '../reports/members.ts';
import { forgetPerson } from './forget.ts';
import { dropPreviousKeys, keysLines, rotateKeys } from './keys.ts';
import type { changes } from './verbs.ts';
import type { WeeklyOptions } from './uploads.ts';
import { windowLines } from './windows.ts';
import { plainText } from './words.ts';
import { statusWords } from '../../blocks/run-card.ts';
import { shortId } from '../../pipeline/run.ts';

/** `npm run leadops -- <verb>`: the same verbs as Slack, and set-up. */
export const program = new Command('leadops').description(
  'LeadOps from the command line. Set-up, and the same verbs as in Slack.',
);
// Inherited by every verb below: what was wrong (commander's words), what was not done, and how it is written.
program.showHelpAfterError('Nothing was done. With --help behind it, every verb says how it is written.');

type Job = (store: Store, config: CliConfig) => Promise<string | readonly string[]>;

type Change = (store: Store, config: CliConfig) => Promise<Done>;

/** A verb that changes something: done, and noted in the audit under its name (verbs.ts). */
function change(what: (typeof changes)[number], job: Change): Promise<void> {
  return withStore((store, config) => changing(store, what, () => job(store, config)));
}

/** Opens the database of the settings, does the job, prints what it says. */
async function withStore(job: Job): Promise<void> {
  const config = readCliConfig(process.env);
  const store = await openStore(config);
  try {
    const said = await job(store, config);
    console.log(typeof said === 'string' ? said : said.map(plainText).join('\n'));
  } finally {
    store.close();
  }
}

async function clientAndMonth(store: Store, config: CliConfig, words: readonly string[]) {
  const day = await todayOf(config);
  const parsed = parseClientAndMonth(words, await store.clients.all(), day);
  if (parsed.ok) return parsed;
  if (parsed.problem === 'month')
    throw new InvalidInput(`"${parsed.typed}" is no month.`, { todo: 'Write it as 2027-03. Nothing was done.' });
  const near = parsed.nearest ? ` Did you mean ${parsed.nearest.slug}?` : '';
  throw new InvalidInput(`There is no client "${parsed.typed}".${near}`, {
    todo: '"leadops clients" lists them. Nothing was done.',
  });
}

async function todayOf(config: CliConfig) {
  return agencyDay(await timeOf(config));
}

/** Business time. */
async function timeOf(config: CliConfig): Promise<Date> {
  const clock = config.CLOCK_URL ? await followClock(config.CLOCK_URL) : machineClock;
  return clock.now();
}

const clients = program
  .command('clients')
  .description('list the clients')
  .action(() => withStore((store) => clientsLines(store)));
clients
  .command('import <yaml>')
  .description('make or change clients from a YAML file (docs/setup.md shows one)')
  .action((path: string) => change('clients import', (store) => importClients(store, path)));

const members = program.command('members').description('people and their roles');
members
  .command('list')
  .description('who may what, and who is away')
  .action(() => withStore(async (store, config) => membersLines(store, await todayOf(config), config.LEADOPS_ADMINS)));
members
  .command('set <slackId> <role> [client]')
  .description('give a Slack user the role operator, approver or admin, for one client or all; a lower one too')
  .option('--backup <slackId>', 'who decides when this person is away')
  .action((slackId: string, role: string, client: string | undefined, { backup }: { backup?: string }) =>
    change('members set', (store, config) =>
      setMember(store, { slackId, role, ...(client && { client }), ...(backup && { backup }) }, config.LEADOPS_ADMINS),
    ),
  );
members
  .command('remove <slackId> [client]')
  .description('take a role away, for one client ("*": the one for all), or every role; at once')
  .action((slackId: string, client?: string) =>
    change('members remove', (store, config) => removeMember(store, slackId, client, config.LEADOPS_ADMINS)),
  );
members
  .command('away <slackId> <from> <to>')
  .description('from a day to a day (2027-02-01, both included) the backup has this person’s roles and questions')
  .option('--backup <slackId>', 'who stands in, for this time; otherwise the backup of each role')
  .action((slackId: string, from: string, to: string, { backup }: { backup?: string }) =>
    change('members away', async (store, config) =>
      setAway(store, { slackId, from, to, ...(backup && { backup }) }, await todayOf(config)),
    ),
  );
members
  .command('back <slackId>')
  .description('this person is back before the day that was said')
  .action((slackId: string) => change('members back', (store) => setBack(store, slackId)));

program
  .command('zips')
  .description('reference data about ZIPs')
  .command('import <csv>')
  .description('owner-occupied homes per ZIP (columns ZIP and Homes, or a Census download)')
  .action((path: string) => change('zips import', (store) => importHomes(store, path)));

program
  .command('import-zips <csv> <month>')
  .description('a client’s ZIP list for a month; "*" for the standing list')
  .option('--client <slug>', 'only this client of the file')
  .action((path: string, month: string, options: { client?: string }) =>
    change('import-zips', async (store, config) =>
      importZips(store, path, month, await todayOf(config), options.client),
    ),
  );

const credentials = program.command('credentials').description('vendor logins');
credentials
  .command('set <site> [state]')
  .description('store a login, encrypted; the secret comes from standard input (a second line: the TOTP secret)')
  .requiredOption('--username <name>', 'username or e-mail of the login')
  .option('--owner <slackId>', 'who is asked when it stops working')
  .option('--totp', 'the second line of standard input is the code generator’s secret, or its otpauth:// address')
  .action((site: string, state: string | undefined, options: { username: string; owner?: string; totp?: boolean }) =>
    change('credentials set', (store) => setCredential(store, site, state, options)),
  );
credentials
  .command('list')
  .description('which logins there are; never their secrets')
  .action(() =>
    withStore(async (store) => {
      const logins = await store.credentials.list();
      if (logins.length === 0) return ['No logins are stored.'];
      return logins.map(
        (login) =>
          `${login.site}${login.state ? ` ${login.state}` : ''}: ${login.username}, ${login.mfa_type === 'totp' ? 'with code generator' : 'no code generator'}, ` +
          (login.last_verified_at ? `last signed in ${login.last_verified_at.slice(0, 16)}` : 'never used'),
      );
    }),
  );

const keys = program
  .command('keys')
  .description('the key that seals the stored logins: where it is and what it opens')
  .action(() => withStore(keysLines));
keys
  .command('rotate')
  .description('seal everything anew under a new key; the app goes on meanwhile')
  .action(() => withStore(rotateKeys));
keys
  .command('drop-previous')
  .description('take the keys before it out of the key file')
  .action(() => withStore(dropPreviousKeys));

program
  .command('lanes')
  .description('vendors that take no work because their page changed')
  .command('open <vendor>')
  .description('somebody looked: let the vendor take work again')
  .action((vendor: string) =>
    withStore(async (store, config) => {
      // It writes its own row, the same as the button in Slack.
      const now = await timeOf(config);
      const { opened, woken } = await reopenLane(store, vendor, { who: commandLineUser(), now });
      const runs = woken.length > 0 ? ` Runs that waited for it go on: ${woken.length}.` : '';
      return opened
        ? `${vendor} takes work again.${runs}`
        : `${vendor} was not closed.${runs || ' Nothing was changed.'}`;
    }),
  );

program
  .command('check <vendor> [state]')
  .description(
    'sign in to cole (with a state), clay, bison (with a workspace) or zoominfo, or start the browser; look, change nothing',
  )
  .option('--zip <zip>', 'cole: the ZIP to count')
  .action(async (vendor: string, state: string | undefined, options: { zip?: string }) => {
    const config = readCliConfig(process.env);
    const { check } = await import('./check.ts');
    console.log((await check(config, makeLog(config.LOG_LEVEL), vendor, state, options.zip)).join('\n'));
  });

program
  .command('pull <client> <month...>')
  .description('PT1 → PT2 → PT3; ends when the run is over or waits for a person in Slack')
  .option('--dry-run', 'say what it would export, and export nothing')
  .option('--refresh', 'export again what is stored already')
  .option('--yes', 'do not ask about late months or --refresh')
  .option('--trigger <trigger>', 'manual or scheduled', 'manual')
  .action(
    async (
      client: string,
      month: string[],
      options: { dryRun?: boolean; refresh?: boolean; yes?: boolean; trigger: string },
    ) => {
      const config = readCliConfig(process.env);
      // Browser and queue are loaded for this verb only: the others answer in a second.
      const { runPull } = await import('./pull.ts');
      await runPull(config, makeLog(config.LOG_LEVEL), [client, ...month], options);
    },
  );

program
  .command('upload <client> <month...>')
  .description('PT4: a month’s cleaned leads into Email Bison, a list for each renewal window')
  .option('--dry-run', 'say what would be sent where, and touch nothing')
  .action(async (client: string, month: string[], { dryRun = false }: { dryRun?: boolean }) => {
    const config = readCliConfig(process.env);
    const { runUpload } = await import('./uploads.ts');
    await runUpload(config, makeLog(config.LOG_LEVEL), [client, ...month], dryRun);
  });
program
  .command('evergreen [client]')
  .description('PT5: every window that is due into the evergreen campaign, of a client or all')
  .option('--dry-run', 'say what would be attached where, with the old and the new title, and touch nothing')
  .action(async (client: string | undefined, { dryRun = false }: { dryRun?: boolean }) => {
    const config = readCliConfig(process.env);
    const { runEvergreen } = await import('./uploads.ts');
    await runEvergreen(config, makeLog(config.LOG_LEVEL), client, dryRun);
  });
program
  .command('weekly')
  .description('a Monday: PT4 where it is due, then PT5, for every active client (exit code 1: something failed)')
  .option('--monday <day>', 'which Monday; this week’s otherwise')
  .option('--dry-run', 'say what it would do, client by client, and touch nothing')
  .option('--trigger <trigger>', 'manual, or scheduled: the calendar’s own, once, whoever starts it', 'manual')
  .action(async (options: WeeklyOptions) => {
    const config = readCliConfig(process.env);
    const { runWeekly } = await import('./uploads.ts');
    await runWeekly(config, makeLog(config.LOG_LEVEL), options);
  });
program
  .command('schedule')
  .description('the Mondays to come, and which window is due on each')
  .action(async () => {
    const config = readCliConfig(process.env);
    const clock = config.CLOCK_URL ? await followClock(config.CLOCK_URL) : machineClock;
    console.log(scheduleLines(clock).map(plainText).join('\n'));
  });
program
  .command('forget <e-mail>')
  .description('remove a person everywhere; what stays is a keyed hash that every upload honours')
  .action((email: string) => change('forget', (store) => forgetPerson(store, email)));

program
  .command('backup <file>')
  .description('copy the embedded database and its kept files into one file, while LeadOps runs or not')
  .action(async (file: string) => {
    const { runBackup } = await import('./backup.ts');
    console.log((await runBackup(readCliConfig(process.env), file)).join('\n'));
  });
program
  .command('restore <file>')
  .description('put such a copy in the place of the database, which is kept aside; LeadOps must be stopped')
  .action(async (file: string) => {
    const { runRestore } = await import('./backup.ts');
    console.log((await runRestore(readCliConfig(process.env), file)).join('\n'));
  });

const intent = program.command('intent').description('B2B buying-intent signals, within the weekly budget');
intent
  .command('run')
  .description('poll now; ends when the run is over (exit code 1: it failed)')
  .option('--dry-run', 'the free steps only: what it would cost')
  .option('--no-email', 'post the file in Slack only')
  .option('--verbose', 'say how the day went, step by step, and log more')
  .option('--trigger <trigger>', 'manual, or scheduled: the poll of today, once, whoever starts it', 'manual')
  .action(async (options: IntentOptions) => {
    const config = readCliConfig(process.env);
    const { runIntent } = await import('./intent.ts');
    await runIntent(config, makeLog(options.verbose ? 'debug' : config.LOG_LEVEL), options);
  });
intent
  .command('preview')
  .description('the same as run --dry-run')
  .option('--verbose', 'say how the day went, step by step, and log more')
  .action(async ({ verbose = false }: { verbose?: boolean }) => {
    const config = readCliConfig(process.env);
    const { runIntent } = await import('./intent.ts');
    const options = { dryRun: true, email: true, verbose, trigger: 'manual' };
    await runIntent(config, makeLog(verbose ? 'debug' : config.LOG_LEVEL), options);
  });
intent
  .command('status')
  .description('next run, last runs, and the credits of the week')
  .action(() =>
    withStore(async (store, config) => {
      const clock = config.CLOCK_URL ? await followClock(config.CLOCK_URL) : machineClock;
      return intentLines({ store, clock, intentConfig: loadIntentConfig(config.INTENT_CONFIG), config });
    }),
  );

program
  .command('status')
  .description('what is running or waits')
  .action(() => withStore((store) => statusLines(store, new Date())));
program
  .command('runs [client]')
  .description('the last runs')
  .action((client?: string) =>
    withStore(async (store) =>
      runsLines(store, { ...(client && { client: (await theClient(store, client)).slug }), limit: 20 }),
    ),
  );
program
  .command('gap <client> <month...>')
  .description('target, cleaned leads and books')
  .action((client: string, month: string[]) =>
    withStore(async (store, config) => {
      const parsed = await clientAndMonth(store, config, [client, ...month]);
      return gapLines(store, parsed.client, parsed.month);
    }),
  );
program
  .command('why <client> <month...>')
  .description('why a number is what it is, export by export')
  .action((client: string, month: string[]) =>
    withStore(async (store, config) => {
      const parsed = await clientAndMonth(store, config, [client, ...month]);
      return whyLines(store, parsed.client, parsed.month);
    }),
  );

program
  .command('windows')
  .description('every Monday, and the renewal window that is due on it')
  .requiredOption('--from <day>', 'first day, such as 2026-01-05')
  .requiredOption('--to <day>', 'last day')
  .option('--json', 'one JSON object a line')
  .action((options: { from: string; to: string; json?: boolean }) => {
    console.log(windowLines(options.from, options.to, options.json ?? false).join('\n'));
  });

for (const [verb, what] of [
  ['cancel', 'cancel a run'],
  ['retry', 'take a failed run up again; the running app does the work'],
] as const) {
  program
    .command(`${verb} <run>`)
    .description(what)
    .action((id: string) =>
      // The row of the audit is written with the change itself, in one statement.
      withStore(async (store) => {
        const run = await findRun(store, id);
        if (!run) throw new InvalidInput(`There is no run ${id}, or several begin so.`, { todo: 'Nothing was done.' });
        const status =
          verb === 'cancel'
            ? await store.runs.cancel(run.id, commandLineUser())
            : await store.runs.retry(run.id, commandLineUser());
        return status
          ? `Run ${shortId(run.id)} is ${status}.`
          : `Run ${shortId(run.id)} is ${statusWords[run.status]}. Nothing was done.`;
      }),
    );
}

/** Where the file is only imported (a test lists the verbs), no verb is run. */
const isProgram = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isProgram) {
  try {
    process.loadEnvFile();
  } catch {
    // There is no .env; the environment is enough.
  }
  program.parseAsync().catch((error: unknown) => {
    console.error(lastWords(error));
    process.exit(1);
  });
}
