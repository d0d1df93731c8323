import { DataMismatch, InvalidInput } from '../../pipeline/errors.ts';
import { slicingKinds, type ColeQuery, type Slicing, type SlicingKind } from '../../pipeline/ports/cole.ts';
import { click, pressIfThere, pressIn } from '../browser/controls/press.ts';
import { giveUp, noteDrift } from '../browser/find.ts';
import { walkForm, type Task } from '../browser/form.ts';
import { settle } from '../browser/settle.ts';
import { isGone, look, readLines, type Survey } from '../browser/survey.ts';
import { leaveFor, pause, type Surface } from '../browser/surface.ts';
import { withoutSecrets } from '../browser/words.ts';
import { fieldsTask } from './fields.ts';
import { queryTasks, refuseUnmet } from './query.ts';
import { readRecordCount, readZips, refusedWords } from './schema.ts';
import * as on from './selectors.ts';
import { readSlicingTask } from './slices.ts';
import { zipTask } from './zips.ts';

const ladders = { forward: on.forward, confirm: on.confirm };

/** How long a number must stand still to be the answer: it may count up, or be the last search's. */
const standsMs = { changed: 80, same: 1_500 };

/** Opens an empty search form, whatever page we are on. @throws VendorChanged */
async function openForm(surface: Surface, home: string, tasks: readonly Task[]): Promise<void> {
  await leaveFor(surface, home);
  const pressed = new Set<string>();
  let survey = await settle(surface);
  const end = performance.now() + surface.patience.thing;
  for (let step = 0; step < 12; step += 1) {
    const atHand = tasks.some((task) => task.need === 'must' && task.here(survey) !== null);
    const found = pressIn(survey, on.newSearch, {
      only: ({ own, expanded }) => !pressed.has(own.join('|')) && expanded !== true,
    });
    // A form that lies open may hold the last search; its own "New search" empties it.
    if (found && (!atHand || found.fit.rung < 2) && pressed.size < 4) {
      pressed.add(found.seen.own.join('|'));
      noteDrift(surface, on.newSearch, found);
      await click(surface, found.seen).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
      survey = await settle(surface);
      continue;
    }
    if (atHand || survey.modal || pressIn(survey, on.forward)) {
      if (atHand) await pressIfThere(surface, on.clearForm, { kinds: ['button', 'link', 'clickable'] });
      return;
    }
    if (performance.now() > end) break;
    await pause(80);
    survey = await settle(surface);
  }
  await surface.explain(surface);
  // Nothing we know is on the page: the form may be behind tabs or buttons, which `walkForm` opens.
}

/** Opens the empty search form, where all work begins. Nothing is searched. @throws VendorChanged where it is not there */
export async function reachForm(surface: Surface, home: string): Promise<void> {
  const zips = zipTask(surface, []);
  await openForm(surface, home, [zips]);
  // Met, and left as it is.
  await walkForm(surface, [{ ...zips, here: (survey) => zips.here(survey) && (() => Promise.resolve()) }], ladders);
}

/**
 * Runs a search from an empty form.
 * @returns the number of records the page shows for it
 * @throws VendorChanged · InvalidInput with the page's own words where it refuses the query · DataMismatch where it searched
 * for other ZIPs than asked
 */
export async function search(
  surface: Surface,
  home: string,
  query: ColeQuery,
  withFields: boolean,
): Promise<{ readonly shown: number; readonly fieldsSet: boolean }> {
  const fields = fieldsTask(surface);
  const tasks = [...queryTasks(surface, query), ...(withFields ? [fields] : [])];
  await openForm(surface, home, tasks);
  const unmet = await walkForm(surface, tasks, ladders);
  refuseUnmet(unmet);
  await settle(surface);
  const before = {
    count: readRecordCount(await readLines(surface)),
    url: surface.page.url(),
    alerts: (await look(surface)).alerts,
  };
  await pressSearch(surface);
  const shown = await awaitCount(surface, before);
  await checkZips(surface, query);
  return { shown, fieldsSet: withFields && !unmet.includes(fields) };
}

