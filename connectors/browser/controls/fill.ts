import { actOn, giveUp, noteDrift, reach } from '../find.ts';
import type { Ladder } from '../ladder.ts';
import type { Seen } from '../seen.ts';
import { settle } from '../settle.ts';
import { elementOf, touched, type Survey } from '../survey.ts';
import type { Handle, Surface } from '../surface.ts';
import { pressKey } from './press.ts';

/** The text field a ladder names, or undefined. */
export function textIn(
  survey: Survey,
  what: Ladder,
): { readonly seen: Seen; readonly fit: { readonly rung: number; readonly distance: number } } | undefined {
  return reach(survey, what, ['text', 'combobox']).find(
    ({ seen }) => !seen.disabled && !seen.readOnly && typable(seen),
  );
}

function typable(seen: Seen): boolean {
  return seen.kind === 'text' || /^(text|search|email|tel|url|number|password)$/.test(seen.type);
}

/**
 * Types into a labelled field.
 * @returns what the field then shows (a field may reformat: `900000` → `900,000`, or turn the text into chips and be empty)
 * @throws VendorChanged where there is no such field
 */
export async function fill(
  surface: Surface,
  what: Ladder,
  value: string,
  patience = surface.patience.thing,
): Promise<string> {
  const done = await actOn(
    surface,
    (survey) => textIn(survey, what),
    patience,
    (found) => {
      noteDrift(surface, what, found);
      return fillIn(surface, found.seen, value);
    },
  );
  return done ? done.result : giveUp(surface, what.what);
}

/** Types into a field already found, leaves it, and reads it back. */
export async function fillIn(surface: Surface, seen: Seen, value: string): Promise<string> {
  const element = await elementOf(surface, seen);
  await element.fill(value, { timeout: surface.patience.thing });
  await element.evaluate((field) => {
    if (field instanceof HTMLElement) field.blur();
  });
  const survey = await settle(surface);
  return survey.seen.find(({ id, frame }) => id === seen.id && frame === seen.frame)?.value ?? '';
}

/** Types key by key, where the page answers while one types. Goes on at the end of what is there. */
export async function typeInto(surface: Surface, element: Handle, text: string): Promise<void> {
  touched(surface);
  const within = await element.evaluate(
    (field) => field === document.activeElement || field.contains(document.activeElement),
  );
  if (!within) {
    await element.focus();
    await pressKey(surface, 'Control+End');
  }
  await surface.page.keyboard.type(text);
}

/** Whether a field shows a number, however it writes it: `$900,000`, `900000.00`. */
export function showsNumber(shown: string, value: number): boolean {
  const digits = shown.replace(/[^\d.]/g, '');
  return digits !== '' && Number(digits) === value;
}
