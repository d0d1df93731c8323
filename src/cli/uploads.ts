import { z } from 'zod';
import { runSentence } from '../../blocks/run-card.ts';
import { dueTimes } from '../../pipeline/calendar/due-times.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { mondayOf } from '../../pipeline/renewal.ts';
import { factsOf } from '../../pipeline/kinds.ts';
import { evergreenPreviewLines, uploadPreviewLines } from '../../pipeline/uploads/preview-words.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { demandBison } from '../operations/bison-ready.ts';
import { startUpload } from '../operations/start-upload.ts';
import { startEvergreen, startWeek, thisMonday } from '../operations/start-week.ts';
import { typedClient, typedClientAndMonth } from '../operations/typed.ts';
import { shell } from '../operations/who.ts';
import { mondayDue } from '../scheduler/monday.ts';
import type { StoredRun } from '../store/runs/row.ts';
import type { Works } from '../wiring/works.ts';
import { ofTheCalendar } from './of-the-calendar.ts';
import { said, triggerFrom, working } from './working.ts';

const typedAs = (form: string) => ({ form: `\`leadops ${form}\``, nothing: 'Nothing was started.' });

/** PT4 of a client's month. */
export function runUpload(config: CliConfig, log: Log, words: readonly string[], dryRun: boolean): Promise<void> {
  return working(
    config,
    log,
    async function* (works) {
      const typed = await typedClientAndMonth(works, words, typedAs('upload <client> <month> [--dry-run]'));
      yield said(await startUpload(works, shell(), { ...typed, channel: null, dryRun }));
    },
    endingOf,
  );
}

/** PT5 with everything that is due by this week's Monday. */
export function runEvergreen(config: CliConfig, log: Log, typed: string | undefined, dryRun: boolean): Promise<void> {
  return working(
    config,
    log,
    async function* (works) {
      const form = typedAs('evergreen [client] [--dry-run]');
      const client = typed === undefined ? null : await typedClient(works, typed, form);
      yield said(await startEvergreen(works, shell(), { client, channel: null, dryRun }));
    },
    endingOf,
  );
}

export type WeeklyOptions = { dryRun?: boolean; monday?: string; client?: string; trigger: string };

/** A Monday: PT4 where it is due, then PT5. `--trigger scheduled` is the calendar's own row, once, whoever starts it. */
export async function runWeekly(config: CliConfig, log: Log, options: WeeklyOptions): Promise<void> {
  const { dryRun = false } = options;
  const trigger = triggerFrom(options.trigger);
  await working(
    config,
    log,
    async function* (works) {
      const client =
        options.client === undefined
          ? null
          : await typedClient(works, options.client, typedAs('weekly --client <client>'));
      await demandBison(works, client);
      const monday = mondayFrom(options.monday, thisMonday(works.clock));
      if (trigger === 'scheduled' && !dryRun && client === null) {
        const run = await theMonday(works, monday);
        if (run) yield said({ created: false, run });
      } else {
        yield said(
          await startWeek(works, shell(), {
            monday,
            channel: null,
            dryRun,
            trigger,
            ...(client && { part: { client, uploads: true } }),
          }),
        );
      }
    },
    endingOf,
  );
}

function mondayFrom(text: string | undefined, otherwise: Day): Day {
  if (text === undefined) return otherwise;
  const day = text as Day; // checked in the next line
  if (z.iso.date().safeParse(text).success && mondayOf(day) === day) return day;
  throw new InvalidInput(`"${text}" is no Monday.`, { todo: 'Write it as 2027-02-01. Nothing was started.' });
}

/** The calendar's row of that Monday. */
async function theMonday(works: Works, monday: Day): Promise<StoredRun | null> {
  const at = new Date(`${monday}T00:00:00Z`);
  const hours = await works.store.calendar.hours();
  const week = dueTimes(at, new Date(at.getTime() + 8 * 86_400_000), ['monday'], hours);
  const due = week.find(({ day }) => day === monday);
  return ofTheCalendar(works, due ?? { kind: 'monday', day: monday, at: works.clock.now() }, mondayDue(works), {
    what: `The Monday ${monday}`,
    verb: 'weekly',
  });
}

/** Of a Monday each of its runs; of a dry run what it would do. */
async function endingOf({ store }: Works, run: StoredRun): Promise<string[]> {
  const lines: string[] = [];
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
