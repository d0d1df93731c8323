import { closest, distance } from 'fastest-levenshtein';
import { context, escaped, section, type Message } from '../../../blocks/kit.ts';
import { runTitle } from '../../../blocks/run-card.ts';
import { splitWords } from '../../../pipeline/command-words.ts';
import { pauseWords } from '../../../pipeline/pause-scope.ts';
import type { Client, Month } from '../../../pipeline/vocabulary.ts';
import { today } from '../../clock.ts';
import { cancel } from '../../operations/cancel.ts';
import { Refused } from '../../operations/refused.ts';
import { retry } from '../../operations/retry.ts';
import { typedClient, typedClientAndMonth, typedRun, wrong } from '../../operations/typed.ts';
import { demand } from '../../operations/who-may.ts';
import { person } from '../../operations/who.ts';
import { clientsLines, gapLines, runsLines, statusLines } from '../../reports/index.ts';
import { whyAnswer } from '../../reports/why.ts';
import { membersLines } from '../../reports/members.ts';
import type { StoredRun } from '../../store/runs/row.ts';
import { everyClient } from '../../store/members.ts';
import { cancelNoted } from '../actions/runs.ts';
import type { SlackDeps } from '../deps.ts';
import { checkCommand, checkForm } from './check.ts';
import { intentCommand, intentForm } from './intent.ts';
import { monthlyCommand, monthlyForm } from './monthly.ts';
import { pauseCommand, pauseForm, resumeCommand, resumeForm } from './pauses.ts';
import { pullLeadsForm } from './pull-leads.ts';
import { scheduleCommand, scheduleForm } from './schedule.ts';
import { lines, type CommandRequest, type Reply } from './reply.ts';
import { evergreenCommand, evergreenForm, uploadCommand, uploadForm } from './uploads.ts';

type Verb = {
  readonly form: string;
  readonly what: string;
  readonly run: (deps: SlackDeps, request: CommandRequest, words: readonly string[]) => Promise<Reply>;
};

/** `/leadops …`, one entry a verb; help is made of this table. */
const verbs: Readonly<Record<string, Verb>> = {
  help: { form: 'help', what: 'this list', run: () => Promise.resolve(help()) },
  status: {
    form: 'status',
    what: 'what is running or waits for a person',
    run: async ({ store }) => lines(await statusLines(store, new Date())),
  },
  runs: { form: 'runs [client]', what: 'the last runs', run: runsCommand },
  gap: {
    form: 'gap <client> <month>',
    what: 'target, cleaned leads and books of a month',
    run: ofMonth('gap', gapLines),
  },
  why: {
    form: 'why <client | workflow | run> or why <client> <month>',
    what: 'why nothing happened; with a month, why its numbers are what they are, export by export',
    run: async (deps, _request, words) => lines(await whyAnswer(deps, words, typedAs('why'))),
  },
  clients: {
    form: 'clients',
    what: 'the clients, their states, targets and ZIPs',
    run: async ({ store }) => lines(await clientsLines(store)),
  },
  intent: {
    form: intentForm,
    what: 'poll B2B buying intent now, say what it would cost, or show where it stands',
    run: intentCommand,
  },
  upload: {
    form: uploadForm,
    what: 'PT4: a month’s cleaned leads into Email Bison, a list for each renewal window',
    run: uploadCommand,
  },
  evergreen: {
    form: evergreenForm,
    what: 'PT5: every window that is due into the evergreen campaign',
    run: evergreenCommand,
  },
  monthly: {
    form: monthlyForm,
    what: 'PT1 to PT3 for every active client, as on the 15th; without a month the one that is next',
    run: monthlyCommand,
  },
  check: {
    form: checkForm,
    what: 'whether the vendors’ logins sign in: all of them, or one (`check cole TX`)',
    run: checkCommand,
  },
  schedule: {
    form: scheduleForm,
    what: 'what is due next and on which Monday; set: another hour, shown before it takes effect (admins)',
    run: scheduleCommand,
  },
  pause: {
    form: pauseForm,
    what: `start nothing of a client, of a workflow (${Object.keys(pauseWords).join(', ')}) or at all; what is under way goes on`,
    run: pauseCommand,
  },
  resume: { form: resumeForm, what: 'end a pause; what it passed over is said and offered', run: resumeCommand },
  members: { form: 'members', what: 'who may what, and who is away (admins)', run: membersCommand },
  cancel: { form: 'cancel <run>', what: 'cancel a run', run: cancelCommand },
  retry: { form: 'retry <run>', what: 'take a failed run up again, from the failed step', run: retryCommand },
};

