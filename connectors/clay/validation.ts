import { DataMismatch, VendorChanged } from '../../pipeline/errors.ts';
import type { ValidationProgress } from '../../pipeline/ports/clay.ts';
import { chooseBy, wayToChoose, type Way } from '../browser/controls/choose.ts';
import { fillIn, textIn, typeInto } from '../browser/controls/fill.ts';
import { press, pressFound, pressIfThere, pressIn } from '../browser/controls/press.ts';
import { tick, tickIn } from '../browser/controls/tick.ts';
import { awaitThing, giveUp, reach } from '../browser/find.ts';
import type { Seen } from '../browser/seen.ts';
import { settle } from '../browser/settle.ts';
import { elementOf, look, type Survey } from '../browser/survey.ts';
import { pause, type Surface } from '../browser/surface.ts';
import { option } from '../browser/words.ts';
import { atColumn, findColumn } from './grid.ts';
import { saveAndRun } from './formula.ts';
import { typeWithColumns } from './prompt.ts';
import { readColumnProgress } from './progress.ts';
import * as on from './selectors.ts';
import { readRows } from './tables.ts';

/** A column that every table of ours has, to find the grid's head by. */
const anchor = 'lead_id';

/** How the validation column stands; null where there is none. */
export async function readValidation(surface: Surface): Promise<ValidationProgress | null> {
  const total = await readRows(surface);
  for (const name of on.validationColumn) {
    const column = await findColumn(surface, anchor, name);
    if (column) return atColumn(surface, anchor, column.name, (head) => readColumnProgress(surface, head, total));
  }
  return null;
}

/**
 * Adds the Debounce column over the e-mails and runs it on all rows. One credit a row: the page's own number of rows is
 * compared before the last press.
 * @throws DataMismatch where the page would run another number of rows; nothing was spent
 */
export async function startValidation(surface: Surface, emailColumn: string, rows: number): Promise<void> {
  const shown = await readRows(surface);
  if (shown !== rows)
    throw new DataMismatch(`Clay shows ${shown} rows; ${rows} were to be validated. No credit was spent.`);
  const before = await openEnrichment(surface);
  await mapEmail(surface, emailColumn, before);
  await pressIfThere(surface, on.continueToFields, { patience: 1_000, kinds: ['button', 'clickable', 'link'] });
  const safe = await awaitThing(surface, (survey) => tickIn(survey, on.firstSafe), 1_500);
  if (safe) await tick(surface, safe.seen, true, on.firstSafe.what);
  else
    surface.log.info(
      { vendor: surface.vendor, lookedFor: on.firstSafe.what },
      'page drift: not offered; the verdict column is read instead',
    );
  refuseOtherRows(await settle(surface), rows);
  await saveAndRun(surface);
  await awaitColumn(surface);
}

/** Add enrichment → search Debounce → Validate Email. @returns what was on the page before */
async function openEnrichment(surface: Surface): Promise<ReadonlySet<number>> {
  const before = new Set((await settle(surface)).seen.map(({ id }) => id));
  await press(surface, on.addEnrichment, { only: ({ place }) => place !== 'cell' });
  const fresh = (survey: Survey): Survey => ({ ...survey, seen: survey.seen.filter(({ id }) => !before.has(id)) });
  let search = await awaitThing(surface, (survey) => textIn(fresh(survey), on.searchEnrichment), 1_500);
  if (!search && (await pressIfThere(surface, on.addEnrichment, { only: ({ id }) => !before.has(id) }))) {
    search = await awaitThing(surface, (survey) => textIn(fresh(survey), on.searchEnrichment), surface.patience.thing);
  }
  if (search) await typeInto(surface, await elementOf(surface, search.seen), 'Debounce');
  await settle(surface);
  const offered = await pressFound(surface, on.validateEmail, {
    only: ({ id, kind }) => !before.has(id) && kind !== 'tab',
  });
  if (!offered) return giveUp(surface, on.validateEmail.what);
  await settle(surface);
  // The provider may be listed first, and its acts behind it.
  await pressIfThere(surface, on.validateEmail, {
    patience: 0,
    only: ({ id, own }) => id !== offered.id && !before.has(id) && own.some((text) => /validate|verify/i.test(text)),
  });
  return before;
}

/** Maps the e-mail column to the provider's input: a select, a drop-down of columns, or a box that takes `/Column`. */
async function mapEmail(surface: Surface, emailColumn: string, before: ReadonlySet<number>): Promise<void> {
  const wanted = { ...option(emailColumn), says: [emailColumn, `/${emailColumn}`] };
  const found = await awaitThing<{ readonly way: Way } | { readonly field: Seen }>(
    surface,
    (survey) => {
      const fresh = {
        ...survey,
        seen: survey.seen.filter(({ id, place }) => !before.has(id) && place !== 'cell' && place !== 'column header'),
      };
      const way = wayToChoose(fresh, on.emailInput, wanted);
      if (way && way.how !== 'open') return { way };
      const field = textIn(fresh, on.emailInput)?.seen;
      return field ? { field } : way ? { way } : null;
    },
    surface.patience.thing,
  );
  if (!found) return giveUp(surface, on.emailInput.what);
  if ('way' in found) return chooseBy(surface, found.way, on.emailInput, wanted);
  if (found.field.type === 'text' || found.field.type === 'textarea' || found.field.type === 'textbox') {
    await typeWithColumns(surface, found.field, `/${emailColumn}`, [emailColumn]);
  } else await fillIn(surface, found.field, `/${emailColumn}`);
  const now = (await settle(surface)).seen.find(({ id }) => id === found.field.id);
  if (now && !now.value.toLowerCase().includes(emailColumn.toLowerCase()))
    throw new VendorChanged(surface.vendor, `${on.emailInput.what} showing ${emailColumn}`);
}

/** "Save and run 412 rows in this view" says how many credits it will take. */
function refuseOtherRows(survey: Survey, rows: number): void {
  for (const { seen } of reach(survey, on.saveAndRunAll, ['button', 'clickable', 'menuitem'], true)) {
    const said = seen.own
      .map((text) => /run (?:all )?([\d,]+) rows/i.exec(text)?.[1])
      .find((number) => number !== undefined);
    if (said === undefined) continue;
    const number = Number(said.replaceAll(',', ''));
    if (number !== rows)
      throw new DataMismatch(`Clay would run ${number} rows; ${rows} were to be validated. No credit was spent.`);
  }
}

async function awaitColumn(surface: Surface): Promise<void> {
  const end = performance.now() + surface.patience.page;
  for (;;) {
    for (const name of on.validationColumn) if (await findColumn(surface, anchor, name)) return;
    if (performance.now() > end) return giveUp(surface, 'validation column');
    if (pressIn(await look(surface), on.saveAndRunAll) && performance.now() > end - 2_000)
      return giveUp(surface, 'validation column');
    await pause(150);
  }
}
