import { NeedsHuman, Retryable, VendorChanged } from '../../pipeline/errors.ts';
import type { ClayFormula } from '../../pipeline/ports/clay.ts';
import { fillIn, textIn } from '../browser/controls/fill.ts';
import { click, findPress, pointAt, press, pressIfThere, pressIn } from '../browser/controls/press.ts';
import { awaitThing, giveUp, noteDrift } from '../browser/find.ts';
import type { Seen } from '../browser/seen.ts';
import { sameName } from '../browser/items.ts';
import { settle } from '../browser/settle.ts';
import { elementOf, look, readLines, type Survey } from '../browser/survey.ts';
import { pause, type Surface } from '../browser/surface.ts';
import { withoutSecrets } from '../browser/words.ts';
import { atColumn, columnsOf, findColumn } from './grid.ts';
import { typeWithColumns } from './prompt.ts';
import { rename } from './rename.ts';
import * as on from './selectors.ts';

const working = /\b(generating|thinking|working on)\b|…generat/i;
/** A page at rest this long after "Generate" has nothing to show for it, and may still have its formula. */
const silenceMs = 4_000;

/** Finds the formula column, or makes it beside its source, runs it on all rows and gives it its name. Formulas cost nothing. */
export async function makeFormula(surface: Surface, formula: ClayFormula): Promise<void> {
  const before = await columnsOf(surface, formula.sourceColumn);
  if (before.some((name) => sameName(name, formula.name))) return;
  let outside: ReadonlySet<number> = new Set();
  await atColumn(surface, formula.sourceColumn, formula.sourceColumn, async ({ leaf }) => {
    outside = new Set((await look(surface)).seen.map(({ id }) => id));
    await (await elementOf(surface, leaf)).click({ button: 'right', timeout: surface.patience.thing });
  });
  await chooseFormula(surface, outside);
  const box = await awaitThing(surface, (survey) => promptBox(survey, outside), surface.patience.thing);
  if (!box) return giveUp(surface, on.describe.what);
  await typeWithColumns(surface, box, formula.prompt, before);
  const unanswered = await saying(surface);
  await press(surface, on.generate);
  await awaitGenerated(surface, unanswered);
  const named = await nameIn(surface, box, formula.name);
  await saveAndRun(surface);
  await settleColumn(surface, formula, before, named);
}

/** Insert 1 column right → Formula; the second may open on hovering. */
async function chooseFormula(surface: Surface, outside: ReadonlySet<number>): Promise<void> {
  const fresh = { only: ({ id }: Seen) => !outside.has(id) };
  const insert = await findPress(surface, on.insertRight, fresh);
  if (!insert) return giveUp(surface, on.insertRight.what);
  noteDrift(surface, on.insertRight, insert);
  await pointAt(surface, insert.seen, surface.patience.thing);
  if (await pressIfThere(surface, on.formula, { patience: 400, ...fresh })) return;
  await click(surface, insert.seen);
  await press(surface, on.formula, fresh);
}

/** Where the formula is described: by its label, else the largest text field that was not there before. */
function promptBox(survey: Survey, outside: ReadonlySet<number>): Seen | undefined {
  const fresh = {
    ...survey,
    seen: survey.seen.filter(({ id, readOnly, kind }) => kind === 'text' && !outside.has(id) && !readOnly),
  };
  const named = textIn(fresh, on.describe)?.seen;
  const largest = fresh.seen
    .filter(({ type, box }) => type === 'textarea' || box.height > 40)
    .sort((a, b) => b.box.height - a.box.height)[0];
  return named ?? largest;
}

