import { closest, distance } from 'fastest-levenshtein';
import { context, escaped, section, type Message } from '../../../blocks/kit.ts';
import { runTitle, statusWords } from '../../../blocks/run-card.ts';
import { clientsLines, findRun, gapLines, runsLines, statusLines, whyLines } from '../../reports/index.ts';
import { membersLines } from '../../reports/members.ts';
import { everyClient } from '../../store/members.ts';
import { today } from '../../clock.ts';
import { mayAct, notAllowed, roleFor, scopeOf, type SlackDeps } from '../deps.ts';
import { cancelNoted } from '../actions/runs.ts';
import { newerRun } from '../newer-run.ts';
import { intentCommand, intentForm } from './intent.ts';
import { evergreenCommand, evergreenForm, scheduleCommand, uploadCommand, uploadForm } from './uploads.ts';
import { lines } from './reply.ts';
import { findClient, nearestClient, parseClientAndMonth, splitWords } from '../../../pipeline/command-words.ts';
import { pullLeadsForm, type CommandRequest, type Reply } from './pull-leads.ts';

type Verb = {
  readonly form: string;
  readonly what: string;
  readonly run: (deps: SlackDeps, request: CommandRequest, words: readonly string[]) => Promise<Reply>;
};

const membersByCommandLine =
  'Roles and absences are changed from the command line, not here: `npm run -s leadops -- members set | remove | away | back`.';