export async function leadops(deps: SlackDeps, request: CommandRequest): Promise<Reply> {
  const { words } = splitWords(request.text);
  const [name = 'help', ...rest] = words;
  // Words such as `constructor` are in every object.
  const verb = Object.hasOwn(verbs, name.toLowerCase()) ? verbs[name.toLowerCase()] : undefined;
  if (verb) return verb.run(deps, request, rest);
  const near = closest(name.toLowerCase(), Object.keys(verbs));
  const hint = distance(name.toLowerCase(), near) <= 2 ? ` Did you mean \`/leadops ${near}\`?` : '';
  throw new Refused(
    `I do not know “${escaped(name)}”.${hint} Nothing was done.`,
    '`/leadops help` lists what I can do.',
  );
}

function help(): Message {
  const rows = Object.values(verbs).map((verb) => `\`/leadops ${verb.form}\` — ${verb.what}`);
  const body = [`${pullLeadsForm} — pull a client's leads for a renewal month`, ...rows];
  return {
    text: ['What I can do:', ...body].join('\n'),
    blocks: [
      section(`*What I can do*\n${body.join('\n')}`),
      context('Decisions are buttons on the messages. My Home tab shows what needs you, what runs, and the targets.'),
    ],
  };
}

const typedAs = (verb: string) => ({
  form: `\`/leadops ${verbs[verb]?.form ?? 'help'}\``,
  nothing: 'Nothing was done.',
});

async function runsCommand(deps: SlackDeps, _request: CommandRequest, words: readonly string[]): Promise<Reply> {
  const client = words.length === 0 ? null : await typedClient(deps, words.join(' '), typedAs('runs'));
  return lines(await runsLines(deps.store, { ...(client && { client: client.slug }), limit: 15 }));
}

function ofMonth(
  name: string,
  report: (store: SlackDeps['store'], client: Client, month: Month) => Promise<string[]>,
): Verb['run'] {
  return async (deps, _request, words) => {
    const { client, month } = await typedClientAndMonth(deps, words, typedAs(name));
    return lines(await report(deps.store, client, month));
  };
}

async function membersCommand(deps: SlackDeps, { user }: CommandRequest, words: readonly string[]): Promise<Reply> {
  await demand(deps, person(user), 'admin', everyClient);
  // A list in answer to "members remove …" would look as if it was done.
  if (words.length > 0 && words.join(' ') !== 'list') {
    throw wrong(
      'Roles and absences are changed from the command line, not here: `npm run -s leadops -- members set | remove | away | back`.',
      typedAs('members'),
    );
  }
  return lines(await membersLines(deps.store, today(deps.clock), deps.config.LEADOPS_ADMINS));
}

async function cancelCommand(deps: SlackDeps, { user }: CommandRequest, [id]: readonly string[]): Promise<Reply> {
  const run = await typedRun(deps, id, typedAs('cancel'));
  const done = await cancel(deps, person(user), { run });
  const says = done === 'noted' ? cancelNoted : 'canceled; it stops at the next safe point.';
  return lines([`${await titleOf(deps, run)}: ${says}`]);
}

async function retryCommand(deps: SlackDeps, { user }: CommandRequest, [id]: readonly string[]): Promise<Reply> {
  const run = await typedRun(deps, id, typedAs('retry'));
  await retry(deps, person(user), { run });
  return lines([`${await titleOf(deps, run)}: taken up again.`]);
}

async function titleOf({ store }: SlackDeps, run: StoredRun): Promise<string> {
  const client = run.client === null ? null : await store.clients.get(run.client);
  return escaped(runTitle(run, client?.name ?? null));
}
