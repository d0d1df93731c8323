import { z } from 'zod';
import { runSentence, shortId } from '../../blocks/run-card.ts';
import { dueTimes } from '../../pipeline/calendar/due-times.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { mondayOf } from '../../pipeline/renewal.ts';
import { factsOf } from '../../pipeline/kinds.ts';
import { evergreenPreviewLines, uploadPreviewLines } from '../../pipeline/uploads/preview-words.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import { startMessages, startWorks, type Works } from '../wiring/app.ts';
import { today } from '../clock.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { makeHolder } from '../runs/holder.ts';
import { mondayDue } from '../scheduler/monday.ts';
import { handleOnce } from '../scheduler/once.ts';
import { parseClientAndMonth } from '../../pipeline/command-words.ts';
import type { Outbox } from '../slack/outbox.ts';
import type { StoredRun } from '../store/runs/row.ts';
import { hasBison } from '../wiring/has-bison.ts';
import { startUpload, startWeek, thisMonday } from '../operations/start-week.ts';
import { noteStarted } from './audit.ts';
import { watch } from './pull.ts';
import { theClient } from './set-up.ts';
import { plainText } from './words.ts';

type Started = { readonly created: boolean; readonly run: StoredRun };

/** Does something with the works (null: nothing is to be done), says how its run ended, and leaves with 1 where it or a run of its own failed. */
async function working(
  config: CliConfig,
  log: Log,
  what: 'upload' | 'evergreen' | 'weekly',
  begin: (works: Works) => Promise<Started | null>,
): Promise<void> {
  const late: { outbox?: Outbox } = {};
  const works = await startWorks(config, log, { nudge: () => late.outbox?.nudge() });
  // Without a token the app's outbox, which reads the same rows, does it.
  if (config.SLACK_BOT_TOKEN !== '') late.outbox = startMessages(works, config, log);
  try {
    await refuseWithoutBison(works, config);
    const started = await begin(works);
    if (!started) return;
    const { created, run } = started;
    await noteStarted(works.store, what, started);
    if (created) await works.notifier.card(run);
    console.log(created ? `Run ${shortId(run)} started.` : `Run ${shortId(run)} is live already; watching it.`);
    const last = await watch(works.store, run);
    console.log((await endingOf(works, last)).map(plainText).join('\n'));
  } finally {
    await late.outbox?.stop();
    await works.stop();
  }
}

async function refuseWithoutBison({ store }: Works, config: CliConfig): Promise<void> {
  if (await hasBison(store, config)) return;
  throw new InvalidInput('Email Bison is not set up: BISON_URL or its login is missing. Nothing was started.', {
    todo: 'Set BISON_URL, and store a token: leadops credentials set bison "<workspace>" --username token (or a login of the portal: --username <e-mail>).',
  });
}

/** PT4 of a client's month. */
export function runUpload(config: CliConfig, log: Log, words: readonly string[], dryRun: boolean): Promise<void> {
  return working(config, log, 'upload', async (works) => {
    const parsed = parseClientAndMonth(words, await works.store.clients.all(), today(works.clock));
    if (!parsed.ok) {
      throw new InvalidInput(
        parsed.problem === 'client' ? `There is no client "${parsed.typed}".` : `"${parsed.typed}" is no month.`,
        { todo: 'For example: upload lakeside 2027-03. Nothing was started.' },
      );
    }
    return startUpload(works, parsed.client, parsed.month, asked('manual', dryRun));
  });
}

/** PT5 with everything that is due by this week's Monday. */
export function runEvergreen(config: CliConfig, log: Log, client: string | undefined, dryRun: boolean): Promise<void> {
  return working(config, log, 'evergreen', async (works) => {
    const slug = client === undefined ? null : (await theClient(works.store, client)).slug;
    return startWeek(works, thisMonday(works.clock), { evergreen: slug }, asked('manual', dryRun));
  });
}

export type WeeklyOptions = { dryRun?: boolean; monday?: string; trigger: string };

/** A Monday: PT4 where it is due, then PT5. `--trigger scheduled` is the calendar's own row, once, whoever starts it. */
export function runWeekly(config: CliConfig, log: Log, options: WeeklyOptions): Promise<void> {
  const { trigger, dryRun = false } = options;
  if (trigger !== 'manual' && trigger !== 'scheduled') {
    throw new InvalidInput(`"${trigger}" is no trigger.`, {
      todo: 'Write --trigger manual or --trigger scheduled. Nothing was started.',
    });
  }
  return working(config, log, 'weekly', async (works) => {
    const monday = mondayFrom(options.monday, thisMonday(works.clock));
    if (trigger === 'scheduled' && !dryRun) return scheduled(works, config, monday);
    return startWeek(works, monday, 'all', asked(trigger, dryRun));
  });
}

function mondayFrom(text: string | undefined, otherwise: Day): Day {
  if (text === undefined) return otherwise;
  const day = text as Day; // checked in the next line
  if (z.iso.date().safeParse(text).success && mondayOf(day) === day) return day;
  throw new InvalidInput(`"${text}" is no Monday.`, { todo: 'Write it as 2027-02-01. Nothing was started.' });
}

async function scheduled(works: Works, config: CliConfig, monday: Day): Promise<Started | null> {
  const { store, clock } = works;
  const at = new Date(`${monday}T00:00:00Z`);
  const [due] = dueTimes(at, new Date(at.getTime() + 8 * 86_400_000), ['monday']).filter(({ day }) => day === monday);
  if (due && due.at > clock.now()) {
    console.log(`The Monday ${monday} is due ${due.at.toISOString()}. Nothing was started.`);
    return null;
  }
  const outcome = await handleOnce(
    { calendar: store.calendar, handler: mondayDue({ ...works, config }), worker: makeHolder() },
    due ?? { kind: 'monday', day: monday, at: clock.now() },
  );
  const run = outcome.runId === null ? null : await store.runs.get(outcome.runId);
  if (run) {
    await noteStarted(store, 'weekly', { created: outcome.state === 'started', run });
    return { created: false, run };
  }
  throw new InvalidInput(`The Monday ${monday} is closed as "${outcome.state}". Nothing was started.`, {
    todo: 'Write "leadops weekly" without --trigger scheduled to run it all the same.',
  });
}

const asked = (trigger: 'manual' | 'scheduled', dryRun: boolean) => ({ user: null, channel: null, trigger, dryRun });

/** How a run ended; of a Monday each of its runs, of a dry run what it would do. */
async function endingOf({ store }: Works, run: StoredRun): Promise<string[]> {
  if (run.status === 'failed') process.exitCode = 1;
  const name = run.client === null ? null : ((await store.clients.get(run.client))?.name ?? run.client);
  const lines = [runSentence(run, name)];
  const upload = factsOf('upload', run)?.upload;
  if (run.dryRun && upload) lines.push(...uploadPreviewLines(upload));
  const evergreen = factsOf('evergreen', run)?.evergreen;
  if (run.dryRun && evergreen) lines.push(...evergreenPreviewLines(evergreen));
  const weekly = factsOf('weekly', run)?.weekly;
  if (!weekly) return lines;
  lines.push(...weekly.preview);
  for (const { uploads, windows, notes, name: client } of weekly.clients) {
    lines.push(...notes.map((note) => `${client} ${note}`));
    for (const { run: id } of [...uploads, ...windows]) {
      const child = await store.runs.get(id);
      if (child) lines.push(`  ${runSentence(child, client)}`);
      if (child?.status === 'failed') process.exitCode = 1;
    }
  }
  return lines;
}