/** "Search", on this page of the form or on a later one. A page that counts while one types has none. */
async function pressSearch(surface: Surface): Promise<void> {
  const passed = new Set<string>();
  const end = performance.now() + surface.patience.thing;
  for (;;) {
    if (await pressIfThere(surface, on.searchButton, pressed)) return;
    const survey = await look(surface);
    const here = `${surface.page.url()} ${survey.seen.map(({ own }) => own[0]).join('|')}`;
    if (!passed.has(here)) {
      passed.add(here);
      if (await pressIfThere(surface, on.forward, pressed)) continue;
      if (await pressIfThere(surface, on.confirm, pressed)) continue;
    }
    if (readRecordCount(await readLines(surface)) !== null) return;
    if (performance.now() > end) return giveUp(surface, on.searchButton.what);
    await pause(80);
  }
}

const pressed = { kinds: ['button', 'link', 'clickable'] as const };

type Before = { readonly count: number | null; readonly url: string; readonly alerts: readonly string[] };

/** Waits for the new search's number: not the one that stood there before, and not one still counting up. */
async function awaitCount(surface: Surface, before: Before): Promise<number> {
  const end = performance.now() + surface.patience.page;
  let last = null as { readonly count: number; readonly since: number } | null;
  let helped = false;
  for (;;) {
    const survey = await settle(surface);
    const count = readRecordCount(await readLines(surface));
    const now = performance.now();
    if (count === null) last = null;
    else if (last?.count !== count) last = { count, since: now };
    const changed = count !== before.count || surface.page.url() !== before.url;
    if (
      last &&
      now - last.since >= (changed ? standsMs.changed : standsMs.same) &&
      !survey.busy &&
      surface.traffic.underway() === 0
    )
      return last.count;
    if (count === null) {
      refuseRefusal(surface, survey, before);
      if (!helped && now > end - surface.patience.page + 2_000)
        helped = await pressIfThere(surface, on.toResults, { kinds: ['button', 'link', 'clickable'] });
      if (
        now > end - surface.patience.page + surface.patience.thing &&
        surface.traffic.underway() === 0 &&
        !survey.busy
      )
        return giveUp(surface, 'count of records');
    }
    if (now > end) return giveUp(surface, 'count of records');
    await pause(20);
  }
}

/** The page says what it wants instead of searching. */
function refuseRefusal(surface: Surface, survey: Survey, before: Before): void {
  const fresh = [
    ...survey.alerts.filter((text) => !before.alerts.includes(text)),
    ...(survey.modal ? [survey.modal.text] : []),
    ...surface.dialogs.spoken.slice(-1),
  ];
  const said = fresh.find((text) => refusedWords.test(text));
  if (said === undefined) return;
  throw new InvalidInput(`Cole refused the search: "${withoutSecrets(said, [], 'none').slice(0, 200)}"`, {
    todo: 'Check the ZIP codes and the client’s filters; if they are right, the page asks for something new.',
  });
}

/** Where the results say which ZIPs they are for, they must be ours: a dropped ZIP would look like one without homes. */
async function checkZips(surface: Surface, query: ColeQuery): Promise<void> {
  const said = readZips(await readLines(surface));
  if (!said) return;
  const asked = new Set<string>(query.zips);
  if ('count' in said) {
    if (said.count !== asked.size && said.count > 0)
      throw new DataMismatch(`Cole searched ${said.count} ZIP codes; ${asked.size} were asked for`);
    return;
  }
  const foreign = [...said.zips].filter((zip) => !asked.has(zip));
  if (foreign.length > 0) throw new DataMismatch(`Cole searched ${foreign.length} ZIP codes that were not asked for`);
  if (said.whole && said.zips.size !== asked.size)
    throw new DataMismatch(`Cole searched ${said.zips.size} ZIP codes; ${asked.size} were asked for`);
}

/** The ways the form offers to cut a result, in the order we prefer them. Nothing is searched. */
export async function readSlicings(surface: Surface, home: string, year: number): Promise<readonly Slicing[]> {
  const found = new Map<SlicingKind, Slicing>();
  await openForm(surface, home, [zipTask(surface, [])]);
  await walkForm(
    surface,
    slicingKinds.map((by) => readSlicingTask(by, year, found)),
    ladders,
  );
  return slicingKinds.flatMap((by) => found.get(by) ?? []);
}