/** `/leadops …`, one line a verb; help is made of this table. */
const verbs: Readonly<Record<string, Verb>> = {
  help: { form: 'help', what: 'this list', run: () => Promise.resolve(help()) },
  status: {
    form: 'status',
    what: 'what is running or waits for a person',
    run: async (deps) => lines(await statusLines(deps.store, new Date())),
  },
  runs: {
    form: 'runs [client]',
    what: 'the last runs',
    run: async (deps, _request, [typed]) => {
      if (typed === undefined) return lines(await runsLines(deps.store, { limit: 15 }));
      const clients = await deps.store.clients.all();
      const client = findClient(typed, clients);
      if (!client) {
        const near = nearestClient(typed, clients);
        return wrong(`There is no client “${escaped(typed)}”.${near ? ` Did you mean \`${near.slug}\`?` : ''}`, 'runs');
      }
      return lines(await runsLines(deps.store, { client: client.slug, limit: 15 }));
    },
  },
  gap: {
    form: 'gap <client> <month>',
    what: 'target, cleaned leads and books of a month',
    run: ofMonth('gap', gapLines),
  },
  why: {
    form: 'why <client> <month>',
    what: 'why a number is what it is, export by export',
    run: ofMonth('why', whyLines),
  },
  clients: {
    form: 'clients',
    what: 'the clients, their states, targets and ZIPs',
    run: async (deps) => lines(await clientsLines(deps.store)),
  },
  intent: {
    form: intentForm,
    what: 'poll B2B buying intent now, say what it would cost, or show where it stands',
    run: (deps, request, words) => intentCommand(deps, request, words, splitWords(request.text).flags),
  },
  upload: {
    form: uploadForm,
    what: 'PT4: a month’s cleaned leads into Email Bison, a list for each renewal window',
    run: (deps, request, words) => uploadCommand(deps, request, words, splitWords(request.text).flags),
  },
  evergreen: {
    form: evergreenForm,
    what: 'PT5: every window that is due into the evergreen campaign',
    run: (deps, request, words) => evergreenCommand(deps, request, words, splitWords(request.text).flags),
  },
  schedule: {
    form: 'schedule',
    what: 'the Mondays to come, and which window is due on each',
    run: (deps) => Promise.resolve(scheduleCommand(deps)),
  },
  members: {
    form: 'members',
    what: 'who may what, and who is away (admins)',
    run: async (deps, { user }, words) => {
      if (!mayAct(await roleFor(deps, user, everyClient), 'admin')) return lines([notAllowed('admin', everyClient)]);
      // A list in answer to "members remove …" would look as if it was done.
      if (words.length > 0 && words.join(' ') !== 'list') return wrong(membersByCommandLine, 'members');
      return lines(await membersLines(deps.store, today(deps.clock), deps.config.LEADOPS_ADMINS));
    },
  },
  cancel: {
    form: 'cancel <run>',
    what: 'cancel a run',
    run: (deps, request, words) => act(deps, request, words, 'cancel'),
  },
  retry: {
    form: 'retry <run>',
    what: 'take a failed run up again, from the failed step',
    run: (deps, request, words) => act(deps, request, words, 'retry'),
  },
};

export async function leadops(deps: SlackDeps, request: CommandRequest): Promise<Reply> {
  const { words } = splitWords(request.text);
  const [name = 'help', ...rest] = words;
  const verb = verbs[name.toLowerCase()];
  if (!verb) {
    const near = closest(name.toLowerCase(), Object.keys(verbs));
    const hint = distance(name.toLowerCase(), near) <= 2 ? ` Did you mean \`/leadops ${near}\`?` : '';
    const text = `I do not know “${escaped(name)}”.${hint} Nothing was done. \`/leadops help\` lists what I can do.`;
    return { text, blocks: [section(`⚠️ ${text}`)] };
  }
  return verb.run(deps, request, rest);
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

function ofMonth(
  name: string,
  report: (
    store: SlackDeps['store'],
    client: Parameters<typeof gapLines>[1],
    month: Parameters<typeof gapLines>[2],
  ) => Promise<string[]>,
): Verb['run'] {
  return async (deps, _request, words) => {
    if (words.length < 2) return wrong('Which client, and which month?', name);
    const clients = await deps.store.clients.all();
    const parsed = parseClientAndMonth(words, clients, today(deps.clock));
    if (parsed.ok) return lines(await report(deps.store, parsed.client, parsed.month));
    if (parsed.problem === 'month') return wrong(`“${escaped(parsed.typed)}” is no month I understand.`, name);
    const hint = parsed.nearest ? ` Did you mean \`${parsed.nearest.slug}\`?` : '';
    return wrong(`There is no client “${escaped(parsed.typed)}”.${hint}`, name);
  };
}

async function act(
  deps: SlackDeps,
  request: CommandRequest,
  words: readonly string[],
  what: 'cancel' | 'retry',
): Promise<Reply> {
  const [id] = words;
  if (id === undefined || id.length < 4) return wrong('Which run? Its id stands at the foot of its card.', what);
  const run = await findRun(deps.store, id);
  if (!run) return wrong(`There is no run \`${escaped(id)}\`, or several begin so.`, what);
  if (!mayAct(await roleFor(deps, request.user, scopeOf(run)), 'operator'))
    return lines([notAllowed('operator', scopeOf(run))]);
  const client = run.client ? await deps.store.clients.get(run.client) : null;
  const title = runTitle(run, client?.name ?? null);
  const newer = what === 'retry' ? await newerRun(deps, run) : null;
  if (newer) return lines([newer]);
  const status =
    what === 'cancel' ? await deps.runner.cancel(run.id, request.user) : await deps.runner.retry(run.id, request.user);
  if (status === 'noted') return lines([`${title}: ${cancelNoted}`]);
  if (status)
    return lines([
      what === 'cancel' ? `${title}: canceled; it stops at the next safe point.` : `${title}: taken up again.`,
    ]);
  const need = what === 'cancel' ? 'running or waiting' : 'failed or canceled';
  return lines([
    `${title} is ${statusWords[run.status]}; only a ${need} run can be ${what === 'cancel' ? 'canceled' : 'retried'}. Nothing was done.`,
  ]);
}

function wrong(problem: string, verb: string): Message {
  const form = verbs[verb]?.form ?? 'help';
  const text = `${problem} Nothing was done. The form is \`/leadops ${form}\`.`;
  return { text, blocks: [section(`⚠️ ${text}`)] };
}
