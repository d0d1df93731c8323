import { text as readStream } from 'node:stream/consumers';
import type { Command } from 'commander';
import { readCliConfig } from '../config.ts';
import { backUpTo, restoreFrom } from '../operations/backup.ts';
import { forgetPerson } from '../operations/forget.ts';
import { importClients, importHomes, importZips } from '../operations/import.ts';
import { dropPreviousKeys, keysLines, rotateKeys } from '../operations/keys.ts';
import { shell } from '../operations/who.ts';
import { clientsLines } from '../reports/index.ts';
import { makeLog } from '../log.ts';
import { loginsLines } from '../reports/logins.ts';
import { setCredential, type CredentialWords } from './credentials.ts';
import { print, printing, verb } from './verb.ts';

/** Verbs that set LeadOps up and look after it. */
export function setUpVerbs(program: Command): void {
  clientVerbs(program);
  loginVerbs(program);
  keyVerbs(program);
  verb(
    program,
    'changes',
    'forget <e-mail>',
    'remove a person everywhere; what stays is a keyed hash that every upload honours',
    printing(async (deps, email: string) => (await forgetPerson(deps, shell(), email)).says),
  );
  verb(
    program,
    'changes',
    'backup <file>',
    'copy the embedded database and its kept files into one file, while LeadOps runs or not',
    async (file: string) => print(await backUpTo({ config: readCliConfig(process.env) }, shell(), { file })),
  );
  verb(
    program,
    'changes',
    'restore <file>',
    'put such a copy in the place of the database, which is kept aside; LeadOps must be stopped',
    async (file: string) => print(await restoreFrom({ config: readCliConfig(process.env) }, shell(), { file })),
  );
}

function clientVerbs(program: Command): void {
  const clients = verb(
    program,
    'looks',
    'clients',
    'list the clients',
    printing(({ store }) => clientsLines(store)),
  );
  verb(
    clients,
    'changes',
    'import <yaml>',
    'make or change clients from a YAML file (docs/setup.md shows one)',
    printing(async (deps, path: string) => (await importClients(deps, shell(), { path })).says),
  );
  verb(
    program.command('zips').description('reference data about ZIPs'),
    'changes',
    'import <csv>',
    'owner-occupied homes per ZIP (columns ZIP and Homes, or a Census download)',
    printing(async (deps, path: string) => (await importHomes(deps, shell(), { path })).says),
  );
  verb(
    program,
    'changes',
    'import-zips <csv> <month>',
    'a client’s ZIP list for a month; "*" for the standing list',
    printing(async (deps, path: string, month: string, { client: only }: { client?: string }) => {
      return (await importZips(deps, shell(), { path, month, ...(only && { only }) })).says;
    }),
  ).option('--client <slug>', 'only this client of the file');
}

function loginVerbs(program: Command): void {
  const credentials = program.command('credentials').description('vendor logins');
  verb(
    credentials,
    'changes',
    'set <site> [state]',
    'store a login, encrypted; the secret comes from standard input (a second line: the TOTP secret)',
    printing(async (deps, site: string, state: string | undefined, words: CredentialWords) => {
      if (process.stdin.isTTY) process.stderr.write('Type the secret, Enter, then Ctrl-D: ');
      return setCredential(deps, site, state, words, await readStream(process.stdin));
    }),
  )
    .requiredOption('--username <name>', 'username or e-mail of the login')
    .option('--owner <slackId>', 'who is asked when it stops working')
    .option('--totp', 'the second line of standard input is the code generator’s secret, or its otpauth:// address');
  verb(
    credentials,
    'looks',
    'list',
    'which logins there are; never their secrets',
    printing(({ store }) => loginsLines(store)),
  );
  verb(
    program,
    'changes',
    'check [vendor] [state]',
    'every vendor login signs in, reaches the page its work begins on, and leaves (exit code 1: one does not); or look at one: cole (with a state), clay, bison (with a workspace), zoominfo, or browser',
    async (vendor: string | undefined, state: string | undefined, { zip }: { zip?: string }) => {
      const config = readCliConfig(process.env);
      const log = makeLog(config.LOG_LEVEL);
      if (vendor === undefined) return (await import('./check-all.ts')).runCheck(config, log);
      const { check } = await import('./check.ts');
      return print(await check(config, log, vendor, state, zip));
    },
  ).option('--zip <zip>', 'cole: the ZIP to count');
}

function keyVerbs(program: Command): void {
  const keys = verb(
    program,
    'looks',
    'keys',
    'the key that seals the stored logins: where it is and what it opens',
    printing((deps) => keysLines(deps)),
  );
  verb(
    keys,
    'changes',
    'rotate',
    'seal everything anew under a new key; the app goes on meanwhile',
    printing((deps) => rotateKeys(deps, shell())),
  );
  verb(
    keys,
    'changes',
    'drop-previous',
    'take the keys before it out of the key file',
    printing((deps) => dropPreviousKeys(deps, shell())),
  );
}
