import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileChooser } from 'playwright';
import { DataMismatch, NeedsHuman, Retryable } from '../../pipeline/errors.ts';
import type { TableRef, WorkbookRef } from '../../pipeline/ports/clay.ts';
import { chooseBy, wayToChoose } from '../browser/controls/choose.ts';
import { fillIn, textIn } from '../browser/controls/fill.ts';
import { click, findPress, press, pressIn } from '../browser/controls/press.ts';
import { tick } from '../browser/controls/tick.ts';
import { fileIn, upload } from '../browser/controls/upload.ts';
import { giveUp, noteDrift, reach } from '../browser/find.ts';
import { settle } from '../browser/settle.ts';
import { isGone, readLeaves, readLines, type Survey } from '../browser/survey.ts';
import { pause, type Surface } from '../browser/surface.ts';
import { option, withoutSecrets } from '../browser/words.ts';
import { openRef } from './places.ts';
import { rename } from './rename.ts';
import { readRowCount } from './schema.ts';
import * as on from './selectors.ts';
import { openTable, readRows, tableNamed } from './tables.ts';

/**
 * Imports a CSV into a new table of a workbook and waits for all its rows.
 * @throws DataMismatch where Clay stops at another number of rows (it takes 50,000 and says nothing)
 */
export async function importTable(
  surface: Surface,
  home: string,
  workbook: WorkbookRef,
  name: string,
  csvPath: string,
  rows: number,
): Promise<TableRef> {
  await openRef(surface, home, workbook);
  const folder = await mkdtemp(`${csvPath}-as-`);
  // Clay names a table after its file.
  const file = join(folder, `${name.replace(/[/\\:]/g, '-')}.csv`);
  try {
    await copyFile(csvPath, file);
    const before = await lookBefore(surface);
    await giveFile(surface, file);
    await finishDialog(surface, name, before);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await awaitRows(surface, rows);
  if (!(await tableNamed(surface, name))) await renameNewest(surface, name);
  const table = await openTable(surface, home, workbook, name);
  return table ?? giveUp(surface, `table "${name}", just imported`);
}

/** + Add → Import from CSV → the file, by whichever of the page's ways takes it. */
async function giveFile(surface: Surface, file: string): Promise<void> {
  const choosers: FileChooser[] = [];
  const catcher = (chooser: FileChooser) => void choosers.push(chooser);
  surface.page.on('filechooser', catcher);
  try {
    await settle(surface);
    if (!(await pressCsv(surface, 0))) {
      await press(surface, on.addTable, { only: ({ place }) => place !== 'cell' && place !== 'column header' });
      if (!(await pressCsv(surface, surface.patience.thing))) return await giveUp(surface, on.importCsv.what);
    }
    const end = performance.now() + surface.patience.thing;
    for (;;) {
      const survey = await settle(surface);
      const chooser = choosers[0];
      if (chooser) {
        await chooser.setFiles(file, { timeout: surface.patience.page });
        return;
      }
      if (fileIn(survey, on.csvField) || pressIn(survey, on.chooseFile)) break;
      // A menu may lead to another: "Import" and then "CSV".
      const deeper = pressIn(survey, on.importCsv, { only: ({ own }) => /csv/i.test(own.join(' ')) });
      if (deeper && survey.modal === null) await click(surface, deeper.seen);
      if (performance.now() > end) break;
      await pause(60);
    }
  } finally {
    surface.page.off('filechooser', catcher);
  }
  await upload(surface, on.csvField, on.chooseFile, file);
}

async function pressCsv(surface: Surface, patience: number): Promise<boolean> {
  const found = await findPress(surface, on.importCsv, { patience, only: ({ place }) => place !== 'cell' });
  if (!found) return false;
  noteDrift(surface, on.importCsv, found);
  await click(surface, found.seen);
  return true;
}

/** The page before the import: what it held, and how many rows its table had. */
type Before = { readonly ids: ReadonlySet<number>; readonly rows: number | null };

async function lookBefore(surface: Surface): Promise<Before> {
  const survey = await settle(surface);
  return { ids: new Set(survey.seen.map(({ id }) => id)), rows: readRowCount(await readLines(surface)) };
}

/** The questions of the import, then "Complete import", until the table is there. */
async function finishDialog(surface: Surface, name: string, before: Before): Promise<void> {
  const done = new Set<string>();
  let pressed = false;
  let idleSince = performance.now();
  for (let step = 0; step < 400; step += 1) {
    const survey = await settle(surface);
    refuseRefusal(survey);
    const act =
      setting(surface, survey, name, done) ??
      goOn(surface, survey, before, done, await arrived(surface, survey, before));
    if (act) {
      pressed = true;
      idleSince = performance.now();
      await act().catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
      continue;
    }
    const idle = performance.now() - idleSince;
    if (survey.modal === null && !survey.busy && !goOn(surface, survey, before, new Set(), false)) {
      // An import may begin by itself as soon as it has its file.
      if (pressed || (await arrived(surface, survey, before)) || idle > surface.patience.thing) return;
    }
    if (idle > surface.patience.page) return giveUp(surface, on.completeImport.what);
    await pause(80);
  }
}

/** Another number of rows than before: a table is shown that was not. */
async function arrived(surface: Surface, survey: Survey, before: Before): Promise<boolean> {
  const rows = readRowCount(await readLines(surface)) ?? survey.gridRows;
  return survey.modal === null && rows !== null && rows !== before.rows;
}

/** The button that brings the import on; the bare words ("Continue", "Import") only as long as no table came of it. */
function goOn(
  surface: Surface,
  survey: Survey,
  before: Before,
  done: Set<string>,
  there: boolean,
): (() => Promise<void>) | null {
  const keyOf = (own: readonly string[]) => `press ${own.join('|')} ${survey.modal?.text ?? ''} ${surface.page.url()}`;
  const button = pressIn(survey, on.completeImport, {
    kinds: ['button', 'clickable', 'link'],
    only: ({ own, place, id }) => place !== 'cell' && !before.ids.has(id) && !done.has(keyOf(own)),
  });
  if (!button || (there && button.fit.rung > 2)) return null;
  return () => {
    done.add(keyOf(button.seen.own));
    noteDrift(surface, on.completeImport, button);
    return click(surface, button.seen);
  };
}

function setting(surface: Surface, survey: Survey, name: string, done: Set<string>): (() => Promise<void>) | null {
  const once = (key: string, act: (() => Promise<void>) | null | undefined) => {
    if (!act || done.has(`set ${key}`)) return null;
    return () => {
      done.add(`set ${key}`);
      return act();
    };
  };
  const field = textIn(survey, on.nameField);
  const named =
    field && field.fit.distance < 3 && field.seen.place !== 'cell' && survey.modal
      ? () => fillIn(surface, field.seen, name).then(() => undefined)
      : null;
  const comma = option('Comma', /^comma\b/, /^,$/, /^\(?,\)?/);
  const delimiterWay = wayToChoose(survey, on.delimiter, comma);
  const fresh = option('New table', /\bnew( blank)? table\b/);
  const targetWay = wayToChoose(survey, on.target, fresh);
  const header = reach(survey, on.firstRowHeaders, ['checkbox', 'toggle']).find(({ seen }) => seen.checked === false);
  return (
    once('name', named) ??
    once(
      'delimiter',
      delimiterWay && delimiterWay.found.fit.rung < on.delimiter.rungs.length
        ? () => chooseBy(surface, delimiterWay, on.delimiter, comma)
        : null,
    ) ??
    once(
      'target',
      targetWay && targetWay.found.fit.rung < on.target.rungs.length
        ? () => chooseBy(surface, targetWay, on.target, fresh)
        : null,
    ) ??
    once('header', header ? () => tick(surface, header.seen, true, on.firstRowHeaders.what) : null)
  );
}

function refuseRefusal(survey: Survey): void {
  const said = survey.alerts.find((text) =>
    /\b(failed|invalid|could not|cannot|too (large|big|many)|unsupported|error)\b/i.test(text),
  );
  if (said === undefined) return;
  throw new NeedsHuman('UPLOAD', `Clay refused the import: "${withoutSecrets(said).slice(0, 200)}"`, {
    todo: 'Look at the workbook in Clay: delete what was half imported, then retry.',
  });
}

/** Waits while the number grows; where it stands still at another one, that is what Clay took. */
async function awaitRows(surface: Surface, rows: number): Promise<void> {
  const end = performance.now() + surface.patience.file;
  let last = -1;
  let since = performance.now();
  for (;;) {
    const count = await readRows(surface);
    if (count === rows) return;
    if (count !== last) since = performance.now();
    last = count;
    if (count > rows || performance.now() - since > surface.patience.page) {
      throw new DataMismatch(`Clay shows ${count} rows; ${rows} were sent`, {
        todo: 'Delete that table in Clay, then retry. No credit was spent on it.',
      });
    }
    if (performance.now() > end) throw new Retryable('TIMEOUT', `Clay shows ${count} of ${rows} rows`);
    await pause(250);
  }
}

/** The new table got a name of Clay's own. */
async function renameNewest(surface: Surface, name: string): Promise<void> {
  const tabs = (await readLeaves(surface)).filter(
    ({ text, place }) => on.unnamed.test(text) && place !== 'cell' && place !== 'breadcrumb',
  );
  const newest = tabs.at(-1);
  if (!newest) return giveUp(surface, `table "${name}", just imported`);
  await rename(surface, newest, name);
}
