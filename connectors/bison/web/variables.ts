import { VendorChanged } from '../../../pipeline/errors.ts';
import { fillIn, textIn } from '../../browser/controls/fill.ts';
import { click, pressIn } from '../../browser/controls/press.ts';
import { giveUp } from '../../browser/find.ts';
import { freshField } from '../../browser/items.ts';
import { settle } from '../../browser/settle.ts';
import { elementOf, readLeaves } from '../../browser/survey.ts';
import type { Surface } from '../../browser/surface.ts';
import { nameFor, variableFields } from '../fields.ts';
import * as on from '../selectors.ts';
import { knownIn, remember } from './known.ts';
import { pressOutside } from './outside.ts';
import { goHome, goInto, goTo, throughPages } from './pages.ts';

/**
 * Makes the custom variables that are missing. Pages without a place for them have nothing to prepare: there the mapping
 * says what is missing.
 */
export async function prepareFields(surface: Surface, home: string): Promise<void> {
  if (!(await goToVariables(surface, home))) {
    surface.log.info({ vendor: surface.vendor }, 'no place for custom variables on these pages');
    return;
  }
  const known = await knownNames(surface);
  for (const field of variableFields) {
    if (nameFor(field, known) !== undefined) continue;
    await make(surface, field.variable);
    // Made where the others are shown, else somewhere on a page of their listing.
    const made = nameFor(field, await namesShown(surface)) ?? nameFor(field, await knownNames(surface));
    if (made === undefined) throw new VendorChanged(surface.vendor, `custom variable "${field.variable}", just made`);
  }
}

/** In the side bar, or under Settings. */
async function goToVariables(surface: Surface, home: string): Promise<boolean> {
  await goHome(surface, home);
  if (await goInto(surface, on.places.variables)) return true;
  if (!pressIn(await settle(surface), on.places.settings)) return false;
  await goTo(surface, home, on.places.settings);
  return goInto(surface, on.places.variables);
}

async function knownNames(surface: Surface): Promise<readonly string[]> {
  const names: string[] = [];
  await throughPages(surface, async () => {
    names.push(...(await namesShown(surface)));
    return undefined;
  });
  return names;
}

/** `{street address}` is how a mail names it. */
async function namesShown(surface: Surface): Promise<readonly string[]> {
  return (await readLeaves(surface)).map(({ text }) => text.replace(/^\{+\s*|\s*\}+$/g, ''));
}

/** A form beside the list, or one that a button opens. */
async function make(surface: Surface, name: string): Promise<void> {
  const survey = await settle(surface);
  const known = remember(survey);
  const beside = textIn(survey, on.variableName);
  if (beside && beside.fit.distance < 4) await fillIn(surface, beside.seen, name);
  else {
    if (!(await goInto(surface, on.newVariable))) return giveUp(surface, on.newVariable.what);
    const opened = await freshField(surface, knownIn(await settle(surface), known), surface.patience.thing);
    if (!opened) return giveUp(surface, on.variableName.what);
    await fillIn(surface, opened, name);
  }
  const now = await settle(surface);
  const there = knownIn(now, known);
  const button = pressOutside(now, on.saveVariable, {
    kinds: ['button', 'clickable'],
    // Behind a dialog stands the button that opened it.
    only: ({ id, place }) => (now.modal === null || !there.has(id)) && place !== 'navigation',
  });
  if (button) await click(surface, button.seen);
  else {
    const typed = textIn(now, on.variableName);
    if (!typed) return giveUp(surface, on.saveVariable.what);
    await (await elementOf(surface, typed.seen)).press('Enter');
  }
  await settle(surface);
}