/** Until the generator has answered and the formula can be saved. */
async function awaitGenerated(surface: Surface, unanswered: string): Promise<void> {
  const begun = performance.now();
  const end = begun + surface.patience.page * 2;
  for (;;) {
    const survey = await settle(surface);
    const now = await saying(surface);
    const failed = survey.alerts.find((text) => /\b(could not|couldn.t|failed|unable)\b/i.test(text));
    if (failed !== undefined) {
      throw new NeedsHuman('CHECK', `Clay's formula generator failed: "${withoutSecrets(failed).slice(0, 200)}"`, {
        todo: 'Retry; if it fails again, make the column by hand.',
      });
    }
    const answered = (now !== unanswered && !working.test(now)) || performance.now() - begun > silenceMs;
    if (answered && saveButton(survey)) return;
    if (performance.now() > end) return giveUp(surface, on.saveAndRunAll.what);
    await pause(80);
  }
}

/** All the page says and holds, to notice the generator's answer by, whatever it looks like. */
async function saying(surface: Surface): Promise<string> {
  const { seen } = await look(surface);
  return [...(await readLines(surface)), ...seen.map(({ value, disabled }) => `${value} ${disabled}`)].join('\n');
}

function saveButton(survey: Survey) {
  return (
    pressIn(survey, on.saveAndRunAll) ?? pressIn(survey, on.saveAndRun, { kinds: ['button', 'clickable', 'menuitem'] })
  );
}

/** Gives the column its name in the panel, where the panel asks for it. */
async function nameIn(surface: Surface, prompt: Seen, name: string): Promise<boolean> {
  const survey = await look(surface);
  const others = {
    ...survey,
    seen: survey.seen.filter(
      ({ id, type, place }) => id !== prompt.id && type !== 'textarea' && place !== 'cell' && type !== 'search',
    ),
  };
  const field = textIn(others, on.nameField);
  if (!field || field.fit.distance >= 4) return false;
  await fillIn(surface, field.seen, name);
  return true;
}

/** All rows: from the button itself, or from the choice it opens. */
export async function saveAndRun(surface: Surface): Promise<void> {
  const survey = await settle(surface);
  const all = pressIn(survey, on.saveAndRunAll);
  const button = all ?? saveButton(survey);
  if (!button) return giveUp(surface, on.saveAndRunAll.what);
  noteDrift(surface, on.saveAndRunAll, button);
  const known = new Set(survey.seen.map(({ id }) => id));
  await click(surface, button.seen);
  await settle(surface);
  if (!all) await pressIfThere(surface, on.saveAndRunAll, { patience: 500, only: ({ id }) => !known.has(id) });
  await pressIfThere(surface, on.confirmAct, {
    kinds: ['button'],
    only: (_seen, now) => now.modal !== null && /\b(credits?|run|sure|confirm)\b/i.test(now.modal.text),
  });
}

/** The new column stands in the grid under its name. */
async function settleColumn(
  surface: Surface,
  formula: ClayFormula,
  before: readonly string[],
  named: boolean,
): Promise<void> {
  const end = performance.now() + surface.patience.page;
  for (;;) {
    const column = await findColumn(surface, formula.sourceColumn, formula.name);
    if (column) return awaitRun(surface);
    const fresh = (await columnsOf(surface, formula.sourceColumn)).filter((name) => !before.includes(name));
    const [name, ...more] = fresh;
    if (
      name !== undefined &&
      more.length === 0 &&
      !(named && performance.now() < end - surface.patience.page + 1_000)
    ) {
      await atColumn(surface, formula.sourceColumn, name, ({ leaf }) => rename(surface, leaf, formula.name));
      return awaitRun(surface);
    }
    if (more.length > 0) throw new VendorChanged(surface.vendor, `the one new column for "${formula.name}"`);
    if (performance.now() > end) return giveUp(surface, `column "${formula.name}"`);
    await pause(100);
  }
}

/** Formulas run at once; a page that says it is still running them is waited for. */
async function awaitRun(surface: Surface): Promise<void> {
  const end = performance.now() + surface.patience.file;
  for (;;) {
    const survey = await settle(surface);
    const running = survey.seen.some(
      ({ kind, own }) => kind === 'header' && /\b(running|queued|calculating)\b/i.test(own.join(' ')),
    );
    if (!running) return;
    if (performance.now() > end) throw new Retryable('TIMEOUT', 'Clay did not finish its formula');
    await pause(100);
  }
}
