import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Command } from 'commander';
import { program } from '../../src/cli/main.ts';
import { verbEffects } from '../../src/cli/verb.ts';
import { lakeside } from '../support/clients.ts';
import { newRun } from '../support/new-run.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

jest.setTimeout(240_000);

const me = `cli:${userInfo().username}`;
let it: TestStore;
const said: string[] = [];
const environment = { ...process.env };
const stdin = Object.getOwnPropertyDescriptor(process, 'stdin');
const folder = mkdtempSync(join(tmpdir(), 'leadops-verbs-'));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** Every vendor at once: whoever asks is refused in that moment, and asks no second time. */
const vendors = createServer((_request, response) => {
  response.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"Unauthenticated."}');
});
const startRefusing = async (): Promise<string> => {
  await new Promise<void>((listening) => vendors.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(vendors.address() as AddressInfo).port}`; // of a TCP server
};

beforeAll(async () => {
  it = await openTestStore();
  await it.store.clients.save({ ...lakeside, workspace: 'W' });
  await it.store.clients.save({ ...lakeside, slug: 'asleep', name: 'Asleep Mutual', active: false });
  await it.store.credentials.set('bison', 'W', { username: 'token', secret: '7|x', owner: null });
  const nowhere = await startRefusing();
  const settings = { DATA_DIR: it.dataDir, COLE_URL: nowhere, CLAY_URL: nowhere, BISON_URL: nowhere };
  // An empty setting means "not set".
  Object.assign(process.env, { SUPABASE_URL: '', SLACK_BOT_TOKEN: '', LEADOPS_ADMINS: '', CLOCK_URL: '' });
  Object.assign(process.env, { ...settings, ZOOMINFO_URL: nowhere, LOG_LEVEL: 'silent', RETRY_MINUTES: 'none' });
  const keep = (...words: unknown[]) => void said.push(words.join(' '));
  jest.spyOn(console, 'log').mockImplementation(keep);
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterAll(async () => {
  jest.restoreAllMocks();
  process.env = environment;
  if (stdin) Object.defineProperty(process, 'stdin', stdin);
  process.exitCode = 0;
  vendors.closeAllConnections();
  vendors.close();
  await it.close();
});

/** Runs a verb as the command line does, with what comes on standard input. */
async function leadops(words: readonly string[], input = ''): Promise<string> {
  said.length = 0;
  Object.defineProperty(process, 'stdin', { value: Readable.from([input]), configurable: true });
  await program.parseAsync(['node', 'leadops', ...words]);
  return said.join('\n');
}

const auditOf = async (what: string) =>
  ((await it.db.from('audit').select('who,what,subject,run_id,facts').eq('what', what).order('id')).data ?? []).filter(
    ({ who }) => who === me,
  );

/** `members set` of every command that does something. */
function verbsOf(command: Command, before: readonly string[] = []): string[] {
  return command.commands.flatMap((one) => {
    const name = [...before, one.name()];
    // A group that lists when it is called alone is a verb too; commander keeps its handler to itself.
    const own =
      one.commands.length === 0 || ['clients', 'keys', 'schedule'].includes(name.join()) ? [name.join(' ')] : [];
    return [...own, ...verbsOf(one, name)];
  });
}

test('every verb is declared as one that looks or one that changes something, and each that changes is tried below', () => {
  expect(verbsOf(program).toSorted()).toEqual([...verbEffects().keys()].toSorted());
  const changing = [...verbEffects()].flatMap(([verb, effect]) => (effect === 'changes' ? [verb] : []));
  // `restore` needs the database closed: tests/store/backup.test.ts.
  expect(changing.toSorted()).toEqual([...Object.keys(typed), 'restore'].toSorted());
});

test('what is typed wrong is answered with what was wrong, that nothing was done, and what to do', async () => {
  const told: string[] = [];
  const out = jest.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
  const exit = jest.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('ended');
  });
  try {
    await expect(leadops(['members', 'set', 'U0AWAY'])).rejects.toThrow('ended');
  } finally {
    out.mockRestore();
    exit.mockRestore();
  }
  expect(told.join('')).toMatch(/missing required argument 'role'.*Nothing was done.*--help/s);
  await expect(leadops(['backup', join(it.dataDir, 'nowhere', 'copy.tar')])).rejects.toMatchObject({
    message: expect.stringMatching(/There is no folder .*nowhere/) as unknown,
    todo: expect.stringMatching(/Nothing was done/) as unknown,
  });
});

const aRun = async (client = 'lakeside') => {
  const { run } = await it.store.runs.start(
    newRun({ client, month: null, key: `verbs ${Math.random()}`, dryRun: true }),
  );
  return run.id;
};

/** How each verb is typed here, and what comes on standard input; in an order in which each finds something to change. */
const typed: Readonly<Record<string, () => Promise<readonly [readonly string[], string?]>>> = {
  'clients import': () =>
    Promise.resolve([[file('clients.yaml', 'slug: prairie\nname: Prairie\nstates: [TX]\ntier: 100\nchannel: C1\n')]]),
  'members set': () => Promise.resolve([['U0AWAY', 'approver', 'lakeside', '--backup', 'U0BACK']]),
  'members away': () => Promise.resolve([['U0AWAY', '2030-01-01', '2030-01-05']]),
  'members back': () => Promise.resolve([['U0AWAY']]),
  'members remove': () => Promise.resolve([['U0AWAY']]),
  'zips import': () => Promise.resolve([[file('homes.csv', 'ZIP,Homes\n75034,1000\n')]]),
  'import-zips': () => Promise.resolve([[file('zips.csv', 'Client,ZIP\nprairie,75034\n'), '*']]),
  check: () => Promise.resolve([[]]),
  'credentials set': () => Promise.resolve([['clay', '--username', 'ops'], 'secret\n']),
  'keys rotate': () => Promise.resolve([[]]),
  'keys drop-previous': () => Promise.resolve([[]]),
  backup: () => Promise.resolve([[join(it.dataDir, 'copy.tar')]]),
  'lanes open': async () => {
    await it.store.leases.closeLane('cole', 'its page changed');
    return [['cole']];
  },
  pull: () => Promise.resolve([['lakeside', '2030-03']]),
  upload: () => Promise.resolve([['lakeside', '2030-03', '--dry-run']]),
  evergreen: () => Promise.resolve([['lakeside', '--dry-run']]),
  weekly: () => Promise.resolve([['--dry-run']]),
  evidence: () => Promise.resolve([[join(folder, 'evidence')]]),
  monthly: () => Promise.resolve([['--month', '2030-04', '--dry-run']]),
  forget: () => Promise.resolve([['ann.lowe@example.com']]),
  'intent run': () => Promise.resolve([['--no-email']]),
  'intent preview': () => Promise.resolve([[]]),
  pause: () => Promise.resolve([['intent', 'until', '2099-01-01', 'because', 'its', 'signals', 'are', 'old']]),
  resume: () => Promise.resolve([['intent']]),
  'schedule set': () => Promise.resolve([['monday', '8:30', '--yes']]),
  cancel: async () => [[(await aRun()).slice(0, 8)]],
  retry: async () => {
    const id = await aRun();
    await it.store.runs.cancel(id, 'test');
    return [[id.slice(0, 8)]];
  },
};
/** Where the deed writes its own row, as from Slack. */
const noted: Readonly<Partial<Record<string, string>>> = {
  'credentials set': 'set login',
  'lanes open': 'open lane',
  'keys rotate': 'rotate keys',
  'keys drop-previous': 'drop previous keys',
  backup: 'copy the database',
  evidence: 'copy evidence',
};

test.each(Object.entries(typed))('`%s` is in the audit, with the user of the system', async (verb, type) => {
  const [words, input] = await type();
  const before = await auditOf(noted[verb] ?? verb);
  await leadops([...verb.split(' '), ...words], input);
  const rows = (await auditOf(noted[verb] ?? verb)).slice(before.length);
  expect(rows).toMatchObject([{ who: me }]);
  // What is kept for ever names no person of a list, and no secret.
  expect(JSON.stringify(rows)).not.toMatch(/ann\.lowe|example\.com|secret/);
});

test('what changed nothing, or was refused, is not noted', async () => {
  const count = async () => (await it.db.from('audit').select('id', { count: 'exact', head: true })).count;
  const before = await count();
  await expect(leadops(['members', 'set', 'U0AWAY', 'approver', 'lakesid'])).rejects.toMatchObject({
    reason: expect.stringMatching(/no client “lakesid”. Did you mean `lakeside`.*Nothing was changed/) as unknown,
  });
  await expect(leadops(['members', 'set', 'U0AWAY', 'king'])).rejects.toThrow(/is no role/);
  expect(await leadops(['members', 'back', 'U0AWAY'])).toMatch(/was not away. Nothing was changed/);
  expect(await leadops(['members', 'remove', 'U0NOBODY'])).toMatch(/had no role. Nothing was changed/);
  await expect(leadops(['lanes', 'open', 'zoominfo'])).rejects.toMatchObject({
    reason: expect.stringMatching(
      /“zoominfo” is no vendor.*`cole` \(Cole X Dates\), `clay`.*`bison`.*Nothing was done/,
    ) as unknown,
  });
  expect(await leadops(['lanes', 'open', 'Cole', 'X', 'Dates'])).toMatch(/Cole X Dates was not closed/);
  expect(await leadops(['lanes', 'open', 'clay'])).toMatch(/Clay was not closed. Nothing was changed/);
  expect(await count()).toBe(before);
});

test('evidence copies what was seen of the last hours: errors in words, and the pictures that are still there', async () => {
  const id = await aRun();
  const error = { step: 'first: export TX 1', type: 'SELECTOR_MISS', message: 'Cole X Dates: "search" was not found' };
  await it.store.files.keep(`evidence/${id}/a-1.yaml`, file('tree.yaml', '- button "Search"\n'), 'text/yaml');
  await it.store.runs.error(id, { ...error, tree: `evidence/${id}/a-1.yaml`, screenshot: `evidence/${id}/gone.png` });
  const to = join(folder, 'seen');
  expect(await leadops(['evidence', to, '--hours', '1'])).toMatch(/\bfiles? of the last 1 hour are in .*seen/);
  const tree = `${id.slice(0, 8)}-`;
  const files = readdirSync(to);
  const kept = files.find((name) => name.startsWith(tree)) ?? '';
  expect(readFileSync(join(to, kept), 'utf8')).toBe('- button "Search"\n');
  const lines = JSON.parse(readFileSync(join(to, 'errors.json'), 'utf8')) as readonly object[];
  expect(lines.at(-1)).toMatchObject({ run: id, workflow: 'pull-leads', client: 'lakeside', ...error, files: [kept] });
  await expect(leadops(['evidence', to, '--hours', 'all'])).rejects.toThrow(/"all" is no number of hours/);
});

test('a client that is not active is refused as in Slack, whichever verb asks', async () => {
  const id = await aRun('asleep');
  await it.store.runs.cancel(id, 'test');
  for (const words of [
    ['pull', 'asleep', '2030-03'],
    ['upload', 'asleep', '2030-03'],
    ['evergreen', 'asleep'],
    ['retry', id.slice(0, 8)],
  ]) {
    await expect(leadops(words)).rejects.toMatchObject({
      reason: expect.stringMatching(/^Asleep Mutual is not active\. Nothing was (started|retried)\.$/) as unknown,
    });
  }
  expect((await it.store.runs.get(id))?.status).toBe('canceled');
});

test('members are listed, lowered, sent away and removed; the last admin stays', async () => {
  await leadops(['members', 'set', 'U0ADMIN', 'admin']);
  await leadops(['members', 'set', 'U0HEAD', 'approver', '--backup', 'U0BACK']);
  expect(await leadops(['members', 'set', 'U0HEAD', 'operator'])).toBe(
    'U0HEAD is operator for all clients (was approver).',
  );
  const today = new Date().toISOString().slice(0, 10);
  await expect(leadops(['members', 'away', 'U0ADMIN', today, '2030-01-05'])).rejects.toThrow(/U0ADMIN has no backup/);
  expect(await leadops(['members', 'away', 'U0HEAD', '2020-01-01', '2030-01-05'])).toMatch(/U0BACK stands in/);
  expect(await leadops(['members', 'list'])).toMatch(
    /U0ADMIN admin for all clients[^]*U0HEAD operator for all clients · backup U0BACK · away .* · U0BACK stands in today/,
  );
  await expect(leadops(['members', 'remove', 'U0ADMIN'])).rejects.toThrow(/last admin/);
  await expect(leadops(['members', 'set', 'U0ADMIN', 'operator'])).rejects.toThrow(/last admin/);
  process.env.LEADOPS_ADMINS = 'U0FIRST';
  await it.store.credentials.set('cole', 'TX', { username: 'ops', secret: 'x', owner: 'U0ADMIN' });
  expect(await leadops(['members', 'remove', 'U0ADMIN'])).toMatch(
    /no longer admin for all clients[^]*Nobody owns cole TX any more/,
  );
  expect((await it.store.credentials.get('cole', 'TX'))?.owner).toBeNull();
  await it.store.credentials.set('cole', 'OK', { username: 'ops', secret: 'x', owner: 'U0NOROLE' });
  expect(await leadops(['members', 'remove', 'U0NOROLE'])).toMatch(/had no role\. Nobody owns cole OK any more/);
  delete process.env.LEADOPS_ADMINS;
});
